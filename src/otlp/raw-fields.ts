// The fields of one record where they lie, nothing decoded: attributes of the record, its resource and its scope, a body and the
// entries of a map. For whoever accounts for fields (catalogue/) without making a value of each.
import { ProtoReader, wireBytes, wireFixed64, wireVarint } from '../base/index.ts';
import type { LazyCursor } from './cursor.ts';
import { anyValueField, keyValueField, metricField, resourceAttributesField, resourceField, scopeField } from './fields.ts';
import type { RecordCursor, RequestView } from './types.ts';
import { nEnd, nodeStride, nStart, recordStride, rEnd, rSeverity, rStart, rTag, type WalkedRequest } from './view.ts';

/** InstrumentationScope.attributes. */
const scopeAttributesField = 3;

/** What an AnyValue holds, by its field number; 0: nothing. */
export const rawKinds = { empty: 0, ...anyValueField } as const;

/** One KeyValue: its key bytes[keyStart, keyEnd), the AnyValue bytes[valueStart, valueEnd) (of no length when it has none), and its bytes with tag and length. */
export interface RawFieldVisitor {
  field(bytes: Uint8Array, keyStart: number, keyEnd: number, valueStart: number, valueEnd: number, size: number): void;
}

const outer = new ProtoReader();
const inner = new ProtoReader();
const pair = new ProtoReader();

/** Where `rawKind` found what the AnyValue holds; one object, read at once. */
export const rawContent = { start: 0, end: 0 };

/** The kind of AnyValue bytes[start, end); then `rawContent` is the range of what it holds. As in protobuf the last alternative counts. */
export function rawKind(bytes: Uint8Array, start: number, end: number): number {
  let kind: number = rawKinds.empty;
  pair.reset(bytes, start, end);
  while (pair.next()) {
    if (pair.field > anyValueField.bytes || pair.wire !== wireOf(pair.field)) continue;
    kind = pair.field;
    rawContent.start = pair.start;
    rawContent.end = pair.end;
  }
  return pair.fault === null ? kind : rawKinds.empty;
}

function wireOf(field: number): number {
  if (field === anyValueField.bool || field === anyValueField.int) return wireVarint;
  return field === anyValueField.double ? wireFixed64 : wireBytes;
}

/** Puts KeyValue bytes[start, end) to the visitor; one that is malformed is left out. */
function visitPair(bytes: Uint8Array, fieldStart: number, start: number, end: number, visitor: RawFieldVisitor): void {
  // What every serialiser writes: tag 0a, a short key, then the value (tag 12, a length of one byte) to the end.
  if (bytes[start] === 0x0a && bytes[start + 1]! < 0x80) {
    const at = start + 2 + bytes[start + 1]!;
    if (bytes[at] === 0x12 && bytes[at + 1]! < 0x80 && at + 2 + bytes[at + 1]! === end) { visitor.field(bytes, start + 2, at, at + 2, end, end - fieldStart); return; }
  }
  let keyStart = start, keyEnd = start, valueStart = start, valueEnd = start;
  pair.reset(bytes, start, end);
  while (pair.next()) {
    if (pair.wire !== wireBytes) continue;
    if (pair.field === keyValueField.key) { keyStart = pair.start; keyEnd = pair.end; }
    else if (pair.field === keyValueField.value) { valueStart = pair.start; valueEnd = pair.end; }
  }
  if (pair.fault === null) visitor.field(bytes, keyStart, keyEnd, valueStart, valueEnd, end - fieldStart);
}

/** Each KeyValue in the repeated `field` of message bytes[start, end), in order. */
function eachPair(reader: ProtoReader, bytes: Uint8Array, start: number, end: number, field: number, visitor: RawFieldVisitor): void {
  reader.reset(bytes, start, end);
  while (reader.next()) if (reader.field === field && reader.wire === wireBytes) visitPair(bytes, reader.fieldStart, reader.start, reader.end, visitor);
}

/** The entries of a map: message KeyValueList bytes[start, end). With a reader of one's own, a visitor may go on into what it is shown. */
export function eachEntry(reader: ProtoReader, bytes: Uint8Array, start: number, end: number, visitor: RawFieldVisitor): void {
  eachPair(reader, bytes, start, end, 1, visitor);
}

/** The attributes of the record at the cursor, in order; keys that are there twice are shown twice. */
export function eachAttribute(cursor: RecordCursor, visitor: RawFieldVisitor): void {
  const own = cursor as LazyCursor;
  const at = own.index * recordStride;
  eachPair(outer, own.bytes, own.view.records[at + rStart]!, own.view.records[at + rEnd]!, own.attributesField(), visitor);
}

/** The attributes of its resource. */
export function eachResourceAttribute(cursor: RecordCursor, visitor: RawFieldVisitor): void {
  const { view, index } = cursor as LazyCursor;
  eachAround(view, view.resourceNodeOf(index), resourceField.resource, resourceAttributesField, visitor);
}

/** The attributes of its scope. Where a scope holds records, what stands before the first and behind the last is read, which is where every
 *  serialiser writes the scope: a thousand records are not stepped over to find it. */
export function eachScopeAttribute(cursor: RecordCursor, visitor: RawFieldVisitor): void {
  const { view, index } = cursor as LazyCursor;
  const node = view.scopeNodeOf(index);
  const { nodes, records } = view;
  const start = nodes[node * nodeStride + nStart]!;
  const end = nodes[node * nodeStride + nEnd]!;
  if (view.signal === 'metrics') { eachWithin(view.bytes, start, end, scopeField.scope, scopeAttributesField, visitor); return; }
  const first = firstRecordOf(view, node);
  const last = firstRecordOf(view, node + 1) - 1;
  eachWithin(view.bytes, start, records[first * recordStride + rTag]!, scopeField.scope, scopeAttributesField, visitor);
  eachWithin(view.bytes, records[last * recordStride + rEnd]!, end, scopeField.scope, scopeAttributesField, visitor);
}

/** The first record whose node is not before `node`: both lists are in the order they lie. */
function firstRecordOf(view: WalkedRequest, node: number): number {
  let from = 0;
  let to = view.recordCount;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (view.nodeOf(middle) < node) from = middle + 1;
    else to = middle;
  }
  return from;
}

function eachAround(view: WalkedRequest, node: number, message: number, field: number, visitor: RawFieldVisitor): void {
  eachWithin(view.bytes, view.nodes[node * nodeStride + nStart]!, view.nodes[node * nodeStride + nEnd]!, message, field, visitor);
}

function eachWithin(bytes: Uint8Array, start: number, end: number, message: number, field: number, visitor: RawFieldVisitor): void {
  outer.reset(bytes, start, end);
  while (outer.next()) if (outer.field === message && outer.wire === wireBytes) eachPair(inner, bytes, outer.start, outer.end, field, visitor);
}

/** A log's body as AnyValue: then the cursor's slice is its range. False when it has none, and for spans and metrics. */
export function rawBody(cursor: RecordCursor): boolean {
  return cursor.view.signal === 'logs' && (cursor as LazyCursor).bodySlice();
}

/** OpenTelemetry's severity number of a log record, 0 when it has none; found by the walk, without a look at the record. */
export function severityNumberOf(cursor: RecordCursor): number { return severityNumberAt(cursor.view, cursor.index); }

/** The same by record, without a cursor. */
export const severityNumberAt = (view: RequestView, index: number): number => (view as WalkedRequest).records[index * recordStride + rSeverity]!;

/** The unit of the metric that the point at the cursor belongs to: then the cursor's slice is its range. False where it states none, and for logs and spans. */
export function metricUnitRange(cursor: RecordCursor): boolean {
  const own = cursor as LazyCursor;
  if (own.view.signal !== 'metrics') return false;
  const at = own.view.metricNodeOf(own.index) * nodeStride;
  let start = 0, end = 0;
  outer.reset(own.bytes, own.view.nodes[at + nStart]!, own.view.nodes[at + nEnd]!);
  while (outer.next()) if (outer.field === metricField.unit && outer.wire === wireBytes) { start = outer.start; end = outer.end; }
  return own.sliceAt(start, end);
}
