import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, ProtoWriter } from '../base/index.ts';
import { codec, eachAttribute, eachResourceAttribute, eachScopeAttribute, encodeLogs, metricUnitRange, rawBody, rawContent, rawKind, rawKinds, severityNumberOf, type RecordCursor } from './index.ts';

function at(signal: 'logs' | 'metrics', bytes: Uint8Array, index = 0): RecordCursor {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  cursor.moveTo(index);
  return cursor;
}

/** Keys with the kinds of their values. */
function fieldsOf(each: typeof eachAttribute, cursor: RecordCursor): (readonly [string, number])[] {
  const found: (readonly [string, number])[] = [];
  each(cursor, { field: (bytes, keyStart, keyEnd, valueStart, valueEnd) => { found.push([decodeUtf8(bytes, keyStart, keyEnd), rawKind(bytes, valueStart, valueEnd)]); } });
  return found;
}

describe('raw fields', () => {
  it('are those that the cursor decodes', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.double(), fc.array(fc.string()), fc.constant('x'.repeat(300)));
    fc.assert(fc.property(fc.dictionary(fc.string(), value), fc.dictionary(fc.string(), value), (attributes, resource) => {
      const cursor = at('logs', encodeLogs(resource, 'scope', [{ body: 'a' }, { attributes }]), 1);
      expect(fieldsOf(eachAttribute, cursor).map(([key]) => key)).toEqual(Object.keys(cursor.column(codec.columnId('logs', 'Attributes')) as object));
      expect(fieldsOf(eachResourceAttribute, cursor).map(([key]) => key)).toEqual(Object.keys(cursor.column(codec.columnId('logs', 'Resource')) as object));
    }), { numRuns: 60 });
  });

  it('have the kind of their value, and its range', () => {
    const cursor = at('logs', encodeLogs({}, '', [{ body: { a: 1 }, attributes: { s: 'text', b: true, l: 5, r: 0.5, d: [1], m: { x: 1 }, n: null } }]));
    expect(fieldsOf(eachAttribute, cursor)).toEqual([['s', rawKinds.string], ['b', rawKinds.bool], ['l', rawKinds.int], ['r', rawKinds.double], ['d', rawKinds.array], ['m', rawKinds.kvlist], ['n', rawKinds.empty]]);
    expect(rawBody(cursor) && rawKind(cursor.view.bytes, cursor.sliceStart, cursor.sliceEnd)).toBe(rawKinds.kvlist);
    expect(rawContent.end).toBeGreaterThan(rawContent.start);
  });

  it('are found in a scope that stands before its records, or behind them', () => {
    const scope = (writer: ProtoWriter): void => {
      const mark = writer.open(1);
      writer.stringField(1, 'named');
      const pair = writer.open(3);
      writer.stringField(1, 'library');
      writer.close(pair);
      writer.close(mark);
    };
    for (const isFirst of [true, false]) {
      const writer = new ProtoWriter(256);
      const resource = writer.open(1);
      const scopes = writer.open(2);
      if (isFirst) scope(writer);
      for (let i = 0; i < 3; i++) writer.close(writer.open(2));
      if (!isFirst) scope(writer);
      writer.close(scopes);
      writer.close(resource);
      expect(fieldsOf(eachScopeAttribute, at('logs', writer.finish(), 1))).toEqual([['library', rawKinds.empty]]);
    }
  });

  it('tell the severity wherever it stands', () => {
    for (const severityNumber of [0, 1, 9, 24, 200, 70_000]) expect(severityNumberOf(at('logs', encodeLogs({}, '', [{ timeUnixNano: 5n, severityNumber }])))).toBe(severityNumber);
    expect(severityNumberOf(at('logs', encodeLogs({}, '', [{ severityNumber: 13 }])))).toBe(13);
    expect(severityNumberOf(at('logs', encodeLogs({}, '', [{ body: 'none' }])))).toBe(0);
  });

  it('tell the unit of a metric', () => {
    const point = { name: 'm', unit: 'ms', kind: 'sum', monotonic: true, value: 1, isInt: true, startUnixNano: 1n, timeUnixNano: 2n, attributes: {} } as const;
    const cursor = at('metrics', codec.encodeMetrics({}, '', [point]));
    expect(metricUnitRange(cursor) && decodeUtf8(cursor.view.bytes, cursor.sliceStart, cursor.sliceEnd)).toBe('ms');
    expect(metricUnitRange(at('metrics', codec.encodeMetrics({}, '', [{ ...point, unit: '' }])))).toBe(false);
  });
});
