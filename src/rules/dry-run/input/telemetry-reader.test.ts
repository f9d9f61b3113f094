import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { codec, columnId, encodeLogs, objectToProtobuf } from '../../../otlp/index.ts';
import { TelemetryReader, type TelemetryInput } from './telemetry-reader.ts';

const nowMs = 1_767_261_600_000;

function read(bytes: Uint8Array | string, pieces = 1): TelemetryInput {
  const all = typeof bytes === 'string' ? encodeUtf8(bytes) : bytes;
  const reader = new TelemetryReader(nowMs);
  const size = Math.ceil(all.length / pieces);
  for (let at = 0; at < all.length; at += size) reader.push(all.subarray(at, at + size));
  const input = reader.end();
  if (!input.ok) throw new Error(`${input.error.code}: ${input.error.message}`);
  return input.value;
}

function column(input: TelemetryInput, name: string): unknown[] {
  return input.requests.flatMap((request) => {
    const walked = codec.walk(request.signal, request.bytes);
    if (!walked.ok) throw new Error(walked.error.message);
    const cursor = codec.cursor();
    cursor.reset(walked.value);
    return Array.from({ length: walked.value.recordCount }, (_, i) => { cursor.moveTo(i); return cursor.column(columnId(request.signal, name)); });
  });
}

const otlpJson = (body: string) => ({ resourceLogs: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] }, scopeLogs: [{ logRecords: [{ timeUnixNano: '1767261600000000000', body: { stringValue: body } }] }] }] });
const logs = encodeLogs({ 'service.name': 'cart' }, 's', [{ body: 'one', timeUnixNano: 5n }, { body: 'two', timeUnixNano: 6n }]);
const spans = objectToProtobuf('spans', { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174', name: 'GET /', startTimeUnixNano: '5', endTimeUnixNano: '7' }] }] }] });
const metrics = objectToProtobuf('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'queue.depth.total', gauge: { dataPoints: [{ timeUnixNano: '5', asInt: '3' }] } }] }] }] });
const framed = (part: Uint8Array) => Uint8Array.from([0, 0, part.length >> 8, part.length & 255, ...part]);

describe('TelemetryReader', () => {
  it('reads OTLP protobuf of each signal, alone or behind lengths, in any pieces', () => {
    if (!spans.ok || !metrics.ok) throw new Error('a fixture is wrong');
    expect(read(logs)).toMatchObject({ format: 'OTLP protobuf', records: 2, skipped: 0 });
    expect([logs, spans.value, metrics.value].map((bytes) => read(bytes).requests[0]!.signal)).toEqual(['logs', 'spans', 'metrics']);
    const many = read(Uint8Array.from([...framed(logs), ...framed(spans.value), ...framed(metrics.value)]), 7);
    expect(many.requests.map((request) => request.signal)).toEqual(['logs', 'spans', 'metrics']);
    expect(many.records).toBe(4);
  });

  it('reads OTLP JSON in one document, over many lines, and one a line', () => {
    const expected = ['hello'];
    expect(column(read(JSON.stringify(otlpJson('hello'))), 'Body')).toEqual(expected);
    expect(column(read(JSON.stringify(otlpJson('hello'), null, 2), 5), 'Body')).toEqual(expected);
    const lines = read(`${JSON.stringify(otlpJson('a'))}\r\n\n${JSON.stringify(otlpJson('b'))}\n`, 4);
    expect(lines).toMatchObject({ format: 'OTLP JSON', records: 2, skipped: 0 });
    expect(column(lines, 'Body')).toEqual(['a', 'b']);
  });

  it('reads records by column, with names that are no columns as attributes', () => {
    const input = read('{"EventName":"QueueDepth","Body":"x","depth":3}\n{"ServiceName":"cart","Body":"y","Attributes":{"depth":4}}\n{"Name":"GET /","Kind":"Server"}');
    expect(input).toMatchObject({ format: 'JSON records', records: 3 });
    expect(input.requests.map((request) => request.signal)).toEqual(['logs', 'spans']);
    expect(column({ ...input, requests: input.requests.slice(0, 1) }, 'Attributes')).toEqual([{ depth: 3 }, { depth: 4 }]);
    expect(column({ ...input, requests: input.requests.slice(1) }, 'Name')).toEqual(['GET /']);
  });

  it('takes back what the console copies: derived columns, numbers as text, one below the other', () => {
    const copied = (n: number) => JSON.stringify({
      signal: 'spans', agent: 'cart-1', Timestamp: '1767261600000000000', StartTimestamp: '1767261600000000000', EndTimestamp: '1767261600250000000', Duration: '250000000', Name: `GET /${n}`, Kind: 'Server', DurableId: `GET /${n}`,
      TraceId: '5b8efff798038103d269b633813fc60c', SpanId: 'eee19b7ec3c1b174', Attributes: { big: '9007199254740993', agent: 'own' }, Resource: { 'service.name': 'cart' }, ServiceName: 'cart',
    }, null, 2);
    const input = read(`${copied(1)}\n${copied(2)}\n`, 3);
    expect(input).toMatchObject({ records: 2, skipped: 0, setAside: 0, fromMs: 1_767_261_600_000 });
    expect(input.requests.map((request) => request.signal)).toEqual(['spans']);
    expect([column(input, 'DurableId'), column(input, 'Duration')]).toEqual([['GET /1', 'GET /2'], [250_000_000n, 250_000_000n]]);
    expect(column(input, 'Attributes')[0]).toEqual({ big: '9007199254740993', agent: 'own' });
    const point = read(JSON.stringify({ signal: 'metrics', agent: 'a', MetricName: 'depth', DurableId: 'depth', Kind: 'Histogram', Temporality: 'Delta', Count: '3', Sum: 7.5, BucketCounts: ['1', '2'], ExplicitBounds: [2.5], Timestamp: '1767261600000000000' }));
    expect([column(point, 'Count'), column(point, 'Temporality')]).toEqual([[3], ['Delta']]);
  });

  it('keeps a value that its column cannot hold as an attribute, and says so', () => {
    const input = read('{"Body":"a","SeverityNumber":"loud","TraceId":"xyz"}\n{"Body":"b","SeverityNumber":"17"}\n{"Body":"c","Attributes":[1]}');
    expect(input).toMatchObject({ records: 3, skipped: 0, setAside: 2, firstSetAside: 'Line 1: SeverityNumber must be a number, not "loud".' });
    expect(column(input, 'Attributes')).toEqual([{ SeverityNumber: 'loud', TraceId: 'xyz' }, {}, { Attributes: [1] }]);
    expect(column(input, 'SeverityNumber')).toEqual([null, 17, null]);
  });

  it('takes plain lines as bodies', () => {
    const input = read('GET / 200\nPOST /cart 500\n');
    expect(input).toMatchObject({ format: 'plain lines', records: 2 });
    expect(column(input, 'Body')).toEqual(['GET / 200', 'POST /cart 500']);
  });

  it('leaves out lines that it cannot read, and says which was the first', () => {
    const input = read('{"Body":"a"}\n{"Body": \n{"Body":"b"}\nplain\n');
    expect(input).toMatchObject({ records: 2, skipped: 2 });
    expect(input.firstProblem).toMatch(/^Line 2: /);
  });

  it('says what is wrong when nothing can be read', () => {
    expect(() => read('')).toThrow('telemetry-empty: There is nothing in it.');
    expect(() => read('{"Body": \n "x"')).toThrow(/telemetry-json: This is no JSON/);
    expect(() => read(Uint8Array.of(0, 1, 2, 3, 4, 250))).toThrow(/otlp-protobuf: This is no OTLP export request/);
  });

  it('cuts a large request into pieces that hold all records', () => {
    const large = encodeLogs({}, 's', Array.from({ length: 4500 }, (_, i) => ({ body: `m${i}`, timeUnixNano: 1n })));
    const input = read(large);
    expect(input.requests.length).toBe(3);
    expect(column(input, 'Body')).toEqual(Array.from({ length: 4500 }, (_, i) => `m${i}`));
  });
});
