// How much of something there was lately, in buckets of 200 ms over the last 12 s. A judgement leaves the largest buckets out:
// one collection of garbage, one cold start or one batch that waited is a moment, not a habit.
export const bucketMs = 200;
const buckets = 60;

/** Spans to judge by, in buckets: 1.8 s finds what goes on within two seconds, 12 s what comes back every few seconds. */
export const shortSpan = 9;
export const longSpan = buckets;
/** Buckets that a judgement over a span leaves out. */
export const leftOut = (span: number): number => Math.max(1, Math.floor(span / 20));

export interface Lately {
  readonly sum: number;
  /** Per second over the span, the largest buckets left out; never more than what was. */
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

  /** What bucket number `at` holds. */
  bucket(at: number): number { return at >= 0 && at <= this.#newest && at > this.#newest - buckets ? this.#amounts[at % buckets]! : 0; }

  /** Over the last `span` buckets, the one that is under way included. */
  lately(nowMs: number, span: number): Lately { return lately([this], nowMs, span); }
}

/** Several windows as if they were one. */
export function lately(windows: readonly RateWindow[], nowMs: number, span: number): Lately {
  const now = Math.floor(nowMs / bucketMs);
  const amounts = new Float64Array(span);
  let [sum, first] = [0, now];
  for (let i = 0; i < span; i++) {
    for (const window of windows) amounts[i]! += window.bucket(now - i);
    sum += amounts[i]!;
    if (amounts[i]! > 0) first = now - i;
  }
  const out = leftOut(span);
  const sustained = amounts.sort().subarray(0, span - out).reduce((a, b) => a + b, 0);
  return { sum, sustainedPerSecond: (sustained * 1000) / ((span - out) * bucketMs), overMs: Math.max(bucketMs, nowMs - first * bucketMs) };
}
