// The counts of one place: every hit is in one of emitted and suppressed.
import type { ProbePlace } from '../../../model/index.ts';
import type { Taken } from './place.ts';

const mostLatest = 20;
/** Of the last hits together, as JSON: a report goes out every second. */
const mostLatestUnits = 32_768;
/** Of the measured cost of a hit: how much the last measurement counts. */
const weight = 0.2;

export class HitCounts {
  hits = 0;
  emitted = 0;
  suppressed = 0;
  /** Milliseconds a hit, measured; null before there is a measurement. */
  measuredMs: number | null = null;
  #first: number | null = null;
  #last: number | null = null;
  #latest: Taken['latest'] = [];
  #overRate = 0;
  #secondFromMs = -Infinity;

  took(hits: number, { emitted, latest }: Taken, unixMs: number): void {
    this.hits += hits;
    this.emitted += emitted;
    this.suppressed += hits - emitted;
    this.#first ??= unixMs;
    this.#last = unixMs;
    if (latest.length > 0) this.#latest = fitting([...this.#latest, ...latest].slice(-mostLatest));
  }

  lost(count: number): void {
    this.hits += count;
    this.suppressed += count;
  }

  measured(hits: number, costMs: number): void {
    const each = costMs / hits;
    this.measuredMs = this.measuredMs === null ? each : this.measuredMs * (1 - weight) + each * weight;
  }

  /** As many were kept back within a second as were let through: it is worth to leave for a moment. */
  isOverRate(more: number, perSecond: number, nowMs: number): boolean {
    if (nowMs - this.#secondFromMs >= 1000) [this.#overRate, this.#secondFromMs] = [0, nowMs];
    this.#overRate += more;
    const isOver = this.#overRate >= perSecond;
    if (isOver) this.#overRate = 0;
    return isOver;
  }

  report(): Pick<ProbePlace, 'hits' | 'emitted' | 'suppressed' | 'firstHitUnixMs' | 'lastHitUnixMs' | 'latest'> {
    return { hits: this.hits, emitted: this.emitted, suppressed: this.suppressed, firstHitUnixMs: this.#first, lastHitUnixMs: this.#last, latest: this.#latest.map(({ stack, ...hit }) => (stack === undefined ? hit : { ...hit, stack: [...stack] })) };
  }
}

/** The newest ones. */
function fitting(latest: Taken['latest']): Taken['latest'] {
  let [from, units] = [latest.length, 0];
  while (from > 0 && (units += JSON.stringify([latest[from - 1]!.values, latest[from - 1]!.stack]).length) <= mostLatestUnits) from--;
  return latest.slice(from);
}
