// An ordinary program with the stock OpenTelemetry JS SDK, set up only by the OTEL_… environment; nothing of Weir is known
// to it. Arguments: the protocol, a name, a count. Emits `count` log records with the event name, as many spans, and a
// counter of that name that adds up to `count`; ends with code 0 once all are exported.
import { logs, trace } from '@opentelemetry/api';
import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtoLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as ProtoMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as ProtoTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider, type LogRecordExporter } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';
import { JsonMetricExporter, JsonSpanExporter } from './json-exporters.ts';

const [protocol = '', name = '', countText = '0'] = process.argv.slice(2);
const count = Number(countText);

function exporters(): readonly [LogRecordExporter, SpanExporter, PushMetricExporter] {
  if (protocol === 'grpc') return [new GrpcLogs(), new GrpcTraces(), new GrpcMetrics()];
  if (protocol === 'http/json') return [new JsonLogs(), new JsonSpanExporter(), new JsonMetricExporter()];
  return [new ProtoLogs(), new ProtoTraces(), new ProtoMetrics()];
}

const [logExporter, spanExporter, metricExporter] = exporters();
const resource = resourceFromAttributes({ 'service.name': 'sdk-app' });
const queue = { maxQueueSize: count + 1, maxExportBatchSize: Math.min(count, 512) };
const loggers = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter: logExporter, exportTimeoutMillis: 60_000, ...queue })] });
const tracers = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter: spanExporter, exportTimeoutMillis: 60_000, ...queue })] });
const meters = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 60_000, exportTimeoutMillis: 60_000 })] });

logs.setGlobalLoggerProvider(loggers);
trace.setGlobalTracerProvider(tracers);
const logger = loggers.getLogger('app');
const tracer = tracers.getTracer('app');
const counter = meters.getMeter('app').createCounter(name);
for (let i = 0; i < count; i++) {
  logger.emit({ eventName: name, severityNumber: 9, body: `${name} ${i}`, attributes: { i } });
  tracer.startSpan(`${name} ${i}`).end();
  counter.add(1);
}
await Promise.all([loggers.forceFlush(), tracers.forceFlush(), meters.forceFlush()]);
await Promise.all([loggers.shutdown(), tracers.shutdown(), meters.shutdown()]);
