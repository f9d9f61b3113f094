// OTLP protobuf to the JSON mapping: hex ids, 64-bit integers as strings, enums as numbers, base64 bytes. Fields that the
// schema does not know are left out; JSON has no place for them.
import { decodeUtf8, doubleAt, fixed32At, ok, ProtoReader, signed64, unsigned64, varintEnd, varintHigh, varintLow, type Failure, type Result } from '../base/index.ts';
import type { Signal } from '../model/index.ts';
import { maxDepth } from './any-value.ts';
import { toBase64 } from './base64.ts';
import { toHex } from './hex.ts';
import { type Field, Message, requests, type Scalar } from './schema.ts';
import { malformed } from './walk.ts';

/** A plain object ready for JSON.stringify. The code of a failure is `otlp-malformed`, with the byte offset. */
export function protobufToJson(signal: Signal, bytes: Uint8Array): Result<unknown, Failure> {
  const fault: Fault = { what: null, at: 0 };
  const document = readMessage(requests[signal], bytes, 0, bytes.length, 0, fault);
  return fault.what === null ? ok(document) : malformed(signal, fault.what, fault.at);
}

interface Fault { what: string | null; at: number }
type Json = Record<string, unknown>;

function readMessage(message: Message, bytes: Uint8Array, start: number, end: number, depth: number, fault: Fault): Json {
  const into: Json = {};
  if (depth > maxDepth) return blame(fault, `messages are nested more than ${maxDepth} deep`, start, into);
  const reader = new ProtoReader().reset(bytes, start, end);
  while (fault.what === null && reader.next()) {
    const field = message.byNumber.get(reader.field);
    if (field === undefined) continue;
    if (field.type instanceof Message) {
      if (reader.wire !== 2) continue;
      const value = readMessage(field.type, bytes, reader.start, reader.end, depth + 1, fault);
      if (field.repeated) list(into, field).push(value);
      else into[field.name] = merged(into[field.name] as Json | undefined, value);
    } else if (field.repeated) readRepeated(list(into, field), field, field.type, reader, fault);
    else if (reader.wire === wireOf(field.type)) keep(into, field, readScalar(field.type, bytes, reader.start, reader.end));
  }
  return reader.fault === null ? into : blame(fault, reader.fault, reader.faultAt, into);
}

function blame(fault: Fault, what: string, at: number, into: Json): Json {
  fault.what ??= what;
  fault.at ||= at;
  return into;
}

/** A default is left out, as protobuf's JSON does, unless its presence says something. */
function keep(into: Json, field: Field, value: unknown): void {
  if (field.presence || !(value === 0 || value === '' || value === false || value === '0')) into[field.name] = value;
  else delete into[field.name];
}

const list = (into: Json, field: Field): unknown[] => (into[field.name] ??= []) as unknown[];

/** A message that is there twice counts as its parts put together: lists joined, later scalars winning. */
function merged(first: Json | undefined, second: Json): Json {
  if (first === undefined) return second;
  const both: Json = { ...first };
  for (const [name, value] of Object.entries(second)) {
    const old = both[name];
    both[name] = Array.isArray(old) && Array.isArray(value) ? [...(old as unknown[]), ...(value as unknown[])] : value;
  }
  return both;
}

function wireOf(type: Scalar): number {
  if (type === 'string' || type === 'bytes' || type === 'hex') return 2;
  if (type === 'double' || type === 'fixed64' || type === 'sfixed64') return 1;
  return type === 'fixed32' ? 5 : 0;
}

/** Repeated scalars: packed into one field, or one field each. */
function readRepeated(into: unknown[], field: Field, type: Scalar, reader: ProtoReader, fault: Fault): void {
  const wire = wireOf(type);
  if (reader.wire === wire) { into.push(readScalar(type, reader.bytes, reader.start, reader.end)); return; }
  if (reader.wire !== 2) return;
  for (let at = reader.start; at < reader.end;) {
    const end = wire === 0 ? varintEnd(reader.bytes, at, reader.end) : at + (wire === 1 ? 8 : 4);
    if (end < 0 || end > reader.end) { blame(fault, `the packed list ${field.name} is cut off`, at, {}); return; }
    into.push(readScalar(type, reader.bytes, at, end));
    at = end;
  }
}

function readScalar(type: Scalar, bytes: Uint8Array, start: number, end: number): unknown {
  switch (type) {
    case 'string': return decodeUtf8(bytes, start, end);
    case 'bytes': return toBase64(bytes.subarray(start, end));
    case 'hex': return toHex(bytes, start, end);
    case 'double': return jsonDouble(doubleAt(bytes, start));
    case 'fixed64': return unsigned64(fixed32At(bytes, start), fixed32At(bytes, start + 4)).toString();
    case 'sfixed64': return signed64(fixed32At(bytes, start), fixed32At(bytes, start + 4)).toString();
    case 'fixed32': return fixed32At(bytes, start);
    case 'bool': return varintLow(bytes, start) !== 0 || varintHigh(bytes, start) !== 0;
    case 'uint32': return varintLow(bytes, start);
    case 'enum': return varintLow(bytes, start) | 0;
    case 'sint32': return (varintLow(bytes, start) >>> 1) ^ -(varintLow(bytes, start) & 1);
    case 'int64': return signed64(varintLow(bytes, start), varintHigh(bytes, start)).toString();
    case 'uint64': return unsigned64(varintLow(bytes, start), varintHigh(bytes, start)).toString();
  }
}

/** JSON has no NaN and no infinities; the protobuf mapping writes them as strings. */
const jsonDouble = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
