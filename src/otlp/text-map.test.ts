// Mapping text over random requests, odd ones included: what the mapper leaves alone keeps its bytes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtoWriter } from '../base/index.ts';
import { signals, type Signal } from '../model/index.ts';
import { codec, encodeLogs, type RequestView, type SurroundingsMapper, type TextMapper } from './index.ts';
import { requestParts } from './testing/requests.test.ts';
import { write } from './testing/requests.ts';

const keep: TextMapper = { value: () => null, text: () => null, key: () => null, integer: () => null, holds: () => false };
const everywhere = (mapper: TextMapper): SurroundingsMapper => ({ of: () => mapper, within: () => { /* not asked */ } });
const copy: TextMapper = { ...keep, text: (_at, bytes, start, end) => (end > start ? bytes.slice(start, end) : null), key: (_at, bytes, start, end) => (end > start ? bytes.slice(start, end) : null) };

function walked(signal: Signal, bytes: Uint8Array): RequestView {
  const view = codec.walk(signal, bytes);
  if (!view.ok) throw new Error(view.error.message);
  return view.value;
}

function mapped(signal: Signal, bytes: Uint8Array, mapper: TextMapper): Uint8Array {
  const view = walked(signal, bytes);
  const cursor = codec.cursor();
  cursor.reset(view);
  const records = Array.from({ length: view.recordCount }, (_, i) => { cursor.moveTo(i); return codec.mapRecordText(cursor, mapper); });
  const rewritten = codec.rewrite(view, records);
  return codec.mapTextAround(walked(signal, rewritten), everywhere(mapper)) ?? rewritten;
}

test.each(signals)('%s: a mapper that keeps all gives the same bytes, one that copies all the same document', (signal) => {
  fc.assert(fc.property(requestParts[signal], (parts) => {
    const bytes = write(parts);
    expect(mapped(signal, bytes, keep)).toBe(walked(signal, bytes).bytes);
    const before = codec.protobufToJson(signal, bytes);
    expect(codec.protobufToJson(signal, mapped(signal, bytes, copy))).toEqual(before);
  }), { numRuns: 120 });
});

test.each(signals)('%s: no text escapes the mapper', (signal) => {
  const blank: TextMapper = { value: () => null, text: (_at, _bytes, start, end) => (end > start ? Uint8Array.of(0x2a) : null), key: (_at, _bytes, start, end) => (end > start ? Uint8Array.of(0x6b) : null), integer: () => Uint8Array.of(0x23), holds: () => true };
  fc.assert(fc.property(requestParts[signal], (parts) => {
    const document = codec.protobufToJson(signal, mapped(signal, write(parts), blank));
    if (!document.ok) throw new Error(document.error.message);
    JSON.stringify(document.value, (name, value: unknown) => {
      if (/^(?:stringValue|name|message|version|description|unit|traceState|schemaUrl|severityText|eventName)$/.test(name)) expect(value).toMatch(/^(?:\*|#|)$/);
      if (name === 'key') expect(value).toMatch(/^k?$/);
      expect(name).not.toBe('intValue');
      return value;
    });
  }), { numRuns: 100 });
});

test('random bytes inside a record never throw, and what is malformed is left out', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 16 }), fc.uint8Array({ maxLength: 30 })), { maxLength: 4 }), (fields) => {
    const writer = new ProtoWriter();
    const marks = [writer.open(1), writer.open(2), writer.open(2)];
    for (const [field, bytes] of fields) writer.bytesField(field, bytes);
    for (const mark of marks.toReversed()) writer.close(mark);
    const bytes = writer.finish();
    const once = mapped('logs', bytes, keep);
    expect(walked('logs', once).recordCount).toBe(1);
    expect(mapped('logs', once, keep)).toEqual(once);
  }), { numRuns: 500 });
});

test('what is nested too deeply to be looked at is left out', () => {
  const writer = new ProtoWriter();
  const marks = [1, 2, 2, 5].map((field) => writer.open(field));
  for (let i = 0; i < 400; i++) marks.push(writer.open(i % 2 === 0 ? 5 : 1));
  writer.stringField(1, 'deep down');
  for (const mark of marks.toReversed()) writer.close(mark);
  const bytes = writer.finish();
  expect(Buffer.from(bytes).includes('deep down')).toBe(true);
  expect(Buffer.from(mapped('logs', bytes, keep)).includes('deep down')).toBe(false);
});

test('an attribute of which nothing is left goes, and an array keeps its length', () => {
  const bytes = encodeLogs({}, 's', [{ body: ['x', 'secret', 'y'], attributes: { a: 'secret', b: 'x', c: { d: 'secret', e: 1 } } }]);
  const without: TextMapper = { ...keep, text: (_at, all, start, end) => (Buffer.from(all.subarray(start, end)).toString() === 'secret' ? new Uint8Array(0) : null) };
  const view = walked('logs', mapped('logs', bytes, without));
  const cursor = codec.cursor();
  cursor.reset(view);
  cursor.moveTo(0);
  expect(cursor.column(codec.columnId('logs', 'Body'))).toEqual(['x', '', 'y']);
  expect(cursor.column(codec.columnId('logs', 'Attributes'))).toEqual({ b: 'x', c: { e: 1 } });
});
