// OTLP/HTTP JSON for spans and metrics: the SDK's own serialisers behind a plain POST, for the SDK's JSON exporters of these
// two signals are not among the dependencies.
import { JsonMetricsSerializer, JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { AggregationTemporality, type PushMetricExporter, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { gzipSync } from 'node:zlib';

type Done = Parameters<SpanExporter['export']>[1];
const success = 0;
const failed = 1;

/** Where and how, as the SDK's exporters read it from the environment. */
async function post(path: string, json: Uint8Array | undefined, done: Done): Promise<void> {
  const gzip = process.env['OTEL_EXPORTER_OTLP_COMPRESSION'] === 'gzip';
  const body = gzip ? gzipSync(json ?? '') : Buffer.from(json ?? '');
  const answer = await fetch(`${process.env['OTEL_EXPORTER_OTLP_ENDPOINT']}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(gzip ? { 'content-encoding': 'gzip' } : {}) }, body }).catch((error: Error) => error);
  done(answer instanceof Error ? { code: failed, error: answer } : answer.ok ? { code: success } : { code: failed, error: new Error(`${path} answered ${answer.status}`) });
}

export class JsonSpanExporter implements SpanExporter {
  export(spans: ReadableSpan[], done: Done): void { void post('/v1/traces', JsonTraceSerializer.serializeRequest(spans), done); }
  async forceFlush(): Promise<void> { /* every export is a request of its own */ }
  async shutdown(): Promise<void> { /* holds nothing */ }
}

export class JsonMetricExporter implements PushMetricExporter {
  export(metrics: ResourceMetrics, done: Done): void { void post('/v1/metrics', JsonMetricsSerializer.serializeRequest(metrics), done); }
  selectAggregationTemporality(): AggregationTemporality { return AggregationTemporality.DELTA; }
  async forceFlush(): Promise<void> { /* every export is a request of its own */ }
  async shutdown(): Promise<void> { /* holds nothing */ }
}
