// How much of something there was lately, in buckets of 200 ms over the last 12 s. A judgement leaves out the largest bucket:
// one collection of garbage, one cold start or one batch that waited is a moment, not a habit.
export const bucketMs = 200;
const buckets = 60;

/** Spans to judge by, in buckets: 1.8 s finds what goes on within two seconds, 12 s what comes back every few seconds. */
export const shortSpan = 9;
export const longSpan = buckets;

export interface Lately {
  readonly sum: number;
  /** Per second over the span, the largest bucket left out; never more than what was. */
  readonly sustainedPerSecond: number;
  /** From the first amount in the span until now, at least one bucket. */
  readonly overMs: number;
}

export class RateWindow {
  readonly #amounts = new Float64Array(buckets);
  /** Number of the newest bucket that was written; buckets are numbered from the clock's zero. */
  #newest = -1;

  /** `nowMs` is monotonic. */
  add(amount: number, nowMs: number): void {
    const at = Math.floor(nowMs / bucketMs);
    if (at > this.#newest) this.#advance(at);
    this.#amounts[at % buckets]! += amount;
  }

  #advance(to: number): void {
    const first = Math.max(this.#newest + 1, to - buckets + 1);
    for (let at = first; at <= to; at++) this.#amounts[at % buckets] = 0;
    this.#newest = to;
  }

  /** Over the last `span` buckets, the one that is under way included. */
  lately(nowMs: number, span: number): Lately {
    const now = Math.floor(nowMs / bucketMs);
    let [sum, largest, first] = [0, 0, now];
    for (let at = Math.min(now, this.#newest); at > now - span && at > this.#newest - buckets && at >= 0; at--) {
      const amount = this.#amounts[at % buckets]!;
      sum += amount;
      if (amount > largest) largest = amount;
      if (amount > 0) first = at;
    }
    return { sum, sustainedPerSecond: ((sum - largest) * 1000) / ((span - 1) * bucketMs), overMs: Math.max(bucketMs, nowMs - first * bucketMs) };
  }
}
