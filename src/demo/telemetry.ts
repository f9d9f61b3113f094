// The OpenTelemetry set-up that every service of the shop shares: what any Node service would write.
import { context, logs, metrics, propagation, trace, type Attributes } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { hostname } from 'node:os';

export type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';
const severity: Record<Level, number> = { debug: 5, info: 9, warn: 13, error: 17, fatal: 21 };

/** What a line of the shop's code may say about itself; a record may have any, all or none of them. */
export interface Origin { readonly event?: string; readonly file?: string; readonly line?: number }
export type Log = (level: Level, body: string, attributes?: Attributes, origin?: Origin) => void;

/** Starts the three signals for one service, exporting to `endpoint` (an OTLP/HTTP base URL). */
export function startTelemetry(service: string, version: string, endpoint: string): { readonly log: Log; readonly stop: () => Promise<void> } {
  const resource = resourceFromAttributes({
    'service.name': service, 'service.version': version, 'service.namespace': 'shop', 'deployment.environment.name': 'demo', 'service.instance.id': `${service}-1`,
    'host.name': hostname(), 'process.pid': process.pid, 'process.executable.name': 'node',
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const tracers = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }), scheduledDelayMillis: 400, maxQueueSize: 8192 })] });
  const loggers = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url: `${endpoint}/v1/logs` }), scheduledDelayMillis: 300, maxQueueSize: 16_384 })] });
  const meters = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }), exportIntervalMillis: 5000, exportTimeoutMillis: 4000 })] });
  trace.setGlobalTracerProvider(tracers);
  logs.setGlobalLoggerProvider(loggers);
  metrics.setGlobalMeterProvider(meters);
  const logger = logs.getLogger('shop', version);

  const log: Log = (level, body, attributes = {}, origin = {}) => {
    logger.emit({
      severityNumber: severity[level], severityText: level.toUpperCase(), body, context: context.active(),
      ...(origin.event === undefined ? {} : { eventName: origin.event }),
      attributes: { ...attributes, ...(origin.file === undefined ? {} : { 'code.file.path': origin.file, 'code.line.number': origin.line ?? 1 }) },
    });
  };
  const stop = async (): Promise<void> => { await Promise.allSettled([loggers.shutdown(), tracers.shutdown(), meters.shutdown()]); };
  return { log, stop };
}
