// One KeyValue looked at in place: does its key match, and where is its value? No allocation unless a value is decoded.
import { ProtoReader, wireBytes } from '../base/index.ts';
import { decodeAnyValue } from './any-value.ts';
import { anyValueField, keyValueField } from './fields.ts';
import type { Value } from './types.ts';

const reader = new ProtoReader();

/** True when bytes[start, end) are exactly `key`. */
export function sameBytes(bytes: Uint8Array, start: number, end: number, key: Uint8Array): boolean {
  if (end - start !== key.length) return false;
  for (let i = key.length - 1; i >= 0; i--) if (bytes[start + i] !== key[i]) return false;
  return true;
}

/** Whether KeyValue bytes[start, end) has this key (the last key field counts, as in protobuf). */
export function hasKey(bytes: Uint8Array, start: number, end: number, key: Uint8Array): boolean {
  // What every serialiser writes: tag 0a, one-byte length, the key, then a value of less than 128 bytes (tag 12) to the end.
  if (bytes[start] === 0x0a && bytes[start + 1]! < 0x80) {
    const keyEnd = start + 2 + bytes[start + 1]!;
    if (bytes[keyEnd] === 0x12 && keyEnd + 2 + bytes[keyEnd + 1]! === end && bytes[keyEnd + 1]! < 0x80) return sameBytes(bytes, start + 2, keyEnd, key);
  }
  let same = key.length === 0;
  reader.reset(bytes, start, end);
  while (reader.next()) {
    if (reader.field === keyValueField.key && reader.wire === wireBytes) same = sameBytes(bytes, reader.start, reader.end, key);
  }
  return same && reader.fault === null;
}

/** The value of KeyValue bytes[start, end), decoded; null when it has none. */
export function valueOf(bytes: Uint8Array, start: number, end: number): Value {
  let from = -1;
  let to = -1;
  reader.reset(bytes, start, end);
  while (reader.next()) {
    if (reader.field === keyValueField.value && reader.wire === wireBytes) { from = reader.start; to = reader.end; }
  }
  return from < 0 || reader.fault !== null ? null : decodeAnyValue(bytes, from, to);
}

/** Where `stringIn` and `stringOf` found a string. */
export const found = { start: 0, end: 0 };

/** Whether AnyValue bytes[start, end) is a string; then `found` is its range. */
export function stringIn(bytes: Uint8Array, start: number, end: number): boolean {
  if (plainString(bytes, start, end)) return true;
  return stringAmong(bytes, start, end);
}

/** What every serialiser writes for a string: tag 0a, a length of one or two bytes, the text up to the end. */
function plainString(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 2 || bytes[start] !== 0x0a) return false;
  const low = bytes[start + 1]!;
  const from = low < 0x80 ? start + 2 : start + 3;
  const length = low < 0x80 ? low : bytes[start + 2]! < 0x80 ? (low & 0x7f) | (bytes[start + 2]! << 7) : -1;
  if (length < 0 || from + length !== end) return false;
  found.start = from;
  found.end = end;
  return true;
}

function stringAmong(bytes: Uint8Array, start: number, end: number): boolean {
  let isString = false;
  reader.reset(bytes, start, end);
  while (reader.next()) {
    if (reader.field > anyValueField.bytes) continue;
    isString = reader.field === anyValueField.string && reader.wire === wireBytes;
    if (isString) { found.start = reader.start; found.end = reader.end; }
  }
  return isString && reader.fault === null;
}

/** Whether the value of KeyValue bytes[start, end) is a string; then `found` is its range. */
export function stringOf(bytes: Uint8Array, start: number, end: number): boolean {
  // As in `hasKey`: key and value in this order and nothing else.
  if (bytes[start] === 0x0a && bytes[start + 1]! < 0x80) {
    const at = start + 2 + bytes[start + 1]!;
    if (bytes[at] === 0x12 && bytes[at + 1]! < 0x80 && at + 2 + bytes[at + 1]! === end) return stringIn(bytes, at + 2, end);
  }
  let from = -1;
  let to = -1;
  reader.reset(bytes, start, end);
  while (reader.next()) {
    if (reader.field === keyValueField.value && reader.wire === wireBytes) { from = reader.start; to = reader.end; }
  }
  return from >= 0 && reader.fault === null && stringIn(bytes, from, to);
}
