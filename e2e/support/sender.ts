// Sends log records with the stock OpenTelemetry JS SDK, so that the tests know exactly how many were emitted.
import { OTLPLogExporter as GrpcLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as HttpLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtoLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider, type LogRecordExporter } from '@opentelemetry/sdk-logs';
import type { Stack } from './stack.ts';

export type Transport = 'grpc' | 'http-json' | 'http-protobuf';

export function exporterFor(transport: Transport, stack: Pick<Stack, 'otlpHttp' | 'otlpGrpc'>): LogRecordExporter {
  if (transport === 'grpc') return new GrpcLogExporter({ url: stack.otlpGrpc });
  const url = `${stack.otlpHttp}/v1/logs`;
  return transport === 'http-json' ? new HttpLogExporter({ url }) : new ProtoLogExporter({ url });
}

/** What one log record says; the service is the sender's when none is named, the time (Unix milliseconds) that of sending. */
export interface Sent { readonly event: string; readonly body?: string; readonly attributes?: Readonly<Record<string, string | number | boolean | string[]>>; readonly service?: string; readonly at?: number }

/** Emits `count` records and waits until the exporter has delivered them. */
export async function sendLogs(stack: Pick<Stack, 'otlpHttp' | 'otlpGrpc'>, transport: Transport, event: string, count: number, attributes: Record<string, string | number> = {}): Promise<void> {
  await sendRecords(stack, Array.from({ length: count }, (_, i) => ({ event, body: `${event} number ${i}`, attributes: { ...attributes, n: i } })), transport);
}

/** Emits these records, each service with a resource of its own, and waits until the exporters have delivered them. */
export async function sendRecords(stack: Pick<Stack, 'otlpHttp' | 'otlpGrpc'>, records: readonly Sent[], transport: Transport = 'http-protobuf'): Promise<void> {
  for (const [service, own] of Map.groupBy(records, (record) => record.service ?? 'exact-sender')) {
    const provider = new LoggerProvider({
      resource: resourceFromAttributes({ 'service.name': service, 'service.version': '1.0.0' }),
      processors: [new BatchLogRecordProcessor({ exporter: exporterFor(transport, stack), maxQueueSize: own.length + 1, maxExportBatchSize: Math.min(512, own.length) })],
    });
    const logger = provider.getLogger('e2e');
    for (const { event, body = event, attributes = {}, at } of own) logger.emit({ eventName: event, severityNumber: 9, severityText: 'INFO', body, attributes, ...(at === undefined ? {} : { timestamp: at }) });
    await provider.forceFlush();
    await provider.shutdown();
  }
}
