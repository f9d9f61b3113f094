// Matches inside a sliding time: the last `count` of them are all that can matter.

export class MatchWindow {
  readonly #times: bigint[] = [];
  readonly count: number;
  readonly withinNanos: bigint | null;

  constructor(count: number, withinNanos: bigint | null) { this.count = count; this.withinNanos = withinNanos; }

  /** True when this match completes the count. */
  add(atUnixNano: bigint): boolean {
    this.#times.push(atUnixNano);
    if (this.#times.length > this.count) this.#times.shift();
    return this.have(atUnixNano) >= this.count;
  }

  /** Matches that count at `now`. */
  have(nowUnixNano: bigint): number {
    if (this.withinNanos === null) return this.#times.length;
    while (this.#times.length > 0 && nowUnixNano - this.#times[0]! > this.withinNanos) this.#times.shift();
    return this.#times.length;
  }

  get oldestUnixNano(): bigint | null { return this.#times[0] ?? null; }
}
