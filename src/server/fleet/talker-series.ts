// Which lines of code send how much: records and bytes by durable id, service and signal, in buckets of five seconds.
import type { AgentStatus, Talker } from '../../model/index.ts';
import { overlaps } from './fleet-series.ts';
import { longestStepMs } from './status-delta.ts';

const bucketMs = 5000;
/** Five minutes. */
const historyBuckets = 60;
/** Rates are over this many of the newest buckets, the one under way included. */
const rateBuckets = 2;
const maxTalkers = 2000;

export interface TalkerRate extends Pick<Talker, 'durableId' | 'service' | 'signal'> {
  readonly perSecond: number; readonly bytesPerSecond: number;
  /** Per second, oldest first; null where this talker was not measured. */
  readonly history: readonly (number | null)[];
}

interface Series { readonly talker: Talker; readonly buckets: Map<number, { records: number; bytes: number }> }

export class TalkerSeries {
  readonly #series = new Map<string, Series>();
  /** How much of each second of a bucket the reports cover, milliseconds by second; for buckets that are not complete. */
  readonly #covered = new Map<number, Map<number, number>>();

  /** `toMs`: when `after` was made, on this machine's clock. A talker that is new among the heaviest counts only when nothing was left out before. */
  add(before: AgentStatus | null, after: AgentStatus, toMs: number): void {
    if (before === null || before.startedUnixMs !== after.startedUnixMs) return;
    const lengthMs = after.atUnixMs - before.atUnixMs;
    if (lengthMs <= 0 || lengthMs > longestStepMs) return;
    const span = { fromMs: toMs - lengthMs, toMs };
    this.#cover(span);
    const known = new Map(before.talkers.map((talker) => [keyOf(talker), talker]));
    for (const talker of after.talkers) {
      const base = known.get(keyOf(talker)) ?? (before.otherRecords === 0 ? { records: 0, bytes: 0 } : null);
      if (base !== null) this.#spread(talker, { records: talker.records - base.records, bytes: talker.bytes - base.bytes }, span, lengthMs);
    }
    this.#forget(toMs);
  }

  /** Heaviest first. */
  top(nowMs: number, limit: number): TalkerRate[] {
    const newest = Math.floor(nowMs / bucketMs);
    const recent = Array.from({ length: rateBuckets }, (_, i) => newest - i);
    const seconds = recent.reduce((sum, bucket) => sum + this.#coveredSeconds(bucket), 0);
    if (seconds < 0.5) return [];
    const rates = [...this.#series.values()].map((series) => this.#rate(series, recent, seconds, newest));
    return rates.filter((rate) => rate.perSecond > 0).sort((a, b) => b.perSecond - a.perSecond).slice(0, limit);
  }

  #rate({ talker, buckets }: Series, recent: readonly number[], seconds: number, newest: number): TalkerRate {
    const sum = (pick: 'records' | 'bytes') => recent.reduce((total, bucket) => total + (buckets.get(bucket)?.[pick] ?? 0), 0);
    const history = Array.from({ length: historyBuckets }, (_, i) => {
      const bucket = newest - historyBuckets + i;
      const covered = this.#coveredSeconds(bucket);
      const amounts = buckets.get(bucket);
      return amounts === undefined || covered === 0 ? null : round(amounts.records / covered);
    });
    return { durableId: talker.durableId, service: talker.service, signal: talker.signal, perSecond: round(sum('records') / seconds), bytesPerSecond: round(sum('bytes') / seconds), history };
  }

  #cover(span: { readonly fromMs: number; readonly toMs: number }): void {
    for (const [t, overlap] of overlaps(span)) {
      const bucket = Math.floor(t / bucketMs);
      const seconds = this.#covered.get(bucket) ?? new Map<number, number>();
      // Agents overlap; a second has no more than its thousand milliseconds.
      this.#covered.set(bucket, seconds.set(t, Math.min(1000, (seconds.get(t) ?? 0) + overlap)));
    }
  }

  #coveredSeconds(bucket: number): number {
    let milliseconds = 0;
    for (const covered of this.#covered.get(bucket)?.values() ?? []) milliseconds += covered;
    return milliseconds / 1000;
  }

  #spread(talker: Talker, amounts: { readonly records: number; readonly bytes: number }, span: { readonly fromMs: number; readonly toMs: number }, lengthMs: number): void {
    const key = keyOf(talker);
    let series = this.#series.get(key);
    if (series === undefined) {
      if (this.#series.size >= maxTalkers) return;
      this.#series.set(key, series = { talker, buckets: new Map() });
    }
    for (const [t, overlap] of overlaps(span)) {
      const bucket = Math.floor(t / bucketMs);
      const sums = series.buckets.get(bucket) ?? { records: 0, bytes: 0 };
      sums.records += Math.max(0, amounts.records) * overlap / lengthMs;
      sums.bytes += Math.max(0, amounts.bytes) * overlap / lengthMs;
      series.buckets.set(bucket, sums);
    }
  }

  #forget(nowMs: number): void {
    const oldest = Math.floor(nowMs / bucketMs) - historyBuckets;
    for (const bucket of this.#covered.keys()) if (bucket < oldest) this.#covered.delete(bucket);
    for (const [key, { buckets }] of this.#series) {
      for (const bucket of buckets.keys()) if (bucket < oldest) buckets.delete(bucket);
      if (buckets.size === 0) this.#series.delete(key);
    }
  }
}

const keyOf = ({ durableId, service, signal }: Talker): string => JSON.stringify([signal, service, durableId]);
const round = (value: number): number => Math.round(value * 100) / 100;
