// From the fleet's points (one a second) to what the overview shows: the buckets of the chart. Pure.
import type { FleetPoint } from '../../../model/index.ts';

export const flowParts = [
  { key: 'out', label: 'Out', token: '--cat-1' },
  { key: 'dropped', label: 'Dropped', token: '--text-3' },
  { key: 'sampled', label: 'Sampled away', token: '--cat-4' },
  { key: 'toMetric', label: 'To metric', token: '--cat-3' },
  { key: 'deduped', label: 'Deduplicated', token: '--cat-5' },
  { key: 'recorded', label: 'To recorder', token: '--cat-7' },
  { key: 'noDownstream', label: 'No downstream', token: '--cat-8' },
  { key: 'lost', label: 'Lost', token: '--danger' },
] as const;

export type FlowKey = (typeof flowParts)[number]['key'];
export interface Flow { /** Start of each bucket, Unix milliseconds. */ readonly times: readonly number[]; readonly values: Readonly<Record<FlowKey, readonly (number | null)[]>> }

/** Mean rate per bucket; a bucket without a point is a gap (null), never zero. Both ends are aligned to whole buckets. */
export function bucketFlow(points: readonly FleetPoint[], fromMs: number, toMs: number, bucketMs: number): Flow {
  const first = Math.floor(fromMs / bucketMs);
  const count = Math.max(0, Math.floor(toMs / bucketMs) - first);
  const groups: FleetPoint[][] = Array.from({ length: count }, () => []);
  for (const point of points) groups[Math.floor(point.t / bucketMs) - first]?.push(point);
  const mean = (key: FlowKey) => groups.map(group => (group.length === 0 ? null : group.reduce((sum, point) => sum + (point[key] ?? 0), 0) / group.length));
  return {
    times: groups.map((_, i) => (first + i) * bucketMs),
    values: Object.fromEntries(flowParts.map(part => [part.key, mean(part.key)])) as unknown as Flow['values'],
  };
}

/** Records lost in all in the points at hand; each point stands for about a second. */
export const lostInAll = (points: readonly FleetPoint[]): number => points.reduce((sum, point) => sum + point.lost, 0);
