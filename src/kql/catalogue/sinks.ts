// The sinks that a rule may end in: how the binder knows them, how the editor explains them.
import type { PlanTable } from '../plan.ts';

export interface SinkParameter {
  readonly name: string;
  readonly type: 'string' | 'real' | 'bool' | 'dynamic' | 'timespan';
  /** KQL text of the default; a parameter without one must be given. */
  readonly fallback?: string;
  readonly doc: string;
}
export interface SinkDefinition { readonly name: string; readonly parameters: readonly SinkParameter[]; readonly doc: string; readonly example: string; readonly snippet: string }

export const maskModes = ['mask', 'hash', 'remove'] as const;

export const sinks: readonly SinkDefinition[] = [
  { name: 'drop', parameters: [], doc: 'Matched records stop here. Each is counted.', example: 'invoke drop()', snippet: 'drop()$0' },
  {
    name: 'sample', doc: 'Keeps a share of the matched records and drops the rest. Chosen by trace id, so a trace stays whole; what is kept carries the adjusted count.',
    parameters: [{ name: 'ratio', type: 'real', doc: 'Share to keep, above 0 and at most 1.' }], example: 'invoke sample(0.1)', snippet: 'sample($0)',
  },
  {
    name: 'dedup', doc: 'Keeps the first of equal records within a window; it leaves when the window closes and carries the count of all.',
    parameters: [
      { name: 'window', type: 'timespan', doc: 'How long equal records count as one, from 1ms to 1d.' },
      { name: 'key', type: 'dynamic', fallback: 'dynamic(null)', doc: 'Columns that make two records equal; when left out, those that name the line of code, its service, its severity and its text.' },
    ], example: 'invoke dedup(10s, dynamic(["ServiceName", "EventName"]))', snippet: 'dedup($010s)',
  },
  { name: 'update', parameters: [], doc: 'Writes back what extend, project-away, project-keep, project-rename and project changed in each record.', example: 'invoke update()', snippet: 'update()$0' },
  {
    name: 'redact', doc: 'Finds secrets in the matched records and masks, hashes or removes them. Redaction runs before every other rule.',
    parameters: [
      { name: 'detectors', type: 'dynamic', fallback: 'dynamic(["*"])', doc: 'What to look for: one detector name, several in dynamic([…]), or "*" for all.' },
      { name: 'mode', type: 'string', fallback: '"mask"', doc: 'mask, hash or remove.' },
    ], example: 'invoke redact("email", mode="hash")', snippet: 'redact($0)',
  },
  {
    name: 'to_metric', doc: 'After summarize: emits the aggregates as OTLP metrics. The source records are dropped unless keep=true.',
    parameters: [
      { name: 'name', type: 'string', doc: 'Name of the metric; with several aggregates each adds its own name.' },
      { name: 'unit', type: 'string', fallback: '""', doc: 'UCUM unit, "ms" or "By" for example.' },
      { name: 'keep', type: 'bool', fallback: 'false', doc: 'true lets the source records pass as well.' },
    ], example: 'invoke to_metric("app.launches", unit="{launch}")', snippet: 'to_metric("$0")',
  },
  {
    name: 'record', doc: 'Diverts matched records into a flight recorder, a ring buffer that goes nowhere until it is collected.',
    parameters: [{ name: 'recorder', type: 'string', doc: 'Name of the flight recorder.' }, { name: 'tee', type: 'bool', fallback: 'false', doc: 'true lets the records pass as well.' }],
    example: 'invoke record("checkout-verbose", tee=true)', snippet: 'record("$0")',
  },
  {
    name: 'route', doc: 'Sends matched records to a named exporter instead of the default one.',
    parameters: [{ name: 'exporter', type: 'string', doc: 'Name of the exporter.' }], example: 'invoke route("archive")', snippet: 'route("$0")',
  },
];

export const sinkByName: ReadonlyMap<string, SinkDefinition> = new Map(sinks.map((sink) => [sink.name, sink]));

const dedupKeys: Readonly<Record<PlanTable, readonly string[]>> = {
  Logs: ['ServiceName', 'DurableId', 'SeverityNumber', 'Body'], Spans: ['ServiceName', 'Name', 'Kind', 'StatusCode', 'StatusMessage'],
  Metrics: ['ServiceName', 'MetricName', 'Attributes'], source: ['ServiceName', 'DurableId', 'SeverityNumber', 'Body', 'StatusCode', 'MetricName', 'Attributes'],
};

/** The columns that make two records of a table equal when dedup() names none. */
export const dedupKey = (table: PlanTable): readonly string[] => dedupKeys[table];

/** `to_metric(name, [unit], [keep])`. */
export function sinkSignature(sink: SinkDefinition): string {
  return `${sink.name}(${sink.parameters.map(({ name, fallback }) => (fallback === undefined ? name : `[${name}]`)).join(', ')})`;
}
