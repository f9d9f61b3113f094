// One bound that is measured: the percentile of a value over a sliding time, by key. The time is cut into slots; each keeps a bounded
// sample, and the slots together give the percentile, each with the weight of what it saw. Keys are bounded, least recently used first out.
import { Sample } from '../aggregate/index.ts';
import { keptId } from './key-text.ts';

/** Parts of the time: values leave it one part at a time. */
const slots = 8n;
const valuesPerSlot = 48;
export const mostTrainedKeys = 128;
/** Fewer values than this bound nothing. */
export const leastSamples = 100;
/** A percentile is sorted out at most this often per key. */
const freshNanos = 5_000_000_000n;

interface Slot { readonly number: bigint; readonly sample: Sample }
interface Key { readonly id: string; readonly text: string; since: bigint; slots: Slot[]; cached: number | null; cachedAt: bigint | null }

/** Plain JSON; times as decimal text. */
export interface TrainedState { readonly name: string; readonly text: string; readonly keys: readonly { readonly id: string; readonly text: string; readonly since: string; readonly slots: readonly { readonly number: string; readonly seen: number; readonly values: readonly number[] }[] }[] }
export interface TrainedValue { readonly key: string; readonly value: number; readonly samples: number; readonly sinceUnixNano: bigint }

export class TrainedBound {
  readonly #percentile: number;
  readonly #slotNanos: bigint;
  readonly #keys = new Map<string, Key>();

  constructor(percentile: number, overNanos: bigint) {
    this.#percentile = percentile;
    this.#slotNanos = overNanos / slots > 0n ? overNanos / slots : 1n;
  }

  get bytes(): number { return this.#keys.size * (600 + Number(slots + 1n) * valuesPerSlot * 8); }

  learn(id: string, text: string, value: number, nowUnixNano: bigint): void {
    const known = this.#keys.get(id);
    const key = known ?? { id: keptId(id), text, since: nowUnixNano, slots: [], cached: null, cachedAt: null };
    this.#keys.delete(key.id);
    this.#keys.set(key.id, key);
    if (known === undefined && this.#keys.size > mostTrainedKeys) this.#keys.delete(this.#keys.keys().next().value!);
    const number = nowUnixNano / this.#slotNanos;
    let slot = key.slots.at(-1);
    if (slot === undefined || slot.number < number) {
      slot = { number, sample: new Sample(valuesPerSlot) };
      key.slots = [...key.slots.filter((one) => one.number > number - slots), slot];
    }
    slot.sample.add(value, 1);
  }

  /** Null while too few values came. */
  value(id: string, nowUnixNano: bigint): number | null {
    const key = this.#keys.get(id);
    if (key === undefined) return null;
    if (key.cachedAt === null || nowUnixNano - key.cachedAt >= freshNanos) {
      key.cached = this.#count(key, nowUnixNano) < leastSamples ? null : this.#percentileOf(key, nowUnixNano);
      key.cachedAt = nowUnixNano;
    }
    return key.cached;
  }

  #live(key: Key, now: bigint): readonly Slot[] { const number = now / this.#slotNanos; return key.slots.filter((slot) => slot.number > number - slots); }
  #count(key: Key, now: bigint): number { return this.#live(key, now).reduce((sum, { sample }) => sum + sample.seen, 0); }

  #percentileOf(key: Key, now: bigint): number | null {
    const live = this.#live(key, now);
    const all = new Sample(live.length * valuesPerSlot);
    for (const { sample } of live) for (const value of sample.values) all.add(value, sample.seen / sample.values.length);
    const rank = all.nearestRank(this.#percentile);
    return rank === null ? null : Number(rank);
  }

  /** The most recently used keys, `limit` at most, also of those with few values. */
  values(nowUnixNano: bigint, limit: number): { readonly values: readonly TrainedValue[]; readonly more: number } {
    const known = [...this.#keys.values()].reverse().flatMap((key) => (this.#count(key, nowUnixNano) > 0 ? [key] : []));
    const values = known.slice(0, limit).map((key) => ({ key: key.text, value: this.#percentileOf(key, nowUnixNano) ?? 0, samples: this.#count(key, nowUnixNano), sinceUnixNano: key.since }));
    return { values, more: known.length - values.length };
  }

  state(): TrainedState['keys'] {
    return [...this.#keys.values()].map(({ id, text, since, slots: kept }) => ({ id, text, since: String(since), slots: kept.map(({ number, sample }) => ({ number: String(number), seen: sample.seen, values: sample.values.map(Number) })) }));
  }

  restore(keys: TrainedState['keys']): void {
    for (const { id, text, since, slots: kept } of keys.slice(-mostTrainedKeys)) {
      const restored = kept.slice(-Number(slots)).map(({ number, seen, values }) => ({ number: BigInt(number), sample: Sample.of(valuesPerSlot, values, seen) }));
      this.#keys.set(id, { id, text, since: BigInt(since), slots: restored, cached: null, cachedAt: null });
    }
  }
}
