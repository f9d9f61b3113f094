// Against the serialisers of the official OpenTelemetry JS packages: what they write, we read; JSON and protobuf of the
// same data come out the same; and their answer readers understand our answers.
import { SpanKind, TraceFlags } from '@opentelemetry/api';
import {
  JsonLogsSerializer, JsonMetricsSerializer, JsonTraceSerializer, ProtobufLogsSerializer, ProtobufMetricsSerializer, ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { AggregationTemporality, AggregationType, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import type { Signal } from '../model/index.ts';
import { codec, columnsOf, encodeResponse, type Value } from './index.ts';

const resource = resourceFromAttributes({ 'service.name': 'frontend', 'host.cpus': 8 });
const traceId = '5b8efff798038103d269b633813fc60c';
const spanContext = { traceId, spanId: 'eee19b7ec3c1b174', traceFlags: TraceFlags.SAMPLED };

async function logs() {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ resource, processors: [new SimpleLogRecordProcessor({ exporter })] });
  provider.getLogger('orders', '1.2.0').emit({
    eventName: 'OrderAccepted', body: { order: 7, note: 'gr\u00fc\u00dfe', parts: [1, 'two', true, null] }, severityNumber: 9, severityText: 'INFO', timestamp: [1_760_000_000, 123_456_789],
    attributes: { 'http.route': '/orders', ratio: 0.5, count: -3, big: 2 ** 40, flags: [true, false], raw: new Uint8Array([0, 255, 7]), empty: '' },
  });
  provider.getLogger('launch').emit({ body: 'plain', timestamp: [1_760_000_001, 5] });
  await provider.forceFlush();
  return exporter.getFinishedLogRecords();
}

async function spans() {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const span = provider.getTracer('shop', '3').startSpan('GET /cart', { kind: SpanKind.SERVER, attributes: { 'http.route': '/cart' }, startTime: [1_760_000_000, 0], links: [{ context: spanContext, attributes: { why: 'retry' } }] });
  span.addEvent('cache miss', { key: 'cart:1' }, [1_760_000_000, 500]);
  span.setStatus({ code: 2, message: 'no cart' });
  span.end([1_760_000_000, 2_000_000]);
  await provider.forceFlush();
  return exporter.getFinishedSpans();
}

async function metrics() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const reader = new PeriodicExportingMetricReader({ exporter });
  const provider = new MeterProvider({ resource, readers: [reader], views: [{ instrumentName: 'sizes', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }] });
  const meter = provider.getMeter('shop');
  meter.createCounter('orders', { unit: '{order}' }).add(3, { tier: 'gold' });
  meter.createUpDownCounter('open').add(-2.5);
  meter.createHistogram('latency', { unit: 'ms', description: 'time to answer' }).record(12);
  meter.createHistogram('sizes').record(300);
  meter.createObservableGauge('queue').addCallback((result) => result.observe(7, { queue: 'q1' }));
  await provider.forceFlush();
  return exporter.getMetrics().at(-1)!;
}

const ofBoth: Readonly<Record<Signal, () => Promise<readonly [protobuf: Uint8Array, json: Uint8Array]>>> = {
  logs: async () => { const made = await logs(); return [ProtobufLogsSerializer.serializeRequest(made)!, JsonLogsSerializer.serializeRequest(made)!]; },
  spans: async () => { const made = await spans(); return [ProtobufTraceSerializer.serializeRequest(made)!, JsonTraceSerializer.serializeRequest(made)!]; },
  metrics: async () => { const made = await metrics(); return [ProtobufMetricsSerializer.serializeRequest(made)!, JsonMetricsSerializer.serializeRequest(made)!]; },
};

/** Every column of every record. */
function rows(signal: Signal, bytes: Uint8Array): Record<string, Value>[] {
  const view = codec.walk(signal, bytes);
  if (!view.ok) throw new Error(view.error.message);
  const cursor = codec.cursor();
  cursor.reset(view.value);
  return Array.from({ length: view.value.recordCount }, (_, i) => {
    cursor.moveTo(i);
    return Object.fromEntries(columnsOf(signal).map((column, id) => [column.name, cursor.column(id)]));
  });
}

test.each(['logs', 'spans', 'metrics'] as const)('%s: their protobuf and their JSON give the same records', async (signal) => {
  const [protobuf, json] = await ofBoth[signal]();
  const converted = codec.jsonToProtobuf(signal, json);
  if (!converted.ok) throw new Error(converted.error.message);
  expect(rows(signal, converted.value)).toEqual(rows(signal, protobuf));
  expect(rows(signal, protobuf).length).toBeGreaterThan(0);
});

test.each(['logs', 'spans', 'metrics'] as const)('%s: protobuf to JSON and back loses nothing', async (signal) => {
  const [protobuf] = await ofBoth[signal]();
  const json = codec.protobufToJson(signal, protobuf);
  if (!json.ok) throw new Error(json.error.message);
  const back = codec.jsonToProtobuf(signal, new TextEncoder().encode(JSON.stringify(json.value)));
  if (!back.ok) throw new Error(back.error.message);
  expect(rows(signal, back.value)).toEqual(rows(signal, protobuf));
  expect(codec.protobufToJson(signal, back.value)).toEqual(json);
});

test('columns of a log say what the SDK was told', async () => {
  const [first, second] = rows('logs', (await ofBoth.logs())[0]);
  expect(first).toMatchObject({
    Timestamp: 1_760_000_000_123_456_789n, SeverityNumber: 9, SeverityText: 'INFO', EventName: 'OrderAccepted', DurableId: 'OrderAccepted', ServiceName: 'frontend',
    ScopeName: 'orders', ScopeVersion: '1.2.0', Body: { order: 7, note: 'gr\u00fc\u00dfe', parts: [1, 'two', true, null] }, TraceId: null,
    Attributes: { 'http.route': '/orders', ratio: 0.5, count: -3, big: 2 ** 40, flags: [true, false], raw: new Uint8Array([0, 255, 7]), empty: '' },
    Resource: { 'service.name': 'frontend', 'host.cpus': 8 },
  });
  expect(second).toMatchObject({ Body: 'plain', ScopeName: 'launch', ScopeVersion: null, EventName: null, DurableId: null, SeverityNumber: null });
});

test('columns of a span say what the SDK was told', async () => {
  const [only] = rows('spans', (await ofBoth.spans())[0]);
  expect(only).toMatchObject({
    Name: 'GET /cart', Kind: 'Server', StatusCode: 'Error', StatusMessage: 'no cart', Duration: 2_000_000n, StartTimestamp: 1_760_000_000_000_000_000n, ParentSpanId: null, DurableId: 'GET /cart',
    Events: [{ Name: 'cache miss', Timestamp: 1_760_000_000_000_000_500n, Attributes: { key: 'cart:1' } }], Links: [{ TraceId: traceId, SpanId: spanContext.spanId, Attributes: { why: 'retry' } }],
  });
  expect(only!['TraceId']).toMatch(/^[0-9a-f]{32}$/);
});

test('columns of every kind of point', async () => {
  const points = Object.fromEntries(rows('metrics', (await ofBoth.metrics())[0]).map((row) => [row['MetricName'], row]));
  expect(points['orders']).toMatchObject({ Kind: 'Sum', Temporality: 'Delta', Value: 3, Unit: '{order}', Attributes: { tier: 'gold' }, Count: null, ServiceName: 'frontend' });
  expect(points['open']).toMatchObject({ Kind: 'Sum', Value: -2.5 });
  expect(points['queue']).toMatchObject({ Kind: 'Gauge', Value: 7, Temporality: null });
  expect(points['latency']).toMatchObject({ Kind: 'Histogram', Count: 1, Sum: 12, Min: 12, Max: 12, Value: null, Description: 'time to answer', Unit: 'ms' });
  expect((points['latency']!['BucketCounts'] as number[]).length).toBe((points['latency']!['ExplicitBounds'] as number[]).length + 1);
  expect(points['sizes']).toMatchObject({ Kind: 'ExponentialHistogram', Count: 1, Sum: 300, Min: 300, Max: 300 });
});

test('their readers understand our answers, in both encodings', () => {
  const partial = { rejected: 12, message: 'two attributes too many' };
  const want = { partialSuccess: { errorMessage: partial.message } };
  expect(ProtobufLogsSerializer.deserializeResponse(encodeResponse('logs', partial, 'protobuf'))).toMatchObject({ partialSuccess: { rejectedLogRecords: 12, ...want.partialSuccess } });
  expect(ProtobufTraceSerializer.deserializeResponse(encodeResponse('spans', partial, 'protobuf'))).toMatchObject({ partialSuccess: { rejectedSpans: 12 } });
  expect(ProtobufMetricsSerializer.deserializeResponse(encodeResponse('metrics', partial, 'protobuf'))).toMatchObject({ partialSuccess: { rejectedDataPoints: 12 } });
  expect(JsonLogsSerializer.deserializeResponse(encodeResponse('logs', partial, 'json'))).toMatchObject(want);
  expect(ProtobufLogsSerializer.deserializeResponse(encodeResponse('logs', null, 'protobuf')).partialSuccess ?? null).toBeNull();
});
