// Values to AnyValue and KeyValue bytes (opentelemetry/proto/common/v1).
import type { ProtoWriter } from '../base/index.ts';
import { maxDepth } from './any-value.ts';
import { anyValueField, keyValueField } from './fields.ts';
import type { Value } from './types.ts';

/** Writes the body of an AnyValue. Whole numbers become integers, null an empty AnyValue; what is nested too deeply, null. */
export function writeAnyValue(writer: ProtoWriter, value: Value, depth = 0): void {
  if (value === null || value === undefined || depth > maxDepth) return;
  if (typeof value === 'string') writer.stringField(anyValueField.string, value);
  else if (typeof value === 'boolean') { writer.tag(anyValueField.bool, 0); writer.varint(value ? 1 : 0); }
  else if (typeof value === 'bigint' || Number.isSafeInteger(value)) { writer.tag(anyValueField.int, 0); writer.int64(value as number | bigint); }
  else if (typeof value === 'number') { writer.tag(anyValueField.double, 1); writer.double(value); }
  else if (value instanceof Uint8Array) writer.bytesField(anyValueField.bytes, value);
  else if (Array.isArray(value)) {
    const mark = writer.open(anyValueField.array);
    for (const one of value as readonly Value[]) writeNested(writer, 1, one, depth + 2);
    writer.close(mark);
  } else {
    const mark = writer.open(anyValueField.kvlist);
    for (const key of Object.keys(value)) writeKeyValue(writer, 1, key, (value as { readonly [key: string]: Value })[key]!, depth + 3);
    writer.close(mark);
  }
}

/** An AnyValue as field `field` of the message being written. */
export function writeNested(writer: ProtoWriter, field: number, value: Value, depth = 0): void {
  const mark = writer.open(field);
  writeAnyValue(writer, value, depth);
  writer.close(mark);
}

/** A KeyValue as field `field` of the message being written. */
export function writeKeyValue(writer: ProtoWriter, field: number, key: string, value: Value, depth = 0): void {
  const mark = writer.open(field);
  writer.stringField(keyValueField.key, key);
  writeNested(writer, keyValueField.value, value, depth);
  writer.close(mark);
}

/** A bag as the repeated KeyValues of field `field`. */
export function writeBag(writer: ProtoWriter, field: number, bag: Readonly<Record<string, Value>>): void {
  for (const key of Object.keys(bag)) writeKeyValue(writer, field, key, bag[key]!);
}
