// A dashboard for Grafana with a graph of every metric that rules make: its JSON model (schemaVersion 39, which Grafana 10.4 and later read and
// bring up to theirs), to import by hand or to provision from git. Pure.
import type { MetricDefinition } from '../../../model/index.ts';
import { promqlOf, labelsOf } from './promql.ts';
import { prometheusName } from './prometheus-names.ts';

/** Grafana's grid has 24 columns. */
const [panelWidth, panelHeight, perRow] = [12, 8, 2];
const datasource = { type: 'prometheus', uid: '${datasource}' } as const;
/** Chosen on the dashboard, which works for one that is provisioned from git as well: nobody is asked there. Grafana's default comes first. */
const datasourceVariable = {
  name: 'datasource', label: 'Prometheus', description: 'Where the metrics of Weir go', type: 'datasource', query: 'prometheus', regex: '', refresh: 1, hide: 0, skipUrlSync: false, multi: false, includeAll: false,
  current: { selected: false, text: 'default', value: 'default' }, options: [],
} as const;

/** UCUM to units of Grafana's panels: of a value, and of a value per second. */
const units: ReadonlyMap<string, readonly [value: string, perSecond: string]> = new Map(Object.entries({
  s: ['s', 'short'], ms: ['ms', 'short'], us: ['µs', 'short'], ns: ['ns', 'short'], min: ['m', 'short'], h: ['h', 'short'], d: ['d', 'short'],
  By: ['bytes', 'binBps'], KiBy: ['kbytes', 'KiBs'], MiBy: ['mbytes', 'MiBs'], GiBy: ['gbytes', 'GiBs'], KBy: ['deckbytes', 'KBs'], MBy: ['decmbytes', 'MBs'], GBy: ['decgbytes', 'GBs'],
  '%': ['percent', 'short'], 1: ['percentunit', 'cps'], Cel: ['celsius', 'short'], Hz: ['hertz', 'short'], W: ['watt', 'short'], V: ['volt', 'short'], A: ['amp', 'short'], J: ['joule', 'watt'], m: ['lengthm', 'short'], g: ['massg', 'short'],
}));

export function unitOf({ unit, kind, monotonic }: MetricDefinition): string {
  const known = units.get(unit);
  if (kind === 'gauge') return known?.[0] ?? 'short';
  return known?.[1] ?? (monotonic ? 'cps' : 'short');
}

/** `title` and `uid` say which dashboard it is when it is imported again. */
export function grafanaDashboard(metrics: readonly MetricDefinition[], { title, uid }: { readonly title: string; readonly uid: string }): object {
  const labels = [...new Set(metrics.flatMap(labelsOf))];
  return {
    __elements: {}, __requires: [{ type: 'grafana', id: 'grafana', name: 'Grafana', version: '10.4.0' }, { type: 'datasource', id: 'prometheus', name: 'Prometheus', version: '1.0.0' }, { type: 'panel', id: 'timeseries', name: 'Time series', version: '' }],
    annotations: { list: [] }, description: 'Metrics that rules of Weir make of records. Sums are deltas in OTLP: Prometheus needs them cumulative (feature otlp-deltatocumulative, or the Collector\'s processor deltatocumulative).',
    editable: true, fiscalYearStartMonth: 0, graphTooltip: 1, id: null, links: [], panels: metrics.map((metric, i) => panel(metric, i, metrics)), refresh: '30s', schemaVersion: 39, tags: ['weir'],
    templating: { list: [datasourceVariable, ...labels.map((label) => variable(label, metrics))] }, time: { from: 'now-6h', to: 'now' }, timepicker: {}, timezone: '', title, uid, version: 1, weekStart: '',
  };
}

function panel(metric: MetricDefinition, at: number, all: readonly MetricDefinition[]): object {
  const labels = labelsOf(metric);
  const name = all.filter((one) => one.name === metric.name).length > 1 ? `${metric.name} (${metric.ruleName})` : metric.name;
  const selector = labels.map((label) => `${label}=~"$${variableName(label)}"`).join(', ');
  return {
    id: at + 1, type: 'timeseries', title: metric.kind === 'sum' ? `${name} per second` : name, description: describe(metric), datasource,
    gridPos: { x: (at % perRow) * panelWidth, y: Math.floor(at / perRow) * panelHeight, w: panelWidth, h: panelHeight },
    fieldConfig: { defaults: { color: { mode: 'palette-classic' }, custom: { drawStyle: 'line', lineInterpolation: 'linear', lineWidth: 1, fillOpacity: 10, showPoints: 'never', spanNulls: false }, mappings: [], min: metric.monotonic ? 0 : undefined, unit: unitOf(metric) }, overrides: [] },
    options: { legend: { calcs: ['mean', 'lastNotNull'], displayMode: 'table', placement: 'bottom', showLegend: true }, tooltip: { mode: 'multi', sort: 'desc' } },
    targets: [{ refId: 'A', datasource, editorMode: 'code', expr: promqlOf(metric, '$__rate_interval', selector), legendFormat: labels.length === 0 ? metric.name : labels.map((label) => `{{${label}}}`).join(' · '), range: true, instant: false }],
  };
}

/** Grafana's variables are named by letters, digits and underscores, as labels are; a name in front keeps clear of its own. */
const variableName = (label: string): string => `by_${label}`;

function variable(label: string, metrics: readonly MetricDefinition[]): object {
  const names = [...new Set(metrics.filter((metric) => labelsOf(metric).includes(label)).map(prometheusName))];
  const query = `label_values({__name__=~"${names.join('|')}"}, ${label})`;
  return {
    name: variableName(label), label, type: 'query', datasource, definition: query, query: { query, refId: `variable-${label}`, qryType: 1 }, refresh: 2, regex: '', sort: 1, hide: 0, skipUrlSync: false,
    multi: true, includeAll: true, allValue: '.*', current: { selected: true, text: ['All'], value: ['$__all'] }, options: [],
  };
}

function describe({ description, ruleName, kql, follows, unseen = [] }: MetricDefinition): string {
  const renames = follows.map(({ name, now, since }) => `${name} is called ${now[0]} since ${since.slice(0, 10)}; the rule follows.`);
  const missing = unseen.map(({ field, event, since }) => `The field ${field} is not seen in ${event} since ${since.slice(0, 10)}: this metric goes on without it, and may be false.`);
  return [description, ...renames, ...missing, `Made by the rule ${ruleName} of Weir:`, `\`\`\`\n${kql.trim()}\n\`\`\``].filter((line) => line !== '').join('\n\n');
}
