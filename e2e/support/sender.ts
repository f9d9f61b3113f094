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

/** Emits `count` records and waits until the exporter has delivered them. */
export async function sendLogs(stack: Pick<Stack, 'otlpHttp' | 'otlpGrpc'>, transport: Transport, event: string, count: number, attributes: Record<string, string | number> = {}): Promise<void> {
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'exact-sender', 'service.version': '1.0.0' }),
    processors: [new BatchLogRecordProcessor({ exporter: exporterFor(transport, stack), maxQueueSize: count + 1, maxExportBatchSize: Math.min(512, count) })],
  });
  const logger = provider.getLogger('e2e');
  for (let i = 0; i < count; i++) logger.emit({ eventName: event, severityNumber: 9, severityText: 'INFO', body: `${event} number ${i}`, attributes: { ...attributes, n: i } });
  await provider.forceFlush();
  await provider.shutdown();
}
