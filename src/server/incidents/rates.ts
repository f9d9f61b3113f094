// The fleet's rates during incidents: the live series is kept for half an hour and in memory only, so what incidents are about is written
// down while they are open. Buckets are put whole, so that writing one again with late reports in it does no harm.
import type { FleetPoint, IncidentRates } from '../../model/index.ts';
import type { FleetSeries } from '../fleet/fleet-series.ts';
import { ownRates, type RatePoint, type Store, type StoredIncident } from '../store/index.ts';
import { afterMs, beforeMs, maxRatePoints, rateBucketMs } from './bounds.ts';

/** Late reports still change buckets that are no older. */
const rewriteMs = 60_000;

export class RateKeeper {
  readonly #series: Pick<FleetSeries, 'points'>;
  readonly #store: Store;
  readonly #nowMs: () => number;
  #writtenMs = 0;

  constructor(series: Pick<FleetSeries, 'points'>, store: Store, nowMs: () => number) {
    this.#series = series;
    this.#store = store;
    this.#nowMs = nowMs;
  }

  /** Writes what came since the last time, and what was before `since` (the earliest incident of now). */
  async write(sinceMs: number): Promise<void> {
    const toMs = floor(this.#nowMs());
    const fromMs = floor(Math.max(sinceMs - beforeMs, this.#writtenMs - rewriteMs, 0));
    const points = this.#series.points(fromMs, toMs);
    await this.#store.incidents.putRates(ownRates, bucketsOf(points));
    this.#writtenMs = toMs;
  }

  /** An incident that begins before what was written asks for it anew. */
  reach(openedMs: number): void { this.#writtenMs = Math.min(this.#writtenMs, openedMs - beforeMs + rewriteMs); }

  async of(incident: StoredIncident): Promise<IncidentRates> {
    const own = incident.imported === null;
    const fromMs = floor(Date.parse(incident.openedAt) - beforeMs);
    const toMs = floor(Math.min(this.#nowMs(), incident.closedAt === null ? Infinity : Date.parse(incident.closedAt) + afterMs));
    const kept = await this.#store.incidents.rates(own ? ownRates : incident.id, own ? fromMs : 0, own ? toMs : Number.MAX_SAFE_INTEGER);
    const last = kept.at(-1);
    return own || last === undefined ? chart(kept, fromMs, toMs) : chart(kept, kept[0]?.t ?? 0, last.t + rateBucketMs);
  }
}

const floor = (t: number): number => Math.floor(t / rateBucketMs) * rateBucketMs;
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Means over the seconds that were measured; a bucket without any is not there. */
function bucketsOf(points: readonly FleetPoint[]): RatePoint[] {
  return [...Map.groupBy(points, ({ t }) => floor(t))].map(([t, seconds]) => {
    const mean = (of: (point: FleetPoint) => number): number => rounded(seconds.reduce((sum, point) => sum + of(point), 0) / seconds.length);
    return { t, received: mean((point) => point.in), sent: mean((point) => point.out), removed: mean(({ dropped, sampled, toMetric, recorded, deduped }) => dropped + sampled + toMetric + recorded + (deduped ?? 0)) };
  });
}

const steps = [1, 2, 6, 12, 60, 180, 720, 2880, 17_280].map((buckets) => buckets * rateBucketMs);

function chart(kept: readonly RatePoint[], fromMs: number, toMs: number): IncidentRates {
  const stepMs = steps.find((step) => (toMs - fromMs) / step <= maxRatePoints) ?? Math.ceil((toMs - fromMs) / maxRatePoints / rateBucketMs) * rateBucketMs;
  const first = Math.floor(fromMs / stepMs) * stepMs;
  const buckets = Map.groupBy(kept, ({ t }) => Math.floor((t - first) / stepMs));
  const times = Array.from({ length: Math.max(0, Math.ceil((toMs - first) / stepMs)) }, (_, i) => first + i * stepMs);
  const mean = (of: (point: RatePoint) => number) => times.map((_, i) => {
    const points = buckets.get(i);
    return points === undefined ? null : rounded(points.reduce((sum, point) => sum + of(point), 0) / points.length);
  });
  return { stepMs, times, received: mean(({ received }) => received), sent: mean(({ sent }) => sent), removed: mean(({ removed }) => removed) };
}
