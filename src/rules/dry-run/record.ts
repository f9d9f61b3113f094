// A record in full, for people: every column decoded, Attributes and Resource apart, one line that says what it is.
import { columnId, columnsOf, type RecordCursor, type Value } from '../../otlp/index.ts';
import type { DryRunRecord } from './types.ts';

type Bag = Readonly<Record<string, Value>>;

/** The record under the cursor. `id` is the caller's. */
export function readRecord(cursor: RecordCursor, id: number, fallbackMs: number): DryRunRecord {
  const { signal } = cursor.view;
  const columns: Record<string, Value> = {};
  columnsOf(signal).forEach(({ name }, column) => {
    const value = name === 'Attributes' || name === 'Resource' ? null : cursor.column(column);
    if (value !== null) columns[name] = value;
  });
  const severity = columns['SeverityNumber'];
  return {
    id, signal, columns, attributes: bagOf(cursor, 'Attributes'), resource: bagOf(cursor, 'Resource'), timeUnixNano: timeOf(columns['Timestamp'], fallbackMs),
    severity: typeof severity === 'number' ? severity : 0, severityText: textOf(columns[signal === 'spans' ? 'StatusCode' : 'SeverityText']),
    service: textOf(columns['ServiceName']), durableId: textOf(columns['DurableId']), summary: summaryOf(columns, signal),
    bytes: cursor.view.recordEnd(cursor.index) - cursor.view.recordStart(cursor.index),
  };
}

export function timeOf(value: Value | undefined, fallbackMs: number): bigint {
  return typeof value === 'bigint' && value > 0n ? value : BigInt(Math.round(fallbackMs)) * 1_000_000n;
}

const maxSummary = 400;

function summaryOf(columns: Bag, signal: RecordCursor['view']['signal']): string {
  const parts = signal === 'logs' ? [columns['Body']] : signal === 'spans' ? [columns['Name'], columns['StatusMessage']] : [columns['MetricName'], columns['Value'] ?? columns['Sum'], columns['Unit']];
  const text = parts.map(textOf).filter((part) => part !== '').join(' ');
  return text.length > maxSummary ? `${text.slice(0, maxSummary)}…` : text;
}

export function textOf(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)) : String(value);
}

export function bagOf(cursor: RecordCursor, name: 'Attributes' | 'Resource'): Bag {
  const value = cursor.column(columnId(cursor.view.signal, name));
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array) ? value as Bag : {};
}
