// How often the place is really passed: hits by the time in which the probe was in, not by the time in which it was paused. Older stretches
// count less.
const fadeMs = 30_000;
/** Less than this says nothing. */
const leastMs = 10;

export class TrueRate {
  #hits = 0;
  #activeMs = 0;
  #isIn = false;
  /** In the last stretch the process did little but hits: how often it would pass there without them is not known. */
  isSaturated = false;
  #atMs: number;

  /** Monotonic milliseconds. */
  constructor(nowMs: number) { this.#atMs = nowMs; }

  entered(nowMs: number): void { this.#fold(nowMs); this.#isIn = true; }
  left(nowMs: number): void { this.#fold(nowMs); this.#isIn = false; }
  hit(count: number, nowMs: number): void { this.#fold(nowMs); this.#hits += count; }

  /** Hits a second; null where there is no stretch to judge by. */
  perSecond(nowMs: number): number | null {
    this.#fold(nowMs);
    return this.isSaturated || this.#activeMs < leastMs ? null : this.#hits / this.#activeMs * 1000;
  }

  #fold(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.#atMs);
    const left = Math.exp(-passedMs / fadeMs);
    this.#hits *= left;
    this.#activeMs = this.#activeMs * left + (this.#isIn ? passedMs : 0);
    this.#atMs = nowMs;
  }
}
