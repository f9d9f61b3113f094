// One record with an edit applied. Fields that the edit does not name keep their bytes and their order; an edited field
// stays where it was; new ones come last.
import { decodeUtf8, ProtoReader, ProtoWriter, wireBytes } from '../base/index.ts';
import type { LazyCursor } from './cursor.ts';
import { keyValueField, logField, pointField, pointLayout, spanField, statusField } from './fields.ts';
import type { RecordCursor, RecordEdit, Value } from './types.ts';
import { nodeStride, nOrdinal } from './view.ts';
import { writeBag, writeKeyValue, writeNested } from './write-value.ts';

const writer = new ProtoWriter(4096);
const reader = new ProtoReader();
const inner = new ProtoReader();

/** How a writable column is written: its field, and the field with tag (nothing for null). */
interface Writable { readonly field: number; readonly write: (field: number, value: Value) => void }

const time = (field: number): Writable => ({ field, write: (to, value) => { writer.tag(to, 1); writer.fixed64(integer(value)); } });
const text = (field: number): Writable => ({ field, write: (to, value) => writer.stringField(to, String(value)) });
const uint = (field: number): Writable => ({ field, write: (to, value) => { writer.tag(to, 0); writer.int64(integer(value)); } });
const fixed32 = (field: number): Writable => ({ field, write: (to, value) => { writer.tag(to, 5); writer.fixed32(Number(integer(value))); } });

const logColumns: Readonly<Record<string, Writable>> = {
  Timestamp: time(logField.time), ObservedTimestamp: time(logField.observedTime), SeverityNumber: uint(logField.severityNumber),
  SeverityText: text(logField.severityText), EventName: text(logField.eventName), Flags: fixed32(logField.flags),
  Body: { field: logField.body, write: (to, value) => writeNested(writer, to, value) },
};
const spanColumns: Readonly<Record<string, Writable>> = {
  StartTimestamp: time(spanField.start), EndTimestamp: time(spanField.end), Name: text(spanField.name), TraceState: text(spanField.traceState),
  Flags: fixed32(spanField.flags), StatusMessage: { field: spanField.status, write: () => { /* written by writeStatus, which keeps the code */ } },
};
const pointColumns: Readonly<Record<string, Writable>> = { Timestamp: time(pointField.time), StartTimestamp: time(pointField.start) };

/** The record's message body with the edit applied. Throws RangeError for a column that cannot be written (`columnsOf` says which can). */
export function editRecord(cursor: RecordCursor, edit: RecordEdit): Uint8Array {
  const own = cursor as LazyCursor;
  const columns = pending(own, edit);
  const attributesField = own.attributesField();
  const whole = edit.columns?.get('Attributes');
  const added = new Map(edit.setAttributes);
  writer.clear();
  reader.reset(own.bytes, own.view.recordStart(own.index), own.view.recordEnd(own.index));
  while (reader.next()) {
    if (reader.field === attributesField && reader.wire === wireBytes) {
      if (whole === undefined) editAttribute(own.bytes, attributesField, edit, added);
      continue;
    }
    const column = columns.get(reader.field);
    if (column === undefined) { writer.raw(own.bytes, reader.fieldStart, reader.end); continue; }
    writeColumn(own, column);
  }
  for (const column of columns.values()) writeColumn(own, column);
  if (whole !== undefined && whole !== null) writeBag(writer, attributesField, whole as Readonly<Record<string, Value>>);
  for (const [key, value] of added) writeKeyValue(writer, attributesField, key, value);
  return writer.finish();
}

interface Pending { readonly writable: Writable; readonly value: Value; done: boolean }

/** The edit's columns by field number. */
function pending(cursor: LazyCursor, edit: RecordEdit): Map<number, Pending> {
  const columns = new Map<number, Pending>();
  if (edit.columns === undefined) return columns;
  for (const [name, value] of edit.columns) {
    if (name === 'Attributes') continue;
    const writable = writableOf(cursor, name);
    if (writable === undefined) throw new RangeError(`Column ${name} of ${cursor.view.signal} cannot be written.`);
    columns.set(writable.field, { writable, value, done: false });
  }
  return columns;
}

function writableOf(cursor: LazyCursor, name: string): Writable | undefined {
  const { view } = cursor;
  if (view.signal === 'logs') return Object.hasOwn(logColumns, name) ? logColumns[name] : undefined;
  if (view.signal === 'spans') return Object.hasOwn(spanColumns, name) ? spanColumns[name] : undefined;
  if (name === 'Flags') return uint(pointLayout[view.nodes[view.nodeOf(cursor.index) * nodeStride + nOrdinal]!]!.flags);
  return Object.hasOwn(pointColumns, name) ? pointColumns[name] : undefined;
}

/** Writes a pending column once, wherever it is met first. */
function writeColumn(cursor: LazyCursor, column: Pending): void {
  if (column.done) return;
  column.done = true;
  const { writable, value } = column;
  if (cursor.view.signal === 'spans' && writable.field === spanField.status) writeStatus(cursor, value);
  else if (value !== null) writable.write(writable.field, value);
}

/** The span's Status (of several the last, which is the one that is read) with another message, its code and whatever else it holds kept. */
function writeStatus(cursor: LazyCursor, message: Value): void {
  const mark = writer.open(spanField.status);
  if (cursor.has(spanField.status, wireBytes)) {
    inner.reset(cursor.bytes, cursor.startOf(spanField.status), cursor.endOf(spanField.status));
    while (inner.next()) if (inner.field !== statusField.message) writer.raw(cursor.bytes, inner.fieldStart, inner.end);
  }
  if (message !== null) writer.stringField(statusField.message, String(message));
  writer.close(mark);
}

/** Keeps, replaces or leaves out the KeyValue that the reader stands on. A key that is set is taken from `added`. */
function editAttribute(bytes: Uint8Array, field: number, edit: RecordEdit, added: Map<string, Value>): void {
  const key = keyOf(bytes, reader.start, reader.end);
  if (edit.setAttributes?.has(key)) {
    if (added.has(key)) writeKeyValue(writer, field, key, added.get(key)!);
    added.delete(key);
  } else if (!edit.removeAttributes?.has(key)) writer.raw(bytes, reader.fieldStart, reader.end);
}

function keyOf(bytes: Uint8Array, start: number, end: number): string {
  let key = '';
  inner.reset(bytes, start, end);
  while (inner.next()) if (inner.field === keyValueField.key && inner.wire === wireBytes) key = decodeUtf8(bytes, inner.start, inner.end);
  return key;
}

/** The integer of a value that a rule computed: dates and durations arrive as bigint, numbers may carry a fraction. */
function integer(value: Value): number | bigint {
  if (typeof value === 'bigint') return value;
  const number = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? Math.trunc(Number(value)) : 0;
  return Number.isFinite(number) ? number : 0;
}
