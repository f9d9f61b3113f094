// A bounded sample of values for percentiles: all of them up to a bound, then a uniform reservoir (algorithm R) with a
// generator of its own, so that the same records always give the same answer.
import { type Numeric } from '../values/index.ts';

export class Sample {
  readonly #max: number;
  readonly #values: Numeric[] = [];
  #seen = 0;
  #random = 0x9e3779b9;

  constructor(max: number) { this.#max = max; }

  add(value: Numeric): void {
    this.#seen++;
    if (this.#values.length < this.#max) { this.#values.push(value); return; }
    const at = Math.floor(this.#next() * this.#seen);
    if (at < this.#max) this.#values[at] = value;
  }

  /** xorshift32, in [0, 1). */
  #next(): number {
    let x = this.#random;
    x ^= x << 13; x ^= x >>> 17; x ^= x << 5;
    this.#random = x;
    return (x >>> 0) / 2 ** 32;
  }

  /** The value at rank ceil(share / 100 * n), from 1; null when there is none. */
  nearestRank(share: number): Numeric | null {
    if (this.#values.length === 0) return null;
    const sorted = this.#values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return sorted[Math.min(sorted.length, Math.max(1, Math.ceil((share / 100) * sorted.length))) - 1]!;
  }
}
