// AnyValue, KeyValue and bags of them (opentelemetry/proto/common/v1), decoded on demand. What is malformed or nested
// deeper than `maxDepth` decodes as null: a record is never lost for one value that nobody can read.
import { copyOf, decodeUtf8, doubleAt, fallShort, ProtoReader, signed64, varintHigh, varintLow, wireBytes, wireFixed64, wireVarint } from '../base/index.ts';
import { anyValueField, keyValueField } from './fields.ts';
import type { Value } from './types.ts';

/** Messages inside one value: the limit that protobuf's own parsers have. An array level is two messages, a bag level three. */
export const maxDepth = 100;

function tooDeep(): null {
  fallShort(`A value nests deeper than ${maxDepth} messages and was not read.`);
  return null;
}

/** Objects without inherited members, so that keys like `constructor` or `__proto__` from the wire are keys and no more. */
const Bag = function Bag() { /* no own members */ } as unknown as new () => { [key: string]: Value };
Bag.prototype = Object.create(null);
export const newBag = (): { [key: string]: Value } => new Bag();

/** One reader per depth, kept: decoding makes only the values themselves. */
const readers: ProtoReader[] = [];
const readerAt = (depth: number): ProtoReader => (readers[depth] ??= new ProtoReader());

/** The AnyValue message bytes[start, end). As protobuf has it, the last of several alternatives wins. */
export function decodeAnyValue(bytes: Uint8Array, start: number, end: number, depth = 0): Value {
  if (depth > maxDepth) return tooDeep();
  const reader = readerAt(depth).reset(bytes, start, end);
  let value: Value = null;
  while (reader.next()) {
    const { field, wire } = reader;
    if (wire === wireBytes) {
      if (field === anyValueField.string) value = decodeUtf8(bytes, reader.start, reader.end);
      else if (field === anyValueField.array) value = decodeArray(bytes, reader.start, reader.end, depth + 1);
      else if (field === anyValueField.kvlist) addToBag(value = newBag(), bytes, reader.start, reader.end, 1, depth + 1);
      else if (field === anyValueField.bytes) value = copyOf(bytes.subarray(reader.start, reader.end));
    } else if (wire === wireVarint) {
      if (field === anyValueField.bool) value = varintLow(bytes, reader.start) !== 0 || varintHigh(bytes, reader.start) !== 0;
      else if (field === anyValueField.int) value = signed64(varintLow(bytes, reader.start), varintHigh(bytes, reader.start));
    } else if (wire === wireFixed64 && field === anyValueField.double) value = doubleAt(bytes, reader.start);
  }
  return reader.fault === null ? value : null;
}

function decodeArray(bytes: Uint8Array, start: number, end: number, depth: number): Value {
  if (depth > maxDepth) return tooDeep();
  const reader = readerAt(depth).reset(bytes, start, end);
  const values: Value[] = [];
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === wireBytes) values.push(decodeAnyValue(bytes, reader.start, reader.end, depth + 1));
  }
  return values;
}

/** Adds every KeyValue that message bytes[start, end) holds in its repeated `field` to a bag; a later key wins. */
export function addToBag(bag: { [key: string]: Value }, bytes: Uint8Array, start: number, end: number, field: number, depth = 0): void {
  if (depth > maxDepth) { tooDeep(); return; }
  const reader = readerAt(depth).reset(bytes, start, end);
  while (reader.next()) {
    if (reader.field === field && reader.wire === wireBytes) addKeyValue(bag, bytes, reader.start, reader.end, depth + 1);
  }
}

/** Adds the KeyValue message bytes[start, end) to a bag. */
export function addKeyValue(bag: { [key: string]: Value }, bytes: Uint8Array, start: number, end: number, depth = 0): void {
  if (depth > maxDepth) { tooDeep(); return; }
  const reader = readerAt(depth).reset(bytes, start, end);
  let key = '';
  let value: Value = null;
  while (reader.next()) {
    if (reader.wire !== wireBytes) continue;
    if (reader.field === keyValueField.key) key = decodeUtf8(bytes, reader.start, reader.end);
    else if (reader.field === keyValueField.value) value = decodeAnyValue(bytes, reader.start, reader.end, depth + 1);
  }
  if (reader.fault === null) bag[key] = value;
}
