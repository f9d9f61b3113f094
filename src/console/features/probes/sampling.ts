// A probe that is hit more often than its bounds let through goes out and in again. What that comes to is one steady state, not the moment:
// it samples, out for a share of the time, and its number of hits is an estimate. Pure.
import type { FleetProbe, ProbeLimits, ProbePlace, ProbeState, ProbeWhat } from '../../../model/index.ts';
import { formatCount, formatPercent, type ChipTone } from '../../ui/index.ts';
import { measures, stateTones, stateWords } from './words.ts';

type Timed = Pick<FleetProbe, 'places' | 'endedUnixMs'>;
/** `outShare`: of the time, 0 to 1; null: nobody can say how much. */
export interface Sampling { readonly outShare: number | null }
export interface HitCount { /** With those that were estimated for the time in which it was out. */ readonly total: number; readonly seen: number; readonly isEstimated: boolean }

/** Less than that is a pause now and then. */
const leastShare = 0.02;
/** Without a known rate: so many are no chance. */
const manyPauses = 3;

export function placeSampling(place: ProbePlace, nowUnixMs: number): Sampling | null {
  if ((place.state !== 'active' && place.state !== 'paused') || place.pauses === 0) return null;
  const total = totalOf(place, nowUnixMs);
  if (total === null) return place.pauses < manyPauses ? null : { outShare: null };
  const outShare = 1 - place.hits / Math.max(1, total);
  return outShare < leastShare ? null : { outShare };
}

/** Of the place that is out most. */
export function samplingOf({ places }: Pick<FleetProbe, 'places'>, nowUnixMs: number): Sampling | null {
  const all = places.flatMap(place => placeSampling(place, nowUnixMs) ?? []);
  return all.length === 0 ? null : { outShare: all.some(({ outShare }) => outShare === null) ? null : Math.max(...all.map(({ outShare }) => outShare ?? 0)) };
}

/** What a counter tells is exact, or the agent's own estimate; else the rate says what was not seen. */
function totalOf({ hits, measured, trueRate, pauses, firstHitUnixMs }: ProbePlace, nowUnixMs: number): number | null {
  if (measured !== undefined && measured.bounds.length === 0 && measured.count > hits) return measured.count;
  if (pauses === 0) return hits;
  return trueRate === null || firstHitUnixMs === null ? null : Math.max(hits, trueRate * (nowUnixMs - firstHitUnixMs) / 1000);
}

export function hitCount({ places, hits, endedUnixMs }: Timed & Pick<FleetProbe, 'hits'>, nowUnixMs: number): HitCount {
  const unseen = places.reduce((sum, place) => sum + Math.max(0, (totalOf(place, endedUnixMs ?? nowUnixMs) ?? place.hits) - place.hits), 0);
  const isEstimated = unseen > leastShare * (hits + unseen);
  return { total: isEstimated ? hits + unseen : hits, seen: hits, isEstimated };
}

/** The state as people read it, with its tone. */
export function stateShown(state: ProbeState, sampling: Sampling | null): { readonly words: string; readonly tone: ChipTone } {
  return sampling === null ? { words: stateWords[state], tone: stateTones[state] } : { words: 'sampling', tone: 'attn' };
}

/** `out about 63 % of the time`. */
export const outWords = ({ outShare }: Sampling): string => (outShare === null ? 'out most of the time' : `out about ${Math.round(outShare * 100)} % of the time`);

/** Which bound it meets: what makes no records has none of the rate. */
export function boundWords(what: ProbeWhat, { maxCpuShare, maxPerSecond }: ProbeLimits, places: readonly ProbePlace[]): string {
  const isDear = places.some(({ trueRate, costUs }) => trueRate === null || costUs === null || trueRate * costUs / 1e6 > maxCpuShare);
  return measures(what) || isDear ? `all its hits would cost more than ${formatPercent(maxCpuShare)} of a core` : `it is hit more often than ${formatCount(maxPerSecond)} times a second`;
}

/** Of one core: while it samples the mean since the first hit, since moments differ; else as measured now. Null: not known. */
export function cpuOf(place: ProbePlace, nowUnixMs: number): number | null {
  const { cpuShare, costUs, hits, firstHitUnixMs } = place;
  if (placeSampling(place, nowUnixMs) === null || costUs === null || firstHitUnixMs === null) return cpuShare;
  return hits * costUs / 1000 / Math.max(1, nowUnixMs - firstHitUnixMs);
}
