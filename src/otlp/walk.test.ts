import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signals, type Signal } from '../model/index.ts';
import { codec, columnsOf, type RequestView } from './index.ts';
import { requestParts } from './testing/requests.test.ts';
import { field, placed, varint, write } from './testing/requests.ts';

function walked(signal: Signal, bytes: Uint8Array): RequestView {
  const view = codec.walk(signal, bytes);
  if (!view.ok) throw new Error(view.error.message);
  return view.value;
}

/** Everything a cursor offers about every record; to see that none of it throws, and what it says. */
function readAll(view: RequestView): unknown[] {
  const cursor = codec.cursor();
  cursor.reset(view);
  const key = new TextEncoder().encode('a');
  return Array.from({ length: view.recordCount }, (_, i) => {
    cursor.moveTo(i);
    const columns = columnsOf(view.signal).map((_column, id) => [cursor.column(id), cursor.slice(id)]);
    return [columns, cursor.attribute(key), cursor.attributeSlice(key), cursor.resourceAttribute(key), cursor.eventNameHash()];
  });
}

test.each(signals)('a walk over %s finds every record, in order, in its resource and scope', (signal) => {
  fc.assert(fc.property(requestParts[signal], (parts) => {
    const view = walked(signal, write(parts));
    const records = placed(parts);
    expect(view.recordCount).toBe(records.length);
    records.forEach((record, i) => {
      expect([...view.bytes.subarray(view.recordStart(i), view.recordEnd(i))]).toEqual(record.body);
      expect([view.resourceOf(i), view.scopeOf(i)]).toEqual([record.resource, record.scope]);
    });
    readAll(view);
  }), { numRuns: 300 });
});

test.each(signals)('a rewrite of %s leaves untouched bytes as they are and drops what was emptied', (signal) => {
  const outcome = fc.array(fc.oneof(fc.constant(null), fc.constant(false as const), fc.uint8Array({ maxLength: 200 })), { maxLength: 30 });
  fc.assert(fc.property(requestParts[signal], outcome, (parts, wanted) => {
    const view = walked(signal, write(parts));
    expect([...codec.rewrite(view, wanted)]).toEqual([...write(parts, wanted.slice(0, view.recordCount))]);
  }), { numRuns: 500 });
});

test('a rewrite that keeps everything gives back the very same bytes object', () => {
  fc.assert(fc.property(requestParts.logs, (parts) => {
    const view = walked('logs', write(parts));
    expect(codec.rewrite(view, Array.from({ length: view.recordCount }, () => null))).toBe(view.bytes);
  }));
});

test.each(signals)('hostile %s bytes never throw, never hang and never make more records than bytes', (signal) => {
  const damage = fc.record({ cut: fc.nat(), flips: fc.array(fc.tuple(fc.nat(), fc.nat(7)), { maxLength: 5 }), splice: fc.option(fc.tuple(fc.nat(), fc.constantFrom([0xff, 0xff, 0xff, 0xff, 0x0f], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0x80], [0x0b, 0x0c]))) });
  fc.assert(fc.property(requestParts[signal], damage, (parts, { cut, flips, splice }) => {
    const good = [...write(parts)];
    for (const [at, bit] of flips) if (good.length > 0) good[at % good.length]! ^= 1 << bit;
    if (splice !== null) good.splice(splice[0] % (good.length + 1), 0, ...splice[1]);
    const bytes = Uint8Array.from(good.slice(0, good.length - (cut % (good.length + 1)) % 4));
    const view = codec.walk(signal, bytes);
    if (view.ok) {
      expect(view.value.recordCount).toBeLessThanOrEqual(bytes.length);
      readAll(view.value);
      codec.rewrite(view.value, Array.from({ length: view.value.recordCount }, (_, i) => (i % 2 === 0 ? false : null)));
    } else expect(view.error).toMatchObject({ code: 'otlp-malformed', message: expect.stringMatching(/at byte \d+\.$/) });
    codec.protobufToJson(signal, bytes);
  }), { numRuns: 800 });
});

test('random bytes are refused or read, nothing else', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...signals), (bytes, signal) => {
    const view = codec.walk(signal, bytes);
    if (view.ok) readAll(view.value);
    codec.protobufToJson(signal, bytes);
    codec.jsonToProtobuf(signal, bytes);
  }), { numRuns: 1000 });
});

test('a request cut off anywhere inside its only resource is refused, with the offset', () => {
  const body = field(2, 2, field(2, 2, [...field(3, 2, [73, 78, 70, 79]), ...field(12, 2, [65, 66])]));
  const whole = Uint8Array.from(field(1, 2, body));
  expect(codec.walk('logs', whole).ok).toBe(true);
  for (let end = 1; end < whole.length; end++) expect(codec.walk('logs', whole.subarray(0, end)).ok).toBe(false);
});

test.each([
  ['bytes', [0x62, 5, 65]], ['a long length', [0x62, 0x85, 0x80, 0, 65]], ['eight bytes', [0x09, 1, 2]], ['four bytes', [0x45, 1]], ['a varint', [0x10, 0x80]], ['a tag', [0x80]], ['field 0', [0x02, 0]],
])('a record whose last field is wrong (%s) is refused, however sound what follows it', (_what, record) => {
  const bytes = Uint8Array.from(field(1, 2, field(2, 2, [...field(2, 2, record), ...field(2, 2, field(12, 2, [65, 66, 67, 68, 69, 70, 71, 72]))])));
  const refused = codec.walk('logs', bytes);
  expect(refused.ok ? '' : refused.error.message).toMatch(/at byte \d+\.$/);
});

test('a declared length of two gigabytes is refused at its offset', () => {
  const huge = Uint8Array.from([0x0a, ...varint(2 ** 31)]);
  const refused = codec.walk('logs', huge);
  expect(refused.ok ? '' : refused.error.message).toMatch(/longer than the message that holds it, at byte 0/);
});

test('groups are refused clearly', () => {
  const group = Uint8Array.from(field(1, 2, field(2, 2, field(2, 2, [0x0b, 0x0c]))));
  const refused = codec.walk('logs', group);
  expect(refused.ok ? '' : refused.error.message).toContain('wire type 3 (a group) is not used by OTLP');
});

test('a value nested past the bound reads as null, and its record still reads', () => {
  let value = field(1, 2, [120]);
  for (let i = 0; i < 300; i++) value = field(5, 2, field(1, 2, value));
  const bytes = Uint8Array.from(field(1, 2, field(2, 2, field(2, 2, [...field(5, 2, value), ...field(12, 2, [65])]))));
  const view = walked('logs', bytes);
  const cursor = codec.cursor();
  cursor.reset(view);
  cursor.moveTo(0);
  expect(cursor.column(codec.columnId('logs', 'EventName'))).toBe('A');
  expect(JSON.stringify(cursor.column(codec.columnId('logs', 'Body')))).toMatch(/^\[+null\]+$/);
  const json = codec.protobufToJson('logs', bytes);
  expect(json.ok ? '' : json.error.message).toContain('nested more than 100 deep');
});
