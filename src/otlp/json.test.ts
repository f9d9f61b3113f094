import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signals } from '../model/index.ts';
import { codec, decodeResponse, decodeStatus, durableId, encodeLogs, encodeResponse, encodeStatus } from './index.ts';
import { requestParts } from './testing/requests.test.ts';
import { write } from './testing/requests.ts';

const bytesOf = (document: unknown): Uint8Array => new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document));
const oneLog = (record: unknown): unknown => ({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] });

test.each(signals)('%s: JSON of any request converts to protobuf whose JSON is the same', (signal) => {
  fc.assert(fc.property(requestParts[signal], (parts) => {
    const json = codec.protobufToJson(signal, write(parts));
    if (!json.ok) throw new Error(json.error.message);
    const back = codec.jsonToProtobuf(signal, bytesOf(json.value));
    if (!back.ok) throw new Error(`${back.error.message} in ${JSON.stringify(json.value)}`);
    expect(clean(unwrap(codec.protobufToJson(signal, back.value)))).toEqual(clean(json.value));
  }), { numRuns: 150 });
});

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Without empty lists, which protobuf has no way to write. */
function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => !(Array.isArray(member) && member.length === 0)).map(([name, member]) => [name, clean(member)]));
}

test('the forms that senders use: strings and numbers for 64 bits, names for enums, null and unknown fields', () => {
  const converted = unwrap(codec.jsonToProtobuf('logs', bytesOf(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[
    {"timeUnixNano":1760000000123456789,"severityNumber":"SEVERITY_NUMBER_WARN","body":{"intValue":9007199254740993},"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":null,"new_field":{"a":1},
     "attributes":[{"key":"n","value":{"intValue":"-5"}},{"key":"text","value":{"stringValue":"x, 1760000000123456789,"}},{"key":"d","value":{"doubleValue":1}}]}]}]}]}`)));
  const view = unwrap(codec.walk('logs', converted));
  const cursor = codec.cursor();
  cursor.reset(view);
  cursor.moveTo(0);
  const column = (name: string): unknown => cursor.column(codec.columnId('logs', name));
  expect([column('Timestamp'), column('SeverityNumber'), column('Body'), column('TraceId'), column('SpanId')]).toEqual([1760000000123456789n, 13, 9007199254740993n, '5b8efff798038103d269b633813fc60c', null]);
  expect(column('Attributes')).toEqual({ n: -5, text: 'x, 1760000000123456789,', d: 1 });
});

test.each([
  ['[]', 'logs should be an object'], ['{', 'The body is not JSON'], [{ resourceLogs: {} }, 'logs.resourceLogs should be an array'],
  [oneLog({ timeUnixNano: 'soon' }), 'logs.resourceLogs[0].scopeLogs[0].logRecords[0].timeUnixNano should be an integer'], [oneLog({ traceId: 'xyz' }), 'traceId should be an id in hex'],
  [oneLog({ timeUnixNano: '-1' }), 'timeUnixNano should be an integer between 0'], [oneLog({ body: { bytesValue: '*' } }), 'bytesValue should be base64'], [oneLog(7), 'logRecords[0] should be an object'],
])('%j is refused with the path', (document, want) => {
  const refused = codec.jsonToProtobuf('logs', bytesOf(document));
  expect(refused.ok ? '' : refused.error.message).toContain(want);
});

test('JSON nested past the bound is refused, however deep', () => {
  const deep = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${'{"arrayValue":{"values":['.repeat(20_000)}{}${']}}'.repeat(20_000)}}]}]}]}`;
  const refused = codec.jsonToProtobuf('logs', bytesOf(deep));
  expect(refused.ok ? '' : refused.error.message).toMatch(/nested more than 100 messages deep/);
});

test('answers and errors survive their encodings', () => {
  fc.assert(fc.property(fc.nat(), fc.string(), fc.constantFrom(...signals), fc.constantFrom('protobuf' as const, 'json' as const), (rejected, message, signal, encoding) => {
    const want = rejected === 0 && message === '' ? null : { rejected, message: message.toWellFormed() };
    expect(unwrap(decodeResponse(signal, encodeResponse(signal, { rejected, message }, encoding), encoding))).toEqual(want);
  }));
  fc.assert(fc.property(fc.integer({ min: 0, max: 16 }), fc.string(), fc.option(fc.nat(100_000_000)), (code, message, retryDelayMs) => {
    expect(decodeStatus(encodeStatus({ code, message, retryDelayMs }, 'protobuf'))).toEqual({ code, message: message.toWellFormed(), retryDelayMs });
  }));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => { decodeStatus(bytes); decodeResponse('logs', bytes, 'protobuf'); decodeResponse('logs', bytes, 'json'); }));
});

test('metrics that rules make read back as they were given', () => {
  const made = codec.encodeMetrics({ 'service.name': 'agent' }, 'weir', [
    { name: 'app.launches', unit: '{launch}', kind: 'sum', monotonic: true, value: 42, isInt: true, startUnixNano: 10n, timeUnixNano: 20n, attributes: { ServiceName: 'frontend' } },
    { name: 'app.launches', unit: '{launch}', kind: 'sum', monotonic: true, value: 1, isInt: true, startUnixNano: 10n, timeUnixNano: 20n, attributes: { ServiceName: 'cart' } },
    { name: 'load', unit: '', kind: 'gauge', monotonic: false, value: 0.25, isInt: false, startUnixNano: 10n, timeUnixNano: 20n, attributes: {} },
  ]);
  const json = unwrap(codec.protobufToJson('metrics', made)) as { resourceMetrics: { scopeMetrics: { scope: unknown; metrics: unknown[] }[] }[] };
  const [scope] = json.resourceMetrics[0]!.scopeMetrics;
  expect(scope!.scope).toEqual({ name: 'weir' });
  expect(scope!.metrics).toEqual([
    { name: 'app.launches', unit: '{launch}', sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [
      { startTimeUnixNano: '10', timeUnixNano: '20', asInt: '42', attributes: [{ key: 'ServiceName', value: { stringValue: 'frontend' } }] },
      { startTimeUnixNano: '10', timeUnixNano: '20', asInt: '1', attributes: [{ key: 'ServiceName', value: { stringValue: 'cart' } }] }] } },
    { name: 'load', gauge: { dataPoints: [{ startTimeUnixNano: '10', timeUnixNano: '20', asDouble: 0.25 }] } },
  ]);
});

test('a durable id is the event name, else file and line by either convention, else none', () => {
  const view = unwrap(codec.walk('logs', encodeLogs({}, '', [
    { eventName: 'E', attributes: { 'code.file.path': 'a.ts', 'code.line.number': 3 } }, { attributes: { 'code.file.path': 'a.ts', 'code.line.number': 3 } },
    { attributes: { 'code.filepath': 'b.py', 'code.lineno': 4 } }, { attributes: { 'code.file.path': 'a.ts' } }, { body: 'x' },
  ])));
  const cursor = codec.cursor();
  cursor.reset(view);
  expect(Array.from({ length: 5 }, (_, i) => { cursor.moveTo(i); return durableId(cursor); })).toEqual([
    { id: 'E', source: 'event-name' }, { id: 'a.ts:3', source: 'code-location' }, { id: 'b.py:4', source: 'code-location' }, { id: null, source: 'none' }, { id: null, source: 'none' },
  ]);
});
