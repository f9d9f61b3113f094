// The figures that shell and overview share: means over the last seconds of the fleet's points. Pure, so that both show one number.
import type { FleetPoint, Overview } from '../../model/index.ts';

export type RemovedPart = 'dropped' | 'sampled' | 'toMetric' | 'recorded' | 'deduped';
export interface Figures extends Readonly<Record<'in' | 'out' | 'removed' | 'lost' | 'noDownstream' | 'emitted' | RemovedPart, number>> { readonly cpuShare: number; readonly rssBytes: number }

export const removedAt = (point: Pick<FleetPoint, RemovedPart>): number => point.dropped + point.sampled + point.toMetric + point.recorded + (point.deduped ?? 0);

/** Means over the last `overMs` before `nowMs`; null when nothing was measured in that time. */
export function recentFigures(points: readonly FleetPoint[], nowMs: number, overMs = 5000): Figures | null {
  const recent = points.filter(point => point.t > nowMs - overMs - 1000);
  if (recent.length === 0) return null;
  const mean = (pick: (point: FleetPoint) => number) => recent.reduce((sum, point) => sum + pick(point), 0) / recent.length;
  return {
    in: mean(p => p.in), out: mean(p => p.out), removed: mean(removedAt), lost: mean(p => p.lost), noDownstream: mean(p => p.noDownstream), emitted: mean(p => p.emitted),
    dropped: mean(p => p.dropped), sampled: mean(p => p.sampled), toMetric: mean(p => p.toMetric), recorded: mean(p => p.recorded), deduped: mean(p => p.deduped ?? 0), cpuShare: mean(p => p.cpuShare), rssBytes: mean(p => p.rssBytes),
  };
}

/** Records and points a second that the rules leave: what came in, less what they took, plus what they made. Whether it goes on is `out`. */
export const leftByRules = ({ in: all, removed, emitted }: Pick<Figures, 'in' | 'removed' | 'emitted'>): number => Math.max(0, all - removed + emitted);

const staleMs = 5000;

/** What is true now: null when no agent is connected or the newest point is older than 5 s, for old figures are not the present. */
export function liveFigures(data: Pick<Overview, 'points' | 'now' | 'agents'>): Figures | null {
  const newest = data.points.at(-1)?.t;
  return data.agents.connected === 0 || newest === undefined || data.now - newest > staleMs ? null : recentFigures(data.points, data.now);
}
