// What one call of a script costs, measured while it runs: so many calls together that a browser's clock, which counts in tenths of a
// millisecond, can tell them. A script keeps state, so calls cannot be repeated as those of a query are.
import type { CpuEstimate } from './cpu-meter.ts';

const callsTogether = 32;
/** With fewer the estimate would be one of those few. */
const leastGroups = 2;
/** Of all groups, that many are kept. */
const maxGroups = 2000;

export class CallTimes {
  readonly #now: () => number;
  /** Microseconds per call, one for each group. */
  readonly #groups: number[] = [];
  #calls = 0;
  #ms = 0;
  /** In all, milliseconds. */
  spentMs = 0;

  /** @param now monotonic milliseconds */
  constructor(now: () => number) { this.#now = now; }

  of<T>(call: () => T): T {
    const start = this.#now();
    const value = call();
    const took = this.#now() - start;
    this.spentMs += took;
    this.#ms += took;
    if (++this.#calls === callsTogether) this.#close();
    return value;
  }

  /** Null when there were too few calls. */
  estimate(): CpuEstimate | null {
    if (this.#groups.length < leastGroups) return null;
    const sorted = this.#groups.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)]!;
    return { low: at(0.1), median: at(0.5), high: at(0.9) };
  }

  #close(): void {
    if (this.#groups.length < maxGroups) this.#groups.push((this.#ms * 1000) / this.#calls);
    this.#calls = 0;
    this.#ms = 0;
  }
}
