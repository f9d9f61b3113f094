import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8, ProtoWriter } from '../base/index.ts';
import { codec, columnId, type RecordCursor, type Value } from './index.ts';

// Records as no serialiser writes them, but as protobuf allows: fields in any order and more than once, tags and lengths
// longer than need be, KeyValues with the value first, two keys, or none.
type Part = { readonly kind: 'attribute'; readonly key: string; readonly other: string | null; readonly text: string; readonly valueFirst: boolean; readonly padded: boolean }
  | { readonly kind: 'body'; readonly text: string; readonly padded: boolean } | { readonly kind: 'severity' } | { readonly kind: 'time' };
const key = fc.constantFrom('a', 'b', 'ab', '');
const text = fc.oneof(fc.constantFrom('', 'x', 'é'), fc.constant('long'.repeat(40)), fc.string({ maxLength: 5 }));
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('attribute' as const), key, other: fc.option(key), text, valueFirst: fc.boolean(), padded: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('body' as const), text, padded: fc.boolean() }) },
  fc.constant({ kind: 'severity' as const }), fc.constant({ kind: 'time' as const }),
);

/** A length-delimited field; `padded` writes its tag as a varint of two bytes. */
function field(number: number, body: Uint8Array, padded = false): Uint8Array {
  const writer = new ProtoWriter();
  if (padded) writer.raw(Uint8Array.of((number << 3) | 2 | 0x80, 0)); else writer.tag(number, 2);
  writer.varint(body.length);
  writer.raw(body);
  return writer.finish();
}
const joined = (...all: readonly Uint8Array[]): Uint8Array => Uint8Array.from(all.flatMap((one) => [...one]));

function bytesOf(one: Part): Uint8Array {
  if (one.kind === 'severity') return Uint8Array.of(0x10, 9);
  if (one.kind === 'time') return Uint8Array.of(0x09, 1, 2, 3, 4, 5, 6, 7, 8);
  const value = field(1, encodeUtf8(one.text));
  if (one.kind === 'body') return field(5, value, one.padded);
  const [name, content] = [field(1, encodeUtf8(one.key)), field(2, value)];
  const keyValue = joined(...(one.other === null ? [] : [field(1, encodeUtf8(one.other))]), ...(one.valueFirst ? [content, name] : [name, content]));
  return field(6, keyValue, one.padded);
}

function cursorAt(parts: readonly Part[]): RecordCursor {
  const record = joined(...parts.map(bytesOf));
  const walked = codec.walk('logs', field(1, field(2, field(2, record))));
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  cursor.moveTo(0);
  return cursor;
}

const sliceText = (cursor: RecordCursor, found: boolean): Value => (found ? new TextDecoder().decode(cursor.view.bytes.subarray(cursor.sliceStart, cursor.sliceEnd)) : null);

test('one attribute sought alone is the one that a full pass finds, and the one in the bag', () => {
  fc.assert(fc.property(fc.array(part, { maxLength: 8 }), key, key, (parts, wanted, other) => {
    const last = parts.findLast((one) => one.kind === 'attribute' && one.key === wanted);
    const expected = last?.kind === 'attribute' ? last.text : null;
    const [bytes, otherBytes] = [encodeUtf8(wanted), encodeUtf8(other)];
    const alone = cursorAt(parts);
    expect(alone.attribute(bytes)).toBe(expected);
    expect(alone.attribute(bytes)).toBe(expected);
    const sliced = cursorAt(parts);
    expect(sliceText(sliced, sliced.attributeSlice(bytes))).toBe(expected === '' ? null : expected);
    const second = cursorAt(parts);
    second.attribute(otherBytes);
    expect(second.attribute(bytes)).toBe(expected);
    expect((second.column(columnId('logs', 'Attributes')) as { readonly [key: string]: Value })[wanted] ?? null).toBe(expected);
    expect(second.attribute(bytes)).toBe(expected);
  }), { numRuns: 600 });
});

test('the last body counts, however it is written', () => {
  fc.assert(fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
    const last = parts.findLast((one) => one.kind === 'body');
    const expected = last?.kind === 'body' ? last.text : null;
    const cursor = cursorAt(parts);
    expect(cursor.column(columnId('logs', 'Body'))).toBe(expected);
    expect(sliceText(cursor, cursor.slice(columnId('logs', 'Body')))).toBe(expected);
  }), { numRuns: 600 });
});
