// The tables' columns as rules.md names them: names and KQL types for the binder, ids for cursors, one short doc each.
// A column's id is its place in its table, so executors can switch on small integers.
import type { Signal } from '../model/index.ts';
import type { ColumnId } from './types.ts';

export interface ColumnDefinition {
  readonly name: string;
  /** KQL type as declared to Microsoft's binder. datetime and timespan values are bigint nanoseconds in a cursor. */
  readonly type: 'string' | 'int' | 'long' | 'real' | 'datetime' | 'timespan' | 'dynamic';
  readonly doc: string;
  /** What `update()` may write back; the others are read-only. */
  readonly writable: boolean;
}

const read = (name: string, type: ColumnDefinition['type'], doc: string): ColumnDefinition => ({ name, type, doc, writable: false });
const write = (name: string, type: ColumnDefinition['type'], doc: string): ColumnDefinition => ({ name, type, doc, writable: true });

const common = [
  write('Attributes', 'dynamic', 'Attributes of the record itself, a bag of key to value.'),
  read('Resource', 'dynamic', 'Attributes of the resource (service, host, process) that sent the record.'),
  read('ServiceName', 'string', 'The resource attribute service.name.'),
  read('ScopeName', 'string', 'Name of the instrumentation scope (the logger, tracer or meter).'),
  read('ScopeVersion', 'string', 'Version of the instrumentation scope.'),
  read('DurableId', 'string', 'The stable name of the line of code: event name, or file and line; span name; metric name.'),
] as const;

const logs = [
  write('Timestamp', 'datetime', 'When the event happened; the observed time where the source gave none.'),
  write('ObservedTimestamp', 'datetime', 'When the event was first seen by a collector.'),
  write('SeverityNumber', 'int', '1-4 trace, 5-8 debug, 9-12 info, 13-16 warn, 17-20 error, 21-24 fatal.'),
  write('SeverityText', 'string', 'Severity as the source wrote it.'),
  write('EventName', 'string', 'The name that identifies the kind of event.'),
  write('Body', 'dynamic', 'The message: a string, or a structured value.'),
  read('TraceId', 'string', 'Trace id, 32 lower-case hex digits.'),
  read('SpanId', 'string', 'Span id, 16 lower-case hex digits.'),
  write('Flags', 'long', 'W3C trace flags; bit 0 says sampled.'),
  ...common,
] as const;

const spans = [
  read('Timestamp', 'datetime', 'When the span started; the same as StartTimestamp.'),
  write('StartTimestamp', 'datetime', 'When the span started.'),
  write('EndTimestamp', 'datetime', 'When the span ended.'),
  read('Duration', 'timespan', 'End minus start.'),
  write('Name', 'string', 'Name of the operation.'),
  read('Kind', 'string', 'Unspecified, Internal, Server, Client, Producer or Consumer.'),
  read('StatusCode', 'string', 'Unset, Ok or Error.'),
  write('StatusMessage', 'string', 'What the source said about an error.'),
  read('TraceId', 'string', 'Trace id, 32 lower-case hex digits.'),
  read('SpanId', 'string', 'Span id, 16 lower-case hex digits.'),
  read('ParentSpanId', 'string', 'Span id of the parent; missing on a root span.'),
  write('TraceState', 'string', 'W3C trace state.'),
  write('Flags', 'long', 'W3C trace flags; bit 0 says sampled.'),
  read('Events', 'dynamic', 'Events on the span: an array of Name, Timestamp, Attributes.'),
  read('Links', 'dynamic', 'Links to other spans: an array of TraceId, SpanId, Attributes.'),
  ...common,
] as const;

const metrics = [
  write('Timestamp', 'datetime', 'Time of the data point.'),
  write('StartTimestamp', 'datetime', 'Start of the interval that the point covers.'),
  read('MetricName', 'string', 'Name of the metric.'),
  read('Description', 'string', 'Description of the metric.'),
  read('Unit', 'string', 'Unit of the metric (UCUM).'),
  read('Kind', 'string', 'Gauge, Sum, Histogram, ExponentialHistogram or Summary.'),
  read('Temporality', 'string', 'Unspecified, Delta or Cumulative; missing for gauges and summaries.'),
  read('Value', 'real', 'Value of a gauge or sum point; missing for the other kinds.'),
  read('Count', 'long', 'Number of observations of a histogram or summary point.'),
  read('Sum', 'real', 'Sum of the observations of a histogram or summary point.'),
  read('Min', 'real', 'Smallest observation, where the source keeps it.'),
  read('Max', 'real', 'Largest observation, where the source keeps it.'),
  read('BucketCounts', 'dynamic', 'Counts per bucket of an explicit histogram point.'),
  read('ExplicitBounds', 'dynamic', 'Upper bounds of the buckets of an explicit histogram point.'),
  write('Flags', 'long', 'Data point flags; bit 0 says no recorded value.'),
  ...common,
] as const;

const tables: Readonly<Record<Signal, readonly ColumnDefinition[]>> = { logs, spans, metrics };
const ids: Readonly<Record<Signal, ReadonlyMap<string, ColumnId>>> = {
  logs: byName(logs), spans: byName(spans), metrics: byName(metrics),
};

function byName(table: readonly ColumnDefinition[]): ReadonlyMap<string, ColumnId> {
  return new Map(table.map((column, id) => [column.name, id]));
}

/** The columns of a signal's table in declaration order; the index is the column's id. */
export function columnsOf(signal: Signal): readonly ColumnDefinition[] { return tables[signal]; }

/** The id of a column by its KQL name (case-sensitive), or -1. */
export function columnId(signal: Signal, name: string): ColumnId { return ids[signal].get(name) ?? -1; }
