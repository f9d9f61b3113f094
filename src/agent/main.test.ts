// The whole agent against stock OpenTelemetry exporters and a downstream written on node:http alone.
import { mkdtemp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentStartError, startAgent, type AgentOptions, type RunningAgent } from './index.ts';
import { Downstream } from './test-support/downstream.ts';
import { someLogs } from './test-support/logs.ts';
import { until } from './test-support/until.ts';

let dataDir: string;
let downstream: Downstream;
let forward: string;
let agent: RunningAgent;
let http: string;
let grpc: string;

async function start(changed: Partial<AgentOptions> = {}): Promise<void> {
  agent = await startAgent({ dataDir, otlpHttpPort: 0, otlpGrpcPort: 0, forward, ...changed });
  http = `http://127.0.0.1:${agent.ports.http}`;
  grpc = `http://127.0.0.1:${agent.ports.grpc}`;
}
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weir-agent-'));
  downstream = new Downstream();
  forward = await downstream.start();
  await start();
});
afterEach(async () => { await agent.stop(); await downstream.stop(); });

const resource = resourceFromAttributes({ 'service.name': 'sdk' });
const post = (body: Uint8Array): Promise<Response> => fetch(`${http}/v1/logs`, { method: 'POST', body: body as Uint8Array<ArrayBuffer>, headers: { 'content-type': 'application/x-protobuf' } });

async function emitLogs(exporter: LogRecordExporter, count: number): Promise<void> {
  const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter })] });
  for (let i = 0; i < count; i++) provider.getLogger('test').emit({ eventName: 'Sdk', body: `record ${i}`, attributes: { i } });
  await provider.forceFlush();
  await provider.shutdown();
}
async function emitSpans(exporter: SpanExporter, count: number): Promise<void> {
  const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter })] });
  for (let i = 0; i < count; i++) provider.getTracer('test').startSpan(`span ${i}`).end();
  await provider.forceFlush();
  await provider.shutdown();
}
async function emitMetrics(exporter: PushMetricExporter, count: number): Promise<void> {
  const provider = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })] });
  for (let i = 0; i < count; i++) provider.getMeter('test').createCounter(`counter${i}`).add(1);
  await provider.shutdown();
}

describe('stock OpenTelemetry exporters', () => {
  it.each([
    ['logs over gRPC', 'logs', () => emitLogs(new GrpcLogs({ url: grpc }), 100)],
    ['logs as protobuf', 'logs', () => emitLogs(new ProtoLogs({ url: `${http}/v1/logs` }), 100)],
    ['logs as JSON, gzip', 'logs', () => emitLogs(new JsonLogs({ url: `${http}/v1/logs`, compression: 'gzip' as never }), 100)],
    ['spans over gRPC, gzip', 'spans', () => emitSpans(new GrpcTraces({ url: grpc, compression: 'gzip' as never }), 100)],
    ['spans as protobuf', 'spans', () => emitSpans(new ProtoTraces({ url: `${http}/v1/traces` }), 100)],
    ['metrics over gRPC', 'metrics', () => emitMetrics(new GrpcMetrics({ url: grpc }), 100)],
    ['metrics as protobuf, gzip', 'metrics', () => emitMetrics(new ProtoMetrics({ url: `${http}/v1/metrics`, compression: 'gzip' as never }), 100)],
  ] as const)('%s', async (_, signal, emit) => {
    await emit();
    await until(() => downstream.count(signal) >= 100);
    expect(downstream.count(signal)).toBe(100);
  });
});

describe('rules on disk', () => {
  const config = { version: 1, revision: 3, rules: [{ id: 'r1', name: 'drop-noise', version: 1, order: 1, plan: {
    version: 1, table: 'Logs', sink: { sink: 'drop' },
    operators: [{ op: 'where', predicate: { k: 'call', type: 'bool', fn: '==', args: [{ k: 'column', type: 'string', name: 'EventName' }, { k: 'literal', type: 'string', value: 'Noise' }] } }],
  } }] };

  it('are in force at the start, without a server', async () => {
    await agent.stop();
    await mkdir(join(dataDir, 'agent'), { recursive: true });
    await writeFile(join(dataDir, 'agent', 'rules.json'), JSON.stringify({ version: 1, configHash: 'ab', config }));
    await start({ server: 'ws://127.0.0.1:9', agentToken: 'x' });
    await post(someLogs(10, 'Noise'));
    await post(someLogs(5, 'Signal'));
    await until(() => downstream.count('logs') > 0);
    await agent.stop();
    expect(downstream.count('logs')).toBe(5);
  });
  it('that cannot be read do not stop the agent', async () => {
    await agent.stop();
    await writeFile(join(dataDir, 'agent', 'rules.json'), '{"version":1,');
    await start();
    expect((await post(someLogs(1))).status).toBe(200);
  });
});

describe('lifecycle', () => {
  it('keeps its identity across restarts', async () => {
    const { id } = agent;
    await agent.stop();
    await start();
    expect(agent.id).toBe(id);
    expect(JSON.parse(await readFile(join(dataDir, 'agent', 'instance.json'), 'utf8'))).toEqual({ version: 1, instanceUid: id });
  });
  it('delivers what is queued before it stops', async () => {
    downstream.answers = [{ status: 503 }];
    await post(someLogs(10));
    expect(await agent.stop()).toEqual({ undelivered: 0 });
    expect(downstream.count('logs')).toBe(10);
  });
  it('explains a taken port, for either protocol, and leaves nothing behind', async () => {
    const other = join(dataDir, 'other');
    await expect(startAgent({ dataDir: other, otlpHttpPort: agent.ports.http, otlpGrpcPort: 0 })).rejects.toThrow(/OTLP\/HTTP .*WEIR_OTLP_HTTP_PORT/);
    const grpcTaken = startAgent({ dataDir: other, otlpHttpPort: 0, otlpGrpcPort: agent.ports.grpc });
    await expect(grpcTaken).rejects.toThrow(AgentStartError);
    await expect(grpcTaken).rejects.toThrow(/OTLP\/gRPC .*is taken.*WEIR_OTLP_GRPC_PORT/);
  });
  it('explains bad options', async () => {
    await expect(startAgent({ dataDir, forward: 'nowhere' })).rejects.toThrow(/not an http or https URL/);
    await expect(startAgent({ dataDir, server: 'ws://localhost:1' })).rejects.toThrow(/WEIR_AGENT_TOKEN/);
  });
});
