// A small table-driven protobuf codec over schema.ts. Unknown fields and fields of an unexpected wire type are skipped, as
// proto3 asks; a repeated singular sub-message merges into the first; the last scalar wins.
import { maxDepth, readKeyValue, writeKeyValue } from './any-value.ts';
import type { KeyValue } from './messages.ts';
import type { FieldKind, FieldSchema, MessageSchema } from './schema.ts';
import { WireReader, WireWriter, wireFixed64, wireLength, wireVarint } from './wire.ts';

/** A message as the tables see it: property name to value. The typed face is index.ts. */
export type Loose = Record<string, unknown>;

export function encodeMessage(schema: MessageSchema, message: Loose): Uint8Array {
  const writer = new WireWriter();
  for (const field of schema.fields) {
    const value = message[field.name];
    if (value !== undefined) writeField(writer, field, value);
  }
  return writer.finish();
}

function writeField(writer: WireWriter, { number, kind }: FieldSchema, value: unknown): void {
  if (typeof kind === 'object') writeMessages(writer, number, kind, value);
  else if (kind === 'attributes') writeEach(writer, number, value as readonly KeyValue[], writeKeyValue);
  else if (kind === 'strings') for (const text of value as readonly string[]) { writer.tag(number, wireLength); writer.text(text); }
  else if (kind === 'stringMap') writeEach(writer, number, [...(value as ReadonlyMap<string, string>)], ([key, text]) => writeEntry(key, (entry) => entry.text(text)));
  else writeScalar(writer, number, kind, value);
}

function writeScalar(writer: WireWriter, number: number, kind: FieldKind, value: unknown): void {
  if (isDefault(value)) return;
  writer.tag(number, kind === 'bytes' || kind === 'string' ? wireLength : kind === 'fixed64' ? wireFixed64 : wireVarint);
  if (kind === 'bytes') writer.delimited(value as Uint8Array);
  else if (kind === 'string') writer.text(value as string);
  else if (kind === 'fixed64') writer.fixed64(value as bigint);
  else writer.varint(BigInt(value as number | bigint | boolean));
}

const isDefault = (value: unknown): boolean =>
  value === '' || value === 0 || value === 0n || value === false || (value instanceof Uint8Array && value.length === 0);

function writeMessages(writer: WireWriter, number: number, kind: Exclude<FieldKind, string>, value: unknown): void {
  if ('message' in kind) writeEach(writer, number, [value as Loose], (item) => encodeMessage(kind.message, item));
  else if ('list' in kind) writeEach(writer, number, value as readonly Loose[], (item) => encodeMessage(kind.list, item));
  else writeEach(writer, number, [...(value as ReadonlyMap<string, Loose>)], ([key, item]) => writeEntry(key, (entry) => entry.delimited(encodeMessage(kind.map, item))));
}

function writeEach<T>(writer: WireWriter, number: number, items: readonly T[], encode: (item: T) => Uint8Array): void {
  for (const item of items) {
    writer.tag(number, wireLength);
    writer.delimited(encode(item));
  }
}

/** A protobuf map entry: 1 key, 2 value. */
function writeEntry(key: string, writeValue: (writer: WireWriter) => void): Uint8Array {
  const writer = new WireWriter();
  writer.tag(1, wireLength);
  writer.text(key);
  writer.tag(2, wireLength);
  writeValue(writer);
  return writer.finish();
}

/** Throws MalformedMessage; `into` is the message to merge with. */
export function decodeMessage(schema: MessageSchema, reader: WireReader, depth = 0, into: Loose = emptyMessage(schema)): Loose {
  if (depth > maxDepth) reader.fail('messages are nested too deeply');
  while (!reader.done) {
    const tag = reader.varint();
    if (tag < 8n || tag > 0xffff_ffffn) reader.fail('a field number is not valid');
    const number = Number(tag >> 3n);
    const wireType = Number(tag & 7n);
    const field = schema.fields.find((candidate) => candidate.number === number);
    if (field === undefined || wireTypeOf(field.kind) !== wireType) reader.skip(wireType);
    else readField(reader, field, into, depth);
  }
  return into;
}

function wireTypeOf(kind: FieldKind): number {
  if (kind === 'fixed64') return wireFixed64;
  return kind === 'uint64' || kind === 'uint64n' || kind === 'enum' || kind === 'bool' ? wireVarint : wireLength;
}

function readField(reader: WireReader, { name, kind }: FieldSchema, into: Loose, depth: number): void {
  if (typeof kind === 'object') return readMessages(reader.nested(), name, kind, into, depth + 1);
  switch (kind) {
    case 'bytes': into[name] = reader.nested().rest(); return;
    case 'string': into[name] = reader.nested().text(); return;
    case 'fixed64': into[name] = reader.fixed64(); return;
    case 'uint64n': into[name] = reader.varint(); return;
    case 'bool': into[name] = reader.varint() !== 0n; return;
    case 'enum': into[name] = Number(BigInt.asIntN(32, reader.varint())); return;
    case 'uint64': into[name] = Number(BigInt.asUintN(53, reader.varint())); return;
    case 'strings': (into[name] as string[]).push(reader.nested().text()); return;
    case 'attributes': (into[name] as KeyValue[]).push(readKeyValue(reader.nested(), depth + 1)); return;
    case 'stringMap': readEntry(reader.nested(), into[name] as Map<string, string>, '', (value) => value.text()); return;
  }
}

function readMessages(nested: WireReader, name: string, kind: Exclude<FieldKind, string>, into: Loose, depth: number): void {
  if ('message' in kind) into[name] = decodeMessage(kind.message, nested, depth, into[name] as Loose | undefined);
  else if ('list' in kind) (into[name] as Loose[]).push(decodeMessage(kind.list, nested, depth));
  else readEntry(nested, into[name] as Map<string, Loose>, emptyMessage(kind.map), (value) => decodeMessage(kind.map, value, depth));
}

/** Map keys go into a Map, never an object: a hostile `__proto__` is a key like any other. */
function readEntry<V>(reader: WireReader, into: Map<string, V>, missing: V, readValue: (value: WireReader) => V): void {
  let key = '';
  let value = missing;
  while (!reader.done) {
    const tag = Number(reader.varint());
    if (tag === 1 * 8 + wireLength) key = reader.nested().text();
    else if (tag === 2 * 8 + wireLength) value = readValue(reader.nested());
    else reader.skip(tag & 7);
  }
  into.set(key, value);
}

function emptyMessage(schema: MessageSchema): Loose {
  const message: Loose = {};
  for (const { name, kind } of schema.fields) {
    const value = emptyValue(kind);
    if (value !== undefined) message[name] = value;
  }
  return message;
}

function emptyValue(kind: FieldKind): unknown {
  if (typeof kind === 'object') return 'message' in kind ? undefined : 'list' in kind ? [] : new Map();
  switch (kind) {
    case 'bytes': return new Uint8Array(0);
    case 'string': return '';
    case 'fixed64': case 'uint64n': return 0n;
    case 'bool': return false;
    case 'enum': case 'uint64': return 0;
    case 'strings': case 'attributes': return [];
    case 'stringMap': return new Map();
  }
}
