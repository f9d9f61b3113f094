// Attributes put on a record that may have been rewritten already, each made of what is there now.
import { decodeUtf8, ProtoReader, ProtoWriter, wireBytes } from '../base/index.ts';
import type { LazyCursor } from './cursor.ts';
import { keyValueField } from './fields.ts';
import { valueOf } from './key-value.ts';
import type { RecordCursor, Value } from './types.ts';
import { writeKeyValue } from './write-value.ts';

type Makers = ReadonlyMap<string, (before: Value) => Value>;

/** Everything else keeps its bytes; what a maker gives null for is not there. `body` is the record as it is by now, null the one at the cursor. */
export function withAttributes(cursor: RecordCursor, body: Uint8Array | null, attributes: Makers): Uint8Array {
  const own = cursor as LazyCursor;
  const field = own.attributesField();
  const reader = body === null ? new ProtoReader().reset(own.bytes, own.view.recordStart(own.index), own.view.recordEnd(own.index)) : new ProtoReader().reset(body);
  const writer = new ProtoWriter(1024);
  const before = new Map<string, Value>();
  while (reader.next()) {
    const key = reader.field === field && reader.wire === wireBytes ? keyOf(reader.bytes, reader.start, reader.end) : null;
    if (key !== null && attributes.has(key)) before.set(key, valueOf(reader.bytes, reader.start, reader.end));
    else writer.raw(reader.bytes, reader.fieldStart, reader.end);
  }
  for (const [key, make] of attributes) {
    const value = make(before.get(key) ?? null);
    if (value !== null) writeKeyValue(writer, field, key, value);
  }
  return writer.finish();
}

function keyOf(bytes: Uint8Array, start: number, end: number): string {
  let key = '';
  const reader = new ProtoReader().reset(bytes, start, end);
  while (reader.next()) if (reader.field === keyValueField.key && reader.wire === wireBytes) key = decodeUtf8(bytes, reader.start, reader.end);
  return key;
}
