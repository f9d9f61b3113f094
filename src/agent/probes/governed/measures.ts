// What probes of kind count, metric and timer gather between two flushes: a counter, or a histogram. Delta: each flush says what came since
// the one before.
import type { ProbeMeasured } from '../../../model/index.ts';

export interface ProbePoint {
  readonly name: string; readonly unit: string; readonly startUnixNano: bigint; readonly timeUnixNano: bigint;
  readonly kind: 'sum' | 'histogram';
  /** Some hits were not seen: a sum holds how many they must have been, a histogram lacks them. */
  readonly isEstimated: boolean;
  readonly count: number; readonly sum: number;
  /** Of a histogram. */
  readonly min: number; readonly max: number; readonly bounds: readonly number[]; readonly buckets: readonly number[];
}

/** Hits that were not brought home since the last flush: counted ones, and what the rate says of the time in which the probe was out; null: the
 *  rate is not known, since the process did nothing but hits. */
export interface Unseen { readonly lost: number; readonly missed: number | null }

/** 1, 2, 5 in each decade, from a thousandth to a thousand millions: nobody knows beforehand what is measured. */
const wideBounds = [0, ...Array.from({ length: 12 }, (_, decade) => [1, 2, 5].map((step) => Number(`${step}e${decade - 3}`))).flat()];
const millisecondBounds = [0.01, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000, 60_000];

export type MeasureKind = 'count' | 'metric' | 'timer';

export class Measures {
  readonly #kind: MeasureKind;
  readonly #bounds: readonly number[];
  #buckets: number[] = [];
  #startUnixNano: bigint;
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;
  readonly #total: { count: number; sum: number; min: number; max: number; buckets: number[] };

  constructor(kind: MeasureKind, nowUnixNano: bigint) {
    this.#kind = kind;
    this.#bounds = kind === 'timer' ? millisecondBounds : wideBounds;
    this.#startUnixNano = nowUnixNano;
    this.#total = { count: 0, sum: 0, min: 0, max: 0, buckets: this.#bounds.concat(0).fill(0) };
    this.#empty();
  }

  /** False: no number, not counted. */
  add(value: number): boolean {
    if (!Number.isFinite(value)) return false;
    this.#count++;
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    const bucket = this.#bounds.findIndex((bound) => value <= bound);
    this.#buckets[bucket < 0 ? this.#bounds.length : bucket]!++;
    this.#addUp(value, bucket < 0 ? this.#bounds.length : bucket);
    return true;
  }

  #addUp(value: number, bucket: number): void {
    const total = this.#total;
    [total.min, total.max] = total.count === 0 ? [value, value] : [Math.min(total.min, value), Math.max(total.max, value)];
    total.count++;
    total.sum += value;
    total.buckets[bucket]!++;
  }

  /** Since it began, for those who look on; a counter has neither bounds nor buckets. Unseen hits of a counter are in it once they were flushed. */
  total(): ProbeMeasured {
    const { count, sum, min, max, buckets } = this.#total;
    const isCounter = this.#kind === 'count';
    return { unit: unitOf(this.#kind), count, sum, min, max, bounds: isCounter ? [] : [...this.#bounds], buckets: isCounter ? [] : [...buckets] };
  }

  /** Null when nothing came. */
  take(name: string, nowUnixNano: bigint, { lost, missed }: Unseen): ProbePoint | null {
    const startUnixNano = this.#startUnixNano;
    this.#startUnixNano = nowUnixNano;
    const unseen = this.#kind === 'count' ? lost + Math.round(missed ?? 0) : 0;
    this.#total.count += unseen;
    this.#total.sum += unseen;
    if (this.#count + unseen === 0) return null;
    const point: ProbePoint = {
      name, unit: unitOf(this.#kind), kind: this.#kind === 'count' ? 'sum' : 'histogram', startUnixNano, timeUnixNano: nowUnixNano,
      isEstimated: lost > 0 || missed !== 0,
      count: this.#count + unseen, sum: this.#sum + unseen, min: this.#min, max: this.#max, bounds: this.#bounds, buckets: this.#buckets,
    };
    this.#empty();
    return point;
  }

  #empty(): void {
    this.#buckets = Array.from({ length: this.#bounds.length + 1 }, () => 0);
    [this.#count, this.#sum, this.#min, this.#max] = [0, 0, Infinity, -Infinity];
  }
}

const unitOf = (kind: MeasureKind): string => ({ timer: 'ms', count: '{hit}', metric: '1' })[kind];
