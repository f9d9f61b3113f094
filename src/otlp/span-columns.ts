// Columns of Spans from a Span (opentelemetry/proto/trace/v1). Enums read as the names that people know them by.
import { decodeUtf8, fixed32At, ProtoReader, unsigned64, varintLow } from '../base/index.ts';
import { addToBag, newBag } from './any-value.ts';
import type { ColumnReaders } from './column-readers.ts';
import type { LazyCursor } from './cursor.ts';
import { spanEventField, spanField, spanLinkField, statusField } from './fields.ts';
import { toHex } from './hex.ts';
import type { Value } from './types.ts';

/** Span.SpanKind 0-5 and Status.StatusCode 0-2. */
const kinds = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'];
const statusCodes = ['Unset', 'Ok', 'Error'];
const reader = new ProtoReader();

/** The range of a field of the Status message as the slice, or the code's number; -1 when missing. */
function status(cursor: LazyCursor, field: number): number {
  let value = -1;
  if (!cursor.has(spanField.status, 2)) return value;
  reader.reset(cursor.bytes, cursor.startOf(spanField.status), cursor.endOf(spanField.status));
  while (reader.next()) {
    if (reader.field !== field) continue;
    if (reader.wire === 2) { cursor.sliceAt(reader.start, reader.end); value = reader.end - reader.start; }
    else if (reader.wire === 0) value = varintLow(cursor.bytes, reader.start);
  }
  return value;
}

function duration(cursor: LazyCursor): Value {
  const start = cursor.time(spanField.start);
  const end = cursor.time(spanField.end);
  return start === null || end === null ? null : end - start;
}

/** Events and links as bags; fields by number, with the name and kind of each. */
type Part = readonly [name: string, field: number, kind: 'time' | 'text' | 'hex'];
const eventParts: readonly Part[] = [['Name', spanEventField.name, 'text'], ['Timestamp', spanEventField.time, 'time']];
const linkParts: readonly Part[] = [['TraceId', spanLinkField.traceId, 'hex'], ['SpanId', spanLinkField.spanId, 'hex'], ['TraceState', spanLinkField.traceState, 'text']];

function bags(cursor: LazyCursor, field: number, parts: readonly Part[], attributesField: number): Value {
  const all: Value[] = [];
  cursor.each(field, (bytes, start, end, wire) => {
    if (wire !== 2) return;
    const bag = newBag();
    for (const [name] of parts) bag[name] = null;
    const attributes = newBag();
    addToBag(attributes, bytes, start, end, attributesField);
    reader.reset(bytes, start, end);
    while (reader.next()) {
      const part = parts.find((one) => one[1] === reader.field);
      if (part === undefined) continue;
      const [name, , kind] = part;
      if (kind === 'time' && reader.wire === 1) bag[name] = unsigned64(fixed32At(bytes, reader.start), fixed32At(bytes, reader.start + 4));
      else if (kind === 'text' && reader.wire === 2) bag[name] = decodeUtf8(bytes, reader.start, reader.end);
      else if (kind === 'hex' && reader.wire === 2) bag[name] = toHex(bytes, reader.start, reader.end);
    }
    bag['Attributes'] = attributes;
    all.push(bag);
  });
  return all;
}

export const spanColumns: ColumnReaders = {
  Timestamp: { read: (cursor) => cursor.time(spanField.start) },
  StartTimestamp: { read: (cursor) => cursor.time(spanField.start) },
  EndTimestamp: { read: (cursor) => cursor.time(spanField.end) },
  Duration: { read: duration },
  Name: { read: (cursor) => (cursor.nameSlice() ? cursor.sliceText() : null), slice: (cursor) => cursor.nameSlice() },
  Kind: { read: (cursor) => kinds[cursor.uint(spanField.kind)] ?? kinds[0]! },
  StatusCode: { read: (cursor) => statusCodes[status(cursor, statusField.code)] ?? statusCodes[0]! },
  StatusMessage: {
    read: (cursor) => (status(cursor, statusField.message) > 0 ? cursor.sliceText() : null),
    slice: (cursor) => status(cursor, statusField.message) > 0,
  },
  TraceId: { read: (cursor) => cursor.hex(spanField.traceId) },
  SpanId: { read: (cursor) => cursor.hex(spanField.spanId) },
  ParentSpanId: { read: (cursor) => cursor.hex(spanField.parentSpanId) },
  TraceState: { read: (cursor) => cursor.string(spanField.traceState), slice: (cursor) => cursor.stringSlice(spanField.traceState) },
  Flags: { read: (cursor) => cursor.fixed32(spanField.flags) },
  Events: { read: (cursor) => bags(cursor, spanField.events, eventParts, spanEventField.attributes) },
  Links: { read: (cursor) => bags(cursor, spanField.links, linkParts, spanLinkField.attributes) },
};
