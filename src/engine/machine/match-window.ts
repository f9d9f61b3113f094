// Matches inside a sliding time: the last `count` of them are all that can matter. A ring that grows as it fills.

export class MatchWindow {
  readonly count: number;
  readonly withinNanos: bigint | null;
  #times: BigInt64Array;
  #first = 0;
  #size = 0;

  constructor(count: number, withinNanos: bigint | null) {
    this.count = count;
    this.withinNanos = withinNanos;
    this.#times = new BigInt64Array(Math.min(8, count));
  }

  get bytes(): number { return this.#times.length * 8; }

  /** True when this match completes the count. */
  add(atUnixNano: bigint): boolean {
    if (this.#size === this.count) this.#shift();
    if (this.#size === this.#times.length) this.#grow();
    this.#times[(this.#first + this.#size++) % this.#times.length] = atUnixNano;
    return this.have(atUnixNano) >= this.count;
  }

  /** Matches that count at `now`. */
  have(nowUnixNano: bigint): number {
    if (this.withinNanos === null) return this.#size;
    while (this.#size > 0 && nowUnixNano - this.#times[this.#first]! > this.withinNanos) this.#shift();
    return this.#size;
  }

  get oldestUnixNano(): bigint | null { return this.#size === 0 ? null : this.#times[this.#first]!; }

  #shift(): void { this.#first = (this.#first + 1) % this.#times.length; this.#size--; }

  #grow(): void {
    const next = new BigInt64Array(Math.min(this.count, this.#times.length * 2));
    for (let i = 0; i < this.#size; i++) next[i] = this.#times[(this.#first + i) % this.#times.length]!;
    this.#times = next;
    this.#first = 0;
  }
}
