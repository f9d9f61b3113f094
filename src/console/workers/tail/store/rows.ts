// Rows and records for the screen: decoded only when somebody looks at them.
import { adjustedCountKey } from '../../../../engine/index.ts';
import { columnsOf, type RecordCursor, type Value } from '../../../../otlp/index.ts';
import type { TailRecord, TailRow } from '../types.ts';
import { valueText } from '../value-text.ts';
import { durableTags } from './row-reader.ts';
import type { Segment } from './segments.ts';
import type { TailStore } from './tail-store.ts';

const maxSummary = 400;
const maxFields = 8;
const maxFieldText = 120;
/** Attributes that repeat what other columns of a row show. */
const shownElsewhere = new Set(['code.file.path', 'code.line.number', 'code.function.name', adjustedCountKey]);

type Bag = Readonly<Record<string, Value>>;

/** One row of the list. `columns`: extra columns or attributes that the person added, by name. Null when it has left the ring. */
export function readRow(store: TailStore, cursor: RecordCursor, id: number, columns: readonly string[]): TailRow | null {
  const segment = store.segmentOf(id);
  if (segment === undefined || id < store.ring.firstId) return null;
  moveTo(cursor, segment, id);
  const attributes = bagOf(cursor, 'Attributes');
  return {
    ...rowOf(store, cursor, segment, id),
    fields: keyFields(attributes),
    cells: columns.map((name) => valueText(valueByName(cursor, attributes, name))),
  };
}

/** Everything about one record. */
export function readRecord(store: TailStore, cursor: RecordCursor, id: number): TailRecord | null {
  const segment = store.segmentOf(id);
  if (segment === undefined || id < store.ring.firstId) return null;
  moveTo(cursor, segment, id);
  return decodeRecord(cursor, rowOf(store, cursor, segment, id));
}

/** The record under the cursor with all its columns, as `row` names it. */
export function decodeRecord(cursor: RecordCursor, row: TailRow): TailRecord {
  const columns: Record<string, Value> = {};
  for (const [id, { name }] of columnsOf(cursor.view.signal).entries()) {
    if (name === 'Attributes' || name === 'Resource') continue;
    const value = cursor.column(id);
    if (value !== null) columns[name] = value;
  }
  return {
    ...row, columns, attributes: bagOf(cursor, 'Attributes'), resource: bagOf(cursor, 'Resource'),
    bytes: cursor.view.recordEnd(cursor.index) - cursor.view.recordStart(cursor.index),
  };
}

function moveTo(cursor: RecordCursor, segment: Segment, id: number): void {
  if (cursor.view !== segment.view) cursor.reset(segment.view);
  cursor.moveTo(id - segment.firstId);
}

function rowOf(store: TailStore, cursor: RecordCursor, segment: Segment, id: number): TailRow {
  const { ring } = store;
  const slot = ring.slot(id);
  const durable = ring.durable[slot]!;
  const template = durable === 0 ? undefined : store.templateText(store.durables.text(durable));
  return {
    id, signal: segment.signal, timeUnixNano: bigintOf(columnOf(cursor, 'Timestamp'), ring.timeMs[slot]!),
    severity: ring.severity[slot]!, severityText: valueText(columnOf(cursor, segment.signal === 'spans' ? 'StatusCode' : 'SeverityText')),
    service: ring.service[slot] === 0 ? valueText(columnOf(cursor, 'ServiceName')) : store.services.text(ring.service[slot]!),
    durableId: durable === 0 ? valueText(columnOf(cursor, 'DurableId')) : store.durables.text(durable),
    durableSource: durable === 0 ? 'name' : durableTags[store.durables.tag(durable)] ?? 'none',
    ...(template !== undefined && { template }), summary: summaryOf(cursor), agent: store.agentName(segment.agent), adjustedCount: ring.adjusted[slot]!,
  };
}

/** What a person reads first: a log's body, a span's name and duration, a metric's name and value. */
export function summaryOf(cursor: RecordCursor): string {
  const { signal } = cursor.view;
  if (signal === 'logs') return clip(valueText(columnOf(cursor, 'Body')), maxSummary);
  if (signal === 'spans') return clip(`${valueText(columnOf(cursor, 'Name'))} ${durationText(columnOf(cursor, 'Duration'))}`.trim(), maxSummary);
  const value = columnOf(cursor, 'Value') ?? columnOf(cursor, 'Sum');
  return clip(`${valueText(columnOf(cursor, 'MetricName'))} ${valueText(value)} ${valueText(columnOf(cursor, 'Unit'))}`.trim(), maxSummary);
}

function keyFields(attributes: Bag): readonly (readonly [string, string])[] {
  const fields: [string, string][] = [];
  for (const [key, value] of Object.entries(attributes)) {
    if (fields.length === maxFields) break;
    if (!shownElsewhere.has(key)) fields.push([key, clip(valueText(value), maxFieldText)]);
  }
  return fields;
}

/** A column of the table, else an attribute, else a resource attribute. */
function valueByName(cursor: RecordCursor, attributes: Bag, name: string): Value {
  const column = columnOf(cursor, name);
  return column ?? attributes[name] ?? bagOf(cursor, 'Resource')[name] ?? null;
}

const columnIds = { logs: idsOf('logs'), spans: idsOf('spans'), metrics: idsOf('metrics') };
function idsOf(signal: 'logs' | 'spans' | 'metrics'): ReadonlyMap<string, number> { return new Map(columnsOf(signal).map((column, id) => [column.name, id])); }
function columnOf(cursor: RecordCursor, name: string): Value {
  const id = columnIds[cursor.view.signal].get(name);
  return id === undefined ? null : cursor.column(id);
}

function bagOf(cursor: RecordCursor, name: 'Attributes' | 'Resource'): Bag {
  const value = columnOf(cursor, name);
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array) ? value as Bag : {};
}

function bigintOf(value: Value, fallbackMs: number): bigint {
  return typeof value === 'bigint' && value > 0n ? value : BigInt(Math.round(fallbackMs * 1000)) * 1000n;
}

function durationText(nanos: Value): string {
  if (typeof nanos !== 'bigint') return '';
  const ms = Number(nanos) / 1e6;
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : ms >= 1 ? `${ms.toFixed(1)} ms` : `${(ms * 1000).toFixed(0)} µs`;
}

function clip(text: string, max: number): string { return text.length <= max ? text : `${text.slice(0, max)}…`; }
