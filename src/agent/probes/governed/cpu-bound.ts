// What hits cost the observed process, held to a share of one core: cost is a debt that is paid off at that share. A debt of more than one
// second's worth means out; back when it is paid. So the average over any long time keeps the bound, whatever came in a burst.

/** Debt that is borne before the probe has to leave, as time at its share. */
const burstMs = 1000;
/** Of the share that is shown. */
const shownOverMs = 10_000;

export class CpuBound {
  readonly #maxShare: number;
  readonly #fromMs: number;
  #debtMs = 0;
  #atMs: number;
  /** Cost of late, older ones counting less. */
  #recentMs = 0;
  #recentAtMs: number;

  /** `maxShare` of one core; times are monotonic milliseconds. */
  constructor(maxShare: number, nowMs: number) {
    this.#maxShare = maxShare;
    this.#fromMs = this.#atMs = this.#recentAtMs = nowMs;
  }

  add(costMs: number, nowMs: number): void {
    this.#pay(nowMs);
    this.#fade(nowMs);
    this.#debtMs += costMs;
    this.#recentMs += costMs;
  }

  isOver(nowMs: number): boolean {
    this.#pay(nowMs);
    return this.#debtMs > burstMs * this.#maxShare;
  }

  /** Until nothing is owed. */
  msUntilPaid(nowMs: number): number {
    this.#pay(nowMs);
    return this.#debtMs / this.#maxShare;
  }

  /** Of one core, over the last seconds. */
  share(nowMs: number): number {
    this.#fade(nowMs);
    const overMs = shownOverMs * (1 - Math.exp(-(nowMs - this.#fromMs) / shownOverMs));
    return overMs < 1 ? 0 : this.#recentMs / overMs;
  }

  #pay(nowMs: number): void {
    this.#debtMs = Math.max(0, this.#debtMs - Math.max(0, nowMs - this.#atMs) * this.#maxShare);
    this.#atMs = nowMs;
  }

  #fade(nowMs: number): void {
    this.#recentMs *= Math.exp(-Math.max(0, nowMs - this.#recentAtMs) / shownOverMs);
    this.#recentAtMs = nowMs;
  }
}
