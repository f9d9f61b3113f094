// OTLP KeyValue (1 key, 2 value) and AnyValue (1 string, 2 bool, 3 int, 4 double, 5 array, 6 kvlist, 7 bytes) inside
// OpAMP's AgentDescription. Small and eager: descriptions are a few dozen attributes, sent once per connection.
import type { AttributeValue, KeyValue } from './messages.ts';
import { WireReader, WireWriter, wireFixed64, wireLength, wireVarint } from './wire.ts';

/** Deeper nesting than any real message has is refused, so that hostile bytes cannot exhaust the stack. */
export const maxDepth = 32;

export function writeKeyValue(entry: KeyValue): Uint8Array {
  const writer = new WireWriter();
  if (entry.key !== '') { writer.tag(1, wireLength); writer.text(entry.key); }
  if (entry.value !== undefined) { writer.tag(2, wireLength); writer.delimited(writeAnyValue(entry.value)); }
  return writer.finish();
}

export function readKeyValue(reader: WireReader, depth: number): KeyValue {
  let key = '';
  let value: AttributeValue;
  while (!reader.done) {
    const tag = Number(reader.varint());
    if (tag === 1 * 8 + wireLength) key = reader.nested().text();
    else if (tag === 2 * 8 + wireLength) value = readAnyValue(reader.nested(), depth + 1);
    else reader.skip(tag & 7);
  }
  return { key, value };
}

function writeAnyValue(value: AttributeValue): Uint8Array {
  const writer = new WireWriter();
  if (typeof value === 'string') { writer.tag(1, wireLength); writer.text(value); }
  else if (typeof value === 'boolean') { writer.tag(2, wireVarint); writer.varint(value ? 1n : 0n); }
  else if (typeof value === 'bigint') { writer.tag(3, wireVarint); writer.varint(value); }
  else if (typeof value === 'number') { writer.tag(4, wireFixed64); writer.double(value); }
  else if (value instanceof Uint8Array) { writer.tag(7, wireLength); writer.delimited(value); }
  else if (value instanceof Map) { writer.tag(6, wireLength); writer.delimited(writeItems([...value].map(([key, item]) => writeKeyValue({ key, value: item })))); }
  else if (Array.isArray(value)) { writer.tag(5, wireLength); writer.delimited(writeItems(value.map(writeAnyValue))); }
  return writer.finish();
}

/** ArrayValue and KeyValueList alike: field 1, repeated. */
function writeItems(items: readonly Uint8Array[]): Uint8Array {
  const writer = new WireWriter();
  for (const item of items) { writer.tag(1, wireLength); writer.delimited(item); }
  return writer.finish();
}

function readAnyValue(reader: WireReader, depth: number): AttributeValue {
  if (depth > maxDepth) reader.fail('values are nested too deeply');
  let value: AttributeValue;
  while (!reader.done) {
    const tag = Number(reader.varint());
    if (tag === 1 * 8 + wireLength) value = reader.nested().text();
    else if (tag === 2 * 8 + wireVarint) value = reader.varint() !== 0n;
    else if (tag === 3 * 8 + wireVarint) value = BigInt.asIntN(64, reader.varint());
    else if (tag === 4 * 8 + wireFixed64) value = reader.double();
    else if (tag === 5 * 8 + wireLength) value = readItems(reader.nested(), (item) => readAnyValue(item, depth + 1));
    else if (tag === 6 * 8 + wireLength) value = new Map(readItems(reader.nested(), (item) => readKeyValue(item, depth)).map((entry) => [entry.key, entry.value]));
    else if (tag === 7 * 8 + wireLength) value = reader.nested().rest();
    else reader.skip(tag & 7);
  }
  return value;
}

function readItems<T>(reader: WireReader, read: (item: WireReader) => T): T[] {
  const items: T[] = [];
  while (!reader.done) {
    const tag = Number(reader.varint());
    if (tag === 1 * 8 + wireLength) items.push(read(reader.nested()));
    else reader.skip(tag & 7);
  }
  return items;
}
