// Rules for Prometheus (`rule_files`): for every metric its rate as a recorded series, an alert when it stops coming, and, for what is counted,
// one when it is three times what it was a day ago. Pure.
import { stringify } from 'yaml';
import type { MetricDefinition } from '../../../model/index.ts';
import { prometheusName, recordedName } from './prometheus-names.ts';
import { labelsOf, promqlOf, promString } from './promql.ts';

interface RecordingRule { readonly record: string; readonly expr: string; readonly labels?: Readonly<Record<string, string>> }
interface AlertingRule { readonly alert: string; readonly expr: string; readonly for: string; readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> }
export interface RuleGroups { readonly groups: readonly { readonly name: string; readonly interval: string; readonly rules: readonly (RecordingRule | AlertingRule)[] }[] }

const head = `# Metrics that rules of Weir make of records, as Prometheus knows them. Load it under rule_files; thresholds are starting points.
# Sums are deltas in OTLP: Prometheus needs them cumulative (feature otlp-deltatocumulative, or the Collector's processor deltatocumulative).
`;

export const prometheusRules = (metrics: readonly MetricDefinition[]): string => head + stringify(ruleGroups(metrics), { lineWidth: 0, version: '1.2' });

/** Names of groups are one of a kind in a file, and so is every series that is recorded: two rules of one metric are asked about together. */
export function ruleGroups(metrics: readonly MetricDefinition[]): RuleGroups {
  const byName = [...Map.groupBy(metrics, prometheusName).values()].map((all) => all[0]!);
  return { groups: byName.map((metric) => ({ name: `weir-${prometheusName(metric)}`, interval: '1m', rules: rulesOf(metric) })) };
}

function rulesOf(metric: MetricDefinition): (RecordingRule | AlertingRule)[] {
  const stops = { alert: alertName(metric, 'Missing'), expr: `absent_over_time(${prometheusName(metric)}[15m])`, for: '5m', labels: { severity: 'info', source: 'weir' }, annotations: { summary: escaped(`Nothing came of ${metric.name} for 15 minutes.`), description: escaped(`The rule ${metric.ruleName} of Weir makes it. It may be off, or its event gone or renamed.`) } };
  if (metric.kind === 'gauge') return [stops];
  const recorded: RecordingRule = { record: recordedName(metric), expr: promqlOf(metric, '5m') };
  const rises: AlertingRule = {
    alert: alertName(metric, 'Rising'), expr: `${recordedName(metric)} > 3 * (${recordedName(metric)} offset 1d) and ${recordedName(metric)} > 0.1`, for: '10m', labels: { severity: 'warning', source: 'weir' },
    annotations: { summary: `${escaped(metric.name)}${labelsOf(metric).map((label) => ` ${label}={{ $labels.${label} }}`).join('')} is {{ $value | humanize }} per second, three times what it was a day ago.`, description: escaped(metric.description === '' ? `Made by the rule ${metric.ruleName} of Weir.` : metric.description) },
  };
  return metric.monotonic ? [recorded, rises, stops] : [recorded, stops];
}

const alertName = (metric: MetricDefinition, what: string): string => `Weir${prometheusName(metric).split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')}${what}`;
/** Annotations are Go templates: braces that a person wrote are no part of them. */
const escaped = (text: string): string => text.replaceAll('{{', `{{ ${promString('{{')} }}`);
