// What dashboards and rules ask Prometheus about a metric that a rule makes. Pure.
import type { MetricDefinition } from '../../../model/index.ts';
import { prometheusLabel, prometheusName } from './prometheus-names.ts';

/** Labels that its points bear, each once, in order. */
export const labelsOf = ({ groupBy }: Pick<MetricDefinition, 'groupBy'>): string[] => [...new Set(groupBy.map(prometheusLabel))];

/** Per second for sums; the value itself for gauges, of which nobody knows how to add them up, so the largest stands for a group.
 *  `selector` is what stands in braces, or empty. A sum that may fall is a gauge to Prometheus: its slope is what rate() would say. */
export function promqlOf(metric: MetricDefinition, range: string, selector = ''): string {
  const by = labelsOf(metric).length === 0 ? '' : ` by (${labelsOf(metric).join(', ')})`;
  const series = `${prometheusName(metric)}${selector === '' ? '' : `{${selector}}`}`;
  if (metric.kind === 'gauge') return `max${by} (${series})`;
  return `sum${by} (${metric.monotonic ? 'rate' : 'deriv'}(${series}[${range}]))`;
}

export const promString = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
