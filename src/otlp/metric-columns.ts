// Columns of Metrics (opentelemetry/proto/metrics/v1): a row is one data point, with what its metric says about it.
import { decodeUtf8, doubleAt, fixed32At, ProtoReader, signed64, unsigned64, varintLow } from '../base/index.ts';
import type { ColumnReader, ColumnReaders } from './column-readers.ts';
import type { LazyCursor } from './cursor.ts';
import { dataField, metricField, pointField, pointLayout } from './fields.ts';
import type { Value } from './types.ts';
import { nEnd, nodeStride, nOrdinal, nStart } from './view.ts';

/** AggregationTemporality 0-2. */
const temporalities = ['Unspecified', 'Delta', 'Cumulative'];
const reader = new ProtoReader();

/** The metric's field number for the kind of this point (5 gauge, 7 sum, …). */
const dataKind = (cursor: LazyCursor): number => cursor.view.nodes[cursor.view.nodeOf(cursor.index) * nodeStride + nOrdinal]!;
const layout = (cursor: LazyCursor): (typeof pointLayout)[number] => pointLayout[dataKind(cursor)]!;
const isNumber = (cursor: LazyCursor): boolean => dataKind(cursor) === metricField.gauge || dataKind(cursor) === metricField.sum;

/** Sets the slice to a string field of the metric. */
function metricText(cursor: LazyCursor, field: number): boolean {
  const { view } = cursor;
  const at = view.metricNodeOf(cursor.index) * nodeStride;
  reader.reset(view.bytes, view.nodes[at + nStart]!, view.nodes[at + nEnd]!);
  let has = false;
  while (reader.next()) if (reader.field === field && reader.wire === 2) has = cursor.sliceAt(reader.start, reader.end);
  return has;
}

const metricString = (field: number): ColumnReader => ({
  slice: (cursor) => metricText(cursor, field),
  read: (cursor) => (metricText(cursor, field) ? cursor.sliceText() : null),
});

function temporality(cursor: LazyCursor): Value {
  const kind = dataKind(cursor);
  if (kind === metricField.gauge || kind === metricField.summary) return null;
  const at = cursor.view.nodeOf(cursor.index) * nodeStride;
  reader.reset(cursor.bytes, cursor.view.nodes[at + nStart]!, cursor.view.nodes[at + nEnd]!);
  let value = 0;
  while (reader.next()) if (reader.field === dataField.temporality && reader.wire === 0) value = varintLow(cursor.bytes, reader.start);
  return temporalities[value] ?? temporalities[0]!;
}

const double = (cursor: LazyCursor, field: number): Value =>
  field !== 0 && cursor.has(field, 1) ? doubleAt(cursor.bytes, cursor.startOf(field)) : null;

function value(cursor: LazyCursor): Value {
  if (!isNumber(cursor)) return null;
  const asInt = cursor.has(pointField.asInt, 1) ? cursor.startOf(pointField.asInt) : -1;
  const asDouble = cursor.has(pointField.asDouble, 1) ? cursor.startOf(pointField.asDouble) : -1;
  if (asInt > asDouble) return Number(signed64(fixed32At(cursor.bytes, asInt), fixed32At(cursor.bytes, asInt + 4)));
  return asDouble < 0 ? null : doubleAt(cursor.bytes, asDouble);
}

function count(cursor: LazyCursor): Value {
  if (isNumber(cursor)) return null;
  const value = cursor.fixed64(pointField.count);
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** A packed (or not packed) list of eight-byte numbers of an explicit histogram point. */
const eights = (field: number, read: (bytes: Uint8Array, at: number) => Value): ColumnReader => ({
  read: (cursor) => {
    if (dataKind(cursor) !== metricField.histogram) return null;
    const all: Value[] = [];
    cursor.each(field, (bytes, start, end, wire) => {
      if (wire === 1 || wire === 2) for (let at = start; at + 8 <= end; at += 8) all.push(read(bytes, at));
    });
    return all;
  },
});

const small = (bytes: Uint8Array, at: number): Value => {
  const value = unsigned64(fixed32At(bytes, at), fixed32At(bytes, at + 4));
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
};

export const metricColumns: ColumnReaders = {
  Timestamp: { read: (cursor) => cursor.time(pointField.time) },
  StartTimestamp: { read: (cursor) => cursor.time(pointField.start) },
  MetricName: { slice: (cursor) => cursor.nameSlice(), read: (cursor) => (cursor.nameSlice() ? decodeUtf8(cursor.bytes, cursor.sliceStart, cursor.sliceEnd) : null) },
  Description: metricString(metricField.description),
  Unit: metricString(metricField.unit),
  Kind: { read: (cursor) => layout(cursor).kind },
  Temporality: { read: temporality },
  Value: { read: value },
  Count: { read: count },
  Sum: { read: (cursor) => (isNumber(cursor) ? null : double(cursor, pointField.sum)) },
  Min: { read: (cursor) => double(cursor, layout(cursor).min) },
  Max: { read: (cursor) => double(cursor, layout(cursor).max) },
  BucketCounts: eights(pointField.bucketCounts, small),
  ExplicitBounds: eights(pointField.explicitBounds, doubleAt),
  Flags: { read: (cursor) => cursor.uint(layout(cursor).flags) },
};
