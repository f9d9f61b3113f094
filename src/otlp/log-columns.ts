// Columns of Logs from a LogRecord (opentelemetry/proto/logs/v1).
import { decodeAnyValue } from './any-value.ts';
import type { ColumnReaders } from './column-readers.ts';
import { logField } from './fields.ts';
import { found, stringIn } from './key-value.ts';

export const logColumns: ColumnReaders = {
  Timestamp: { read: (cursor) => cursor.time(logField.time) ?? cursor.time(logField.observedTime) },
  ObservedTimestamp: { read: (cursor) => cursor.time(logField.observedTime) },
  SeverityNumber: { read: (cursor) => cursor.uint(logField.severityNumber) || null },
  SeverityText: { read: (cursor) => cursor.string(logField.severityText), slice: (cursor) => cursor.stringSlice(logField.severityText) },
  EventName: { read: (cursor) => (cursor.nameSlice() ? cursor.sliceText() : null), slice: (cursor) => cursor.nameSlice() },
  Body: {
    read: (cursor) => (cursor.bodySlice() ? decodeAnyValue(cursor.bytes, cursor.sliceStart, cursor.sliceEnd) : null),
    // An empty body string is there, and is found; only a body of another kind, or none, is not.
    slice: (cursor) => {
      if (!cursor.bodySlice() || !stringIn(cursor.bytes, cursor.sliceStart, cursor.sliceEnd)) return false;
      cursor.sliceAt(found.start, found.end);
      return true;
    },
  },
  TraceId: { read: (cursor) => cursor.hex(logField.traceId) },
  SpanId: { read: (cursor) => cursor.hex(logField.spanId) },
  Flags: { read: (cursor) => cursor.fixed32(logField.flags) },
};
