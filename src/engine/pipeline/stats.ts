// Measures rules by sampling: one request in `every` is timed rule by rule, less what reading the clock itself costs.
import type { Clock } from '../../base/index.ts';

export const timedEvery = 64;

export class RuleTimer {
  readonly #clock: Clock;
  #requests = 0;
  #overheadMs = 0;

  constructor(clock: Clock) { this.#clock = clock; }

  /** Whether to time the request that comes now. */
  next(): boolean {
    const timed = this.#requests++ % timedEvery === 0;
    if (timed) this.#calibrate();
    return timed;
  }

  #calibrate(): void {
    let least = Infinity;
    for (let i = 0; i < 3; i++) { const start = this.#clock.monotonicMs(); least = Math.min(least, this.#clock.monotonicMs() - start); }
    this.#overheadMs = least;
  }

  start(): number { return this.#clock.monotonicMs(); }
  /** Milliseconds since `start`, scaled to all requests. */
  since(start: number): number { return Math.max(0, this.#clock.monotonicMs() - start - this.#overheadMs) * timedEvery; }
}
