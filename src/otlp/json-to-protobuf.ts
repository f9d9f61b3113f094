// OTLP/JSON to protobuf, once at the door: hex ids, 64-bit integers as strings or numbers, enums as numbers (names are
// put up with), base64 bytes, unknown fields left out, null as absent.
import { decodeUtf8, encodeUtf8, failure, ok, ProtoWriter, type Failure, type Result } from '../base/index.ts';
import type { Signal } from '../model/index.ts';
import { maxDepth } from './any-value.ts';
import { fromBase64 } from './base64.ts';
import { fromHex } from './hex.ts';
import { type Field, Message, requests, type Scalar } from './schema.ts';

/** The code is `otlp-json`; the message names the path of the value that could not be read. */
export function jsonToProtobuf(signal: Signal, json: Uint8Array): Result<Uint8Array, Failure> {
  const parsed = parse(decodeUtf8(json));
  if (!parsed.ok) return parsed;
  return objectToProtobuf(signal, parsed.value);
}

/** The same from a parsed document. */
export function objectToProtobuf(signal: Signal, document: unknown): Result<Uint8Array, Failure> {
  const writer = new ProtoWriter(16 * 1024);
  try {
    writeMessage(writer, requests[signal], document, signal, 0);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return failure('otlp-json', `This is not an OTLP ${signal} request in JSON: ${error.message}.`, help);
  }
  return ok(writer.finish());
}

const help = 'Compare the body with the OTLP/JSON encoding: lowerCamelCase names, hex ids, 64-bit integers as strings.';

/** Travels no further than `objectToProtobuf`. */
class Refusal extends Error {}

/** An integer that JavaScript's numbers cannot hold keeps its digits, as a string, where the engine gives them. */
interface ParsedFrom { readonly source?: string }
const exactIntegers = (_key: string, value: unknown, from?: ParsedFrom): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && from?.source !== undefined && /^-?\d+$/.test(from.source) ? from.source : value;
const longInteger = /\d{16}/;

function parse(text: string): Result<unknown, Failure> {
  try {
    return ok(longInteger.test(text) && bareLongInteger.test(text) ? JSON.parse(text, exactIntegers) : JSON.parse(text));
  } catch (error) {
    return failure('otlp-json', `The body is not JSON: ${error instanceof Error ? error.message : String(error)}.`, help);
  }
}
/** Perhaps outside a string; a reviver is slow, so it runs only when there may be work for it. */
const bareLongInteger = /[:,[]\s*-?\d{16}/;

function writeMessage(writer: ProtoWriter, message: Message, value: unknown, path: string, depth: number): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(`${path} should be an object (${message.name})`);
  if (depth > maxDepth) throw new Refusal(`${path} is nested more than ${maxDepth} messages deep`);
  for (const name of Object.keys(value)) {
    const field = message.byName.get(name);
    const member = (value as Record<string, unknown>)[name];
    if (field === undefined || member === null || member === undefined) continue;
    if (field.repeated) writeRepeated(writer, field, member, `${path}.${name}`, depth);
    else writeField(writer, field, member, `${path}.${name}`, depth, field.presence);
  }
}

function writeRepeated(writer: ProtoWriter, field: Field, value: unknown, path: string, depth: number): void {
  if (!Array.isArray(value)) throw new Refusal(`${path} should be an array`);
  const packed = !(field.type instanceof Message) && field.type !== 'string';
  if (!packed) {
    value.forEach((one, i) => writeField(writer, field, one, `${path}[${i}]`, depth, true));
  } else if (value.length > 0) {
    const mark = writer.open(field.number);
    value.forEach((one, i) => writeScalar(writer, field, field.type as Scalar, one, `${path}[${i}]`));
    writer.close(mark);
  }
}

const wires: Readonly<Record<Scalar, 0 | 1 | 2 | 5>> = {
  string: 2, bytes: 2, hex: 2, double: 1, fixed64: 1, sfixed64: 1, fixed32: 5, bool: 0, uint32: 0, int64: 0, uint64: 0, sint32: 0, enum: 0,
};

function writeField(writer: ProtoWriter, field: Field, value: unknown, path: string, depth: number, evenDefault: boolean): void {
  if (field.type instanceof Message) {
    const mark = writer.open(field.number);
    writeMessage(writer, field.type, value, path, depth + 1);
    writer.close(mark);
  } else if (evenDefault || (value !== 0 && value !== '' && value !== false && (value !== '0' || field.type === 'string'))) {
    writer.tag(field.number, wires[field.type]);
    writeScalar(writer, field, field.type, value, path);
  }
}

function writeScalar(writer: ProtoWriter, field: Field, type: Scalar, value: unknown, path: string): void {
  switch (type) {
    case 'string': return writeLengthed(writer, typeof value === 'string' ? value : null, path, 'a string');
    case 'bytes': return writeLengthed(writer, typeof value === 'string' ? fromBase64(value) : null, path, 'base64');
    case 'hex': return writeLengthed(writer, typeof value === 'string' ? fromHex(value) : null, path, 'an id in hex');
    case 'bool':
      if (typeof value !== 'boolean') throw new Refusal(`${path} should be true or false`);
      return writer.varint(value ? 1 : 0);
    case 'double': return writer.double(double(value, path));
    case 'fixed64': return writer.fixed64(integer(value, path, 0n, max64));
    case 'sfixed64': return writer.fixed64(integer(value, path, -max63 - 1n, max63));
    case 'fixed32': return writer.fixed32(Number(integer(value, path, 0n, 0xffff_ffffn)));
    case 'uint32': return writer.int64(integer(value, path, 0n, 0xffff_ffffn));
    case 'uint64': return writer.int64(integer(value, path, 0n, max64));
    case 'int64': return writer.int64(integer(value, path, -max63 - 1n, max63));
    case 'sint32': {
      const number = Number(integer(value, path, -0x8000_0000n, 0x7fff_ffffn));
      return writer.varint(number >= 0 ? number * 2 : -number * 2 - 1);
    }
    case 'enum': {
      const named = typeof value === 'string' ? (field.names?.indexOf(value) ?? -1) : -1;
      return writer.int64(named >= 0 ? named : integer(value, path, -0x8000_0000n, 0x7fff_ffffn));
    }
  }
}

const max64 = 2n ** 64n - 1n;
const max63 = 2n ** 63n - 1n;

function writeLengthed(writer: ProtoWriter, value: string | Uint8Array | null, path: string, what: string): void {
  if (value === null) throw new Refusal(`${path} should be ${what}`);
  const bytes = typeof value === 'string' ? encodeUtf8(value) : value;
  writer.varint(bytes.length);
  writer.raw(bytes);
}

function integer(value: unknown, path: string, min: bigint, max: bigint): bigint | number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const exact = typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : null;
  if (exact === null || exact < min || exact > max) throw new Refusal(`${path} should be an integer between ${min} and ${max}`);
  return exact;
}

function double(value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity' || value === '-Infinity') return value === 'Infinity' ? Infinity : -Infinity;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) throw new Refusal(`${path} should be a number`);
  return number;
}
