import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtoReader } from '../base/index.ts';
import { signals, type Signal } from '../model/index.ts';
import { codec, columnsOf, encodeLogs, type RecordCursor, type RecordEdit, type Value } from './index.ts';
import { requestParts } from './testing/requests.test.ts';
import { write } from './testing/requests.ts';

const value: fc.Arbitrary<Value> = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null), fc.double({ noNaN: true }).filter((n) => !Number.isInteger(n)), fc.bigInt({ min: 2n ** 60n, max: 2n ** 62n }), fc.uint8Array({ maxLength: 5 }));
const key = fc.constantFrom('a', 'b', 'http.route', 'service.name', 'code.line.number', '', '__proto__', 'constructor');
const nanos = fc.bigInt({ min: 1n, max: 2n ** 63n });
const attributes = { setAttributes: fc.array(fc.tuple(key, value), { maxLength: 3 }).map((pairs) => new Map(pairs)), removeAttributes: fc.array(key, { maxLength: 3 }).map((keys) => new Set(keys)) };
const columns = (all: Record<string, fc.Arbitrary<Value>>): fc.Arbitrary<ReadonlyMap<string, Value>> =>
  fc.record(Object.fromEntries(Object.entries(all).map(([name, one]) => [name, fc.option(one)])), { requiredKeys: [] }).map((some) => new Map(Object.entries(some) as [string, Value][]));
const text = fc.string({ minLength: 1, maxLength: 9 });
const edits: Readonly<Record<Signal, fc.Arbitrary<RecordEdit>>> = {
  logs: fc.record({ columns: columns({ Body: value, SeverityText: text, EventName: text, Timestamp: nanos, ObservedTimestamp: nanos, SeverityNumber: fc.integer({ min: 1, max: 24 }), Flags: fc.nat() }), ...attributes }),
  spans: fc.record({ columns: columns({ Name: text, StatusMessage: text, EndTimestamp: nanos, StartTimestamp: nanos, TraceState: text, Flags: fc.nat() }), ...attributes }),
  metrics: fc.record({ columns: columns({ Timestamp: nanos, StartTimestamp: nanos, Flags: fc.nat() }), ...attributes }),
};

const row = (signal: Signal, cursor: RecordCursor): Record<string, Value> => Object.fromEntries(columnsOf(signal).map(({ name }, id) => [name, cursor.column(id)]));

/** The record's fields as hex, in order. */
function fields(bytes: Uint8Array, start: number, end: number): { field: number; hex: string }[] {
  const reader = new ProtoReader().reset(bytes, start, end);
  const list: { field: number; hex: string }[] = [];
  while (reader.next()) list.push({ field: reader.field, hex: Buffer.from(bytes.subarray(reader.fieldStart, reader.end)).toString('hex') });
  return list;
}

test.each(signals)('an edited record of %s: edited columns read as set, all else as before', (signal) => {
  fc.assert(fc.property(requestParts[signal], edits[signal], (parts, edit) => {
    const walked = codec.walk(signal, write(parts));
    if (!walked.ok || walked.value.recordCount === 0) return;
    const cursor = codec.cursor();
    cursor.reset(walked.value);
    cursor.moveTo(0);
    const before = row(signal, cursor);
    const body = codec.editRecord(cursor, edit);
    const rewritten = codec.rewrite(walked.value, [body]);
    const again = codec.walk(signal, rewritten);
    if (!again.ok) throw new Error(again.error.message);
    expect(again.value.recordCount).toBe(walked.value.recordCount);
    cursor.reset(again.value);
    cursor.moveTo(0);
    const after = row(signal, cursor);
    const dependent = new Set(['DurableId', 'Duration', 'Timestamp', 'StartTimestamp']);
    for (const { name } of columnsOf(signal)) {
      if (name === 'Attributes' || (dependent.has(name) && !edit.columns!.has(name))) continue;
      if (!edit.columns!.has(name)) expect(after[name]).toEqual(before[name]);
      else if (name !== 'Timestamp' || edit.columns!.get(name) !== null) expect(after[name] || null).toEqual(edit.columns!.get(name) || null);
    }
    const want = new Map(Object.entries(before['Attributes'] as Record<string, Value>));
    for (const gone of edit.removeAttributes!) want.delete(gone);
    for (const [name, set] of edit.setAttributes!) want.set(name, set);
    expect(new Map(Object.entries(after['Attributes'] as Record<string, Value>))).toEqual(want);
    // Fields that no edit names: the same bytes in the same order, unknown ones included.
    const known = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16]);
    const others = (list: { field: number; hex: string }[]): string[] => list.filter((one) => !known.has(one.field)).map((one) => one.hex);
    expect(others(fields(body, 0, body.length))).toEqual(others(fields(walked.value.bytes, walked.value.recordStart(0), walked.value.recordEnd(0))));
  }), { numRuns: 200 });
});

test('of two Status messages the last is read, and the last is kept', () => {
  const span = (...fields: readonly Uint8Array[]): Uint8Array => Buffer.concat(fields);
  const wrapped = (field: number, body: Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(field * 8 + 2, body.length), body]);
  const record = span(wrapped(15, Uint8Array.of(24, 2)), wrapped(15, Uint8Array.of(18, 1, 0x78)));
  const walked = codec.walk('spans', wrapped(1, wrapped(2, wrapped(2, record))));
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  cursor.moveTo(0);
  const code = cursor.column(codec.columnId('spans', 'StatusCode'));
  const again = codec.walk('spans', codec.rewrite(walked.value, [codec.editRecord(cursor, { columns: new Map([['StatusMessage', 'y']]) })]));
  if (!again.ok) throw new Error(again.error.message);
  cursor.reset(again.value);
  cursor.moveTo(0);
  expect([cursor.column(codec.columnId('spans', 'StatusCode')), cursor.column(codec.columnId('spans', 'StatusMessage'))]).toEqual([code, 'y']);
});

test('an edit that names nothing gives the same bytes', () => {
  fc.assert(fc.property(requestParts.logs, (parts) => {
    const walked = codec.walk('logs', write(parts));
    if (!walked.ok || walked.value.recordCount === 0) return;
    const cursor = codec.cursor();
    cursor.reset(walked.value);
    cursor.moveTo(0);
    expect([...codec.editRecord(cursor, {})]).toEqual([...walked.value.bytes.subarray(walked.value.recordStart(0), walked.value.recordEnd(0))]);
  }));
});

test('a column that cannot be written is a bug of the caller; a whole bag replaces all attributes', () => {
  const walked = codec.walk('logs', encodeLogs({}, '', [{ body: 'x', attributes: { a: 1, b: 2 } }]));
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  cursor.moveTo(0);
  expect(() => codec.editRecord(cursor, { columns: new Map([['TraceId', 'ab']]) })).toThrow(/TraceId of logs cannot be written/);
  const body = codec.editRecord(cursor, { columns: new Map<string, Value>([['Attributes', { c: 3 }]]) });
  const again = codec.walk('logs', codec.rewrite(walked.value, [body]));
  if (!again.ok) throw new Error(again.error.message);
  cursor.reset(again.value);
  cursor.moveTo(0);
  expect(cursor.column(codec.columnId('logs', 'Attributes'))).toEqual({ c: 3 });
});
