// A record of the app reads the same as an object and as the bytes that it becomes, column by column: so a rule means the same
// in the process and on the agent. And what goes to the wire and back is the record that it was.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeKey, codec, columnId, columnsOf, type RecordCursor, type Value } from '../../otlp/index.ts';
import type { Logger, LogRecord, Span } from '../hooks/index.ts';
import { LogCursor } from './log-cursor.ts';
import { logFromWire, logToWire } from './log-wire.ts';
import { SpanCursor } from './span-cursor.ts';
import { blankSpan, spanFromWire, spanToWire } from './span-wire.ts';
import { fromValue, toBag, toValue } from './values.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const key = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abc._') });
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((number) => (Object.is(number, -0) ? 0 : number)));
const attributes = fc.dictionary(key, fc.oneof(scalar, fc.array(text, { maxLength: 3 }), fc.dictionary(key, scalar, { maxKeys: 3 })), { maxKeys: 5 });
const hex = (digits: number) => fc.string({ minLength: digits, maxLength: digits, unit: fc.constantFrom(...'123456789abcdef') });
const ids = fc.record({ traceId: hex(32), spanId: hex(16), traceFlags: fc.constantFrom(0, 1) });
const time = fc.integer({ min: 1, max: 2_000_000_000 }).chain((seconds) => fc.integer({ min: 0, max: 999_999_999 }).map((nanos) => [seconds, nanos]));
const body = fc.oneof(text, fc.integer(), attributes);

const logger = { emit() { /* nobody listens */ }, instrumentationScope: { name: 'scope' }, _sharedState: { resource: { attributes: { 'service.name': 'shop', 'host.name': 'h1' } } } } as Logger;
const log: fc.Arbitrary<LogRecord> = fc.record({
  timestamp: time, observedTimestamp: time, body, attributes, severityNumber: fc.integer({ min: 1, max: 24 }), severityText: fc.constantFrom('INFO', 'WARN'), eventName: fc.constantFrom('', 'shop.launch'),
}).chain((record) => ids.map((span) => ({ ...record, context: { getValue: () => ({ spanContext: () => span }) } })));

const spanName = text.map((made) => `n${made}`);
const span: fc.Arbitrary<Span> = fc.record({
  name: spanName, kind: fc.integer({ min: 0, max: 4 }), attributes, startTime: time,
  status: fc.constantFrom({ code: 0 }, { code: 1 }, { code: 2, message: 'no' }),
  events: fc.array(fc.record({ name: spanName, attributes }), { maxLength: 3 }), links: fc.array(fc.record({ context: ids, attributes }), { maxLength: 2 }),
}).chain((one) => ids.map((context) => ({ ...one, resource: logger._sharedState!.resource!, instrumentationScope: { name: 'scope' }, spanContext: () => context, isRecording: () => true, end() { /* nobody listens */ } }) as unknown as Span));

function wireCursor(signal: 'logs' | 'spans', bytes: Uint8Array): RecordCursor {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  cursor.moveTo(0);
  return cursor;
}

const plain = (value: Value): unknown => (typeof value === 'bigint' ? value : fromValue(value));
/** Of an event the time, which the wire copy does not carry. */
const withoutTimes = (value: unknown): unknown => (Array.isArray(value) ? value.map((one: Record<string, unknown>) => ({ ...one, Timestamp: null, TraceState: null })) : value);

function expectSame(signal: 'logs' | 'spans', object: RecordCursor, bytes: Uint8Array, own: Readonly<Record<string, unknown>>): void {
  const wire = wireCursor(signal, bytes);
  for (const { name } of columnsOf(signal)) {
    const id = columnId(signal, name);
    expect([name, withoutTimes(plain(object.column(id)))]).toEqual([name, withoutTimes(plain(wire.column(id)))]);
  }
  for (const one of [...Object.keys(own), 'missing']) expect(plain(object.attribute(attributeKey(one)))).toEqual(plain(wire.attribute(attributeKey(one))));
  expect(object.resourceAttribute(attributeKey('host.name'))).toBe('h1');
  expect(object.eventNameHash()).toBe(wire.eventNameHash());
}

describe('a log record', () => {
  it('reads the same as an object and on the wire', () => {
    fc.assert(fc.property(log, (record) => {
      const cursor = new LogCursor().put(record, logger, {});
      expectSame('logs', cursor, logToWire(cursor, toBag(cursor.resource)), record.attributes!);
    }));
  });

  it('comes back from the wire as it was', () => {
    fc.assert(fc.property(log, (record) => {
      const back = logFromWire(logToWire(new LogCursor().put(record, logger, {}), {}), record);
      expect({ ...back, eventName: back.eventName ?? '' }).toEqual(record);
    }));
  });

  it('has its code location as durable id where it has no name', () => {
    const cursor = new LogCursor().put({ attributes: { 'code.file.path': 'a.ts', 'code.line.number': 7 } }, logger, {});
    expect(cursor.column(columnId('logs', 'DurableId'))).toBe('a.ts:7');
  });
});

describe('a span', () => {
  it('reads the same as an object and on the wire', () => {
    fc.assert(fc.property(span, (one) => {
      const cursor = new SpanCursor().put(one, [2_000_000_001, 5], {});
      expectSame('spans', cursor, spanToWire(cursor, toBag(cursor.resource)), one.attributes);
    }));
  });

  it('comes back from the wire as it was, and blank when nothing may be told', () => {
    fc.assert(fc.property(span, (one) => {
      const facts = (): unknown => structuredClone([one.name, one.attributes, one.events, one.links, one.status]);
      const before = facts();
      spanFromWire(spanToWire(new SpanCursor().put(one, [2_000_000_001, 5], {}), {}), one);
      expect(facts()).toEqual(before);
      blankSpan(one);
      expect([one.name, one.attributes, one.events, one.links]).toEqual(['withheld', {}, [], []]);
    }));
  });
});

it('a value that goes round in circles is refused, and what the SDK would not export is null', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  expect(() => toValue(circle)).toThrow('nested deeper');
  expect(() => toValue(Array.from({ length: 200_000 }, () => ({})))).toThrow('parts');
  expect(fromValue(toValue({ a: () => 1, b: Symbol('b'), c: undefined, d: 1n }))).toEqual({ a: null, b: null, d: 1 });
});
