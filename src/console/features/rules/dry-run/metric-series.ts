// Metric points of a dry run as lines to draw: one per set of attributes, the largest first.
import { valueText, type DryRunResult } from '../../../workers/tail/index.ts';
import { millisFromNanos } from '../../../ui/index.ts';

export interface MetricSeries {
  readonly label: string;
  /** [Unix milliseconds, value], oldest first. */
  readonly points: readonly (readonly [number, number])[];
  readonly total: number;
}

export function metricSeries(metrics: DryRunResult['metrics']): readonly MetricSeries[] {
  const byLabel = new Map<string, [number, number][]>();
  for (const { attributes, timeUnixNano, value } of metrics) {
    const label = Object.values(attributes).map(valueText).filter(text => text !== '').join(' ') || 'all';
    const points = byLabel.get(label) ?? [];
    points.push([millisFromNanos(timeUnixNano), value]);
    byLabel.set(label, points);
  }
  return [...byLabel]
    .map(([label, points]) => ({ label, points: points.sort((a, b) => a[0] - b[0]), total: points.reduce((sum, point) => sum + point[1], 0) }))
    .sort((a, b) => b.total - a.total);
}
