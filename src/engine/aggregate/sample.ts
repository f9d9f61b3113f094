// A bounded sample of values for percentiles: all of them up to a bound, then a uniform reservoir (algorithm R, Vitter 1985) with
// a generator of its own, so that the same records always give the same answer.
import type { Numeric } from '../values/index.ts';
import { objectBytes } from './memory.ts';

interface Weighed { readonly value: Numeric; readonly weight: number }

export class Sample {
  readonly #max: number;
  readonly #values: Numeric[] = [];
  /** Null while every weight is 1. */
  #weights: number[] | null = null;
  #seen = 0;
  #random = 0x9e3779b9;

  constructor(max: number) { this.#max = max; }

  /** What is kept, and of how many; good until the next `add`. */
  get values(): readonly Numeric[] { return this.#values; }
  get seen(): number { return this.#seen; }

  /** One of weights 1 that goes on from what another kept. */
  static of(max: number, values: readonly Numeric[], seen: number): Sample {
    const sample = new Sample(max);
    for (const value of values.slice(0, max)) sample.add(value, 1);
    sample.#seen = Math.max(seen, sample.#values.length);
    return sample;
  }

  get bytes(): number { return objectBytes + this.#values.length * (this.#weights === null ? 8 : 16); }

  add(value: Numeric, weight: number): void {
    this.#seen++;
    if (weight !== 1 && this.#weights === null) this.#weights = this.#values.map(() => 1);
    if (this.#values.length < this.#max) return this.#put(this.#values.length, value, weight);
    const at = Math.floor(this.#next() * this.#seen);
    if (at < this.#max) this.#put(at, value, weight);
  }

  #put(at: number, value: Numeric, weight: number): void {
    this.#values[at] = value;
    if (this.#weights !== null) this.#weights[at] = weight;
  }

  /** xorshift32, in [0, 1). */
  #next(): number {
    let x = this.#random;
    x ^= x << 13; x ^= x >>> 17; x ^= x << 5;
    this.#random = x;
    return (x >>> 0) / 2 ** 32;
  }

  /** The first value at which the running weight reaches `share` percent of all weight; null when there is none. */
  nearestRank(share: number): Numeric | null {
    if (this.#values.length === 0) return null;
    return this.#weights === null ? this.#byRank(share) : this.#byWeight(share);
  }

  #byRank(share: number): Numeric {
    const sorted = this.#values.toSorted(ascending);
    return sorted[Math.min(sorted.length, Math.max(1, Math.ceil((share / 100) * sorted.length - 1e-9))) - 1]!;
  }

  #byWeight(share: number): Numeric {
    const sorted = this.#values.map((value, i): Weighed => ({ value, weight: this.#weights![i]! })).sort((a, b) => ascending(a.value, b.value));
    const wanted = (share / 100) * sorted.reduce((sum, { weight }) => sum + weight, 0) - 1e-9;
    let running = 0;
    return (sorted.find(({ weight }) => (running += weight) >= wanted) ?? sorted.at(-1)!).value;
  }
}

const ascending = (a: Numeric, b: Numeric): number => (a < b ? -1 : a > b ? 1 : 0);
