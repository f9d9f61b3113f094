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

/** What Prometheus knows by one name: metrics of several rules, or of names that are the same once other letters are gone. */
interface Merged extends MetricDefinition { readonly names: readonly string[]; readonly ruleNames: readonly string[] }

/** Names of groups are one of a kind in a file, and so is every series that is recorded: what has one name in Prometheus is asked about together, by the labels
 *  of all. */
export function ruleGroups(metrics: readonly MetricDefinition[]): RuleGroups {
  const merged = [...Map.groupBy(metrics, prometheusName).values()].map(together);
  return { groups: merged.map((metric) => ({ name: `weir-${prometheusName(metric)}`, interval: '1m', rules: rulesOf(metric) })) };
}

function together(all: readonly MetricDefinition[]): Merged {
  const each = (of: (metric: MetricDefinition) => readonly string[]): string[] => [...new Set(all.flatMap(of))];
  const descriptions = each(({ description }) => [description]);
  return { ...all[0]!, groupBy: each(({ groupBy }) => groupBy), description: descriptions.length === 1 ? descriptions[0]! : '', names: each(({ name }) => [name]), ruleNames: each(({ ruleName }) => [ruleName]) };
}

const madeBy = ({ ruleNames }: Merged): string => (ruleNames.length === 1 ? `rule ${ruleNames[0]}` : `rules ${ruleNames.join(', ')}`);
const named = ({ names }: Merged): string => names.join(' and ');

function rulesOf(metric: Merged): (RecordingRule | AlertingRule)[] {
  const stops = { alert: alertName(metric, 'Missing'), expr: `absent_over_time(${prometheusName(metric)}[15m])`, for: '5m', labels: { severity: 'info', source: 'weir' }, annotations: { summary: escaped(`Nothing came of ${named(metric)} for 15 minutes.`), description: escaped(metric.ruleNames.length === 1 ? `The ${madeBy(metric)} of Weir makes it. It may be off, or its event gone or renamed.` : `The ${madeBy(metric)} of Weir make it. They may be off, or their events gone or renamed.`) } };
  if (metric.kind === 'gauge') return [stops];
  const recorded: RecordingRule = { record: recordedName(metric), expr: promqlOf(metric, '5m') };
  const rises: AlertingRule = {
    alert: alertName(metric, 'Rising'), expr: `${recordedName(metric)} > 3 * (${recordedName(metric)} offset 1d) and ${recordedName(metric)} > 0.1`, for: '10m', labels: { severity: 'warning', source: 'weir' },
    annotations: { summary: `${escaped(named(metric))}${labelsOf(metric).map((label) => ` ${label}={{ $labels.${label} }}`).join('')} is {{ $value | humanize }} per second, three times what it was a day ago.`, description: escaped(metric.description === '' ? `Made by the ${madeBy(metric)} of Weir.` : metric.description) },
  };
  return metric.monotonic ? [recorded, rises, stops] : [recorded, stops];
}

const alertName = (metric: MetricDefinition, what: string): string => `Weir${prometheusName(metric).split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')}${what}`;
/** Annotations are Go templates: braces that a person wrote are no part of them. */
const escaped = (text: string): string => text.replaceAll('{{', `{{ ${promString('{{')} }}`);
