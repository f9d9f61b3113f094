// Matches inside a sliding time, each at the time of its record: a batch that comes late counts as it happened, not as it arrived. At most
// `count` of them can matter, so no more are kept, oldest first. What is too late to count is said to be.

/** `late`: it lies further back than the time allows, from now or from the newest match; it counts for nothing. */
export type Matched = 'counted' | 'complete' | 'late';

export class MatchWindow {
  readonly count: number;
  readonly withinNanos: bigint | null;
  #times: BigInt64Array;
  #first = 0;
  #size = 0;
  /** Matches that came too late. */
  late = 0;

  constructor(count: number, withinNanos: bigint | null) {
    this.count = count;
    this.withinNanos = withinNanos;
    this.#times = new BigInt64Array(Math.min(8, count));
  }

  get bytes(): number { return this.#times.length * 8; }

  /** `complete` when this match makes up the count. `nowUnixNano`: the window reaches back from there. */
  add(atUnixNano: bigint, nowUnixNano: bigint): Matched {
    const newest = this.#size === 0 ? atUnixNano : this.#at(this.#size - 1);
    if (this.#isOut(atUnixNano, nowUnixNano) || this.#isOut(atUnixNano, newest)) { this.late++; return 'late'; }
    this.#insert(atUnixNano);
    this.#leave(atUnixNano > newest ? atUnixNano : newest);
    return this.have(nowUnixNano) >= this.count ? 'complete' : 'counted';
  }

  /** Matches that count at `now`. */
  have(nowUnixNano: bigint): number {
    this.#leave(nowUnixNano);
    return this.#size;
  }

  get oldestUnixNano(): bigint | null { return this.#size === 0 ? null : this.#at(0); }

  #at(index: number): bigint { return this.#times[this.#first + index]!; }
  #isOut(at: bigint, now: bigint): boolean { return this.withinNanos !== null && now - at > this.withinNanos; }
  #leave(now: bigint): void { while (this.#size > 0 && this.#isOut(this.#at(0), now)) this.#shift(); }
  #shift(): void { this.#first++; this.#size--; }

  #insert(at: bigint): void {
    if (this.#size === this.count) this.#shift();
    if (this.#first + this.#size === this.#times.length) this.#makeRoom();
    const place = this.#first + this.#placeOf(at);
    this.#times.copyWithin(place + 1, place, this.#first + this.#size);
    this.#times[place] = at;
    this.#size++;
  }

  /** Behind all that are not newer. Mostly that is the end. */
  #placeOf(at: bigint): number {
    if (this.#size === 0 || this.#at(this.#size - 1) <= at) return this.#size;
    let [low, high] = [0, this.#size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#at(middle) <= at) low = middle + 1; else high = middle;
    }
    return low;
  }

  /** Moves to the front; into twice the room when more than half of it is taken. */
  #makeRoom(): void {
    const held = this.#times.subarray(this.#first, this.#first + this.#size);
    const next = this.#size * 2 > this.#times.length ? new BigInt64Array(Math.min(this.count * 2, this.#times.length * 2)) : this.#times;
    if (next === this.#times) next.copyWithin(0, this.#first, this.#first + this.#size); else next.set(held);
    this.#times = next;
    this.#first = 0;
  }
}
