// Stock OpenTelemetry SDKs, unmodified and set up by the environment alone, against the real agent: every transport, with
// and without compression, and what they do when the agent is not there yet. The downstream's counts decide.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { forwardingStack } from './support/forwarding-stack.ts';
import { freePort, until, type Stack } from './support/stack.ts';
import type { RuleDetail } from '../src/model/index.ts';

const root = join(import.meta.dirname, '..');
const python = process.env['WEIR_TEST_PYTHON'] ?? 'python3';
let stack: Stack;
const sink = forwardingStack((started) => { stack = started; });

interface App { readonly program: readonly string[]; readonly protocol: string; readonly compression?: 'gzip'; readonly endpoint?: string; readonly name: string; readonly count: number }

/** Runs one program to its end and gives its exit code. */
function runApp({ program, protocol, compression, endpoint, name, count }: App): Promise<number | null> {
  const [command, ...args] = program as [string, ...string[]];
  const child = spawn(command, [...args, protocol, name, String(count)], {
    cwd: root, stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint ?? (protocol === 'grpc' ? stack.otlpGrpc : stack.otlpHttp), OTEL_EXPORTER_OTLP_INSECURE: 'true', OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta', ...(compression ? { OTEL_EXPORTER_OTLP_COMPRESSION: compression } : {}) },
  });
  return new Promise((resolve) => { child.once('exit', resolve); });
}

async function expectAll(name: string, count: number, spansBefore: number): Promise<void> {
  await until(`${name} arrives whole`, () => sink.count(name) >= count && (sink.sums.get(name) ?? 0) >= count && sink.spans - spansBefore >= count).catch(() => { /* the figures below say what is missing */ });
  expect({ logs: sink.count(name), spans: sink.spans - spansBefore, sum: sink.sums.get(name) ?? 0 }).toEqual({ logs: count, spans: count, sum: count });
}

const javascript = [process.execPath, 'e2e/support/sdk-app.ts'];
for (const protocol of ['grpc', 'http/protobuf', 'http/json']) for (const compression of [undefined, 'gzip'] as const) {
  test(`JavaScript over ${protocol}${compression ? ', compressed' : ''}: logs, traces and metrics all arrive`, async () => {
    const name = `js-${protocol.replace('/', '-')}-${compression ?? 'plain'}`;
    const before = sink.spans;
    expect(await runApp({ program: javascript, protocol, compression, name, count: 1500 })).toBe(0);
    await expectAll(name, 1500, before);
  });
}

const hasPython = spawnSync(python, ['-c', 'import opentelemetry.sdk, opentelemetry.exporter.otlp.proto.http, opentelemetry.exporter.otlp.proto.grpc']).status === 0;
for (const protocol of ['grpc', 'http/protobuf']) for (const compression of [undefined, 'gzip'] as const) {
  test(`Python over ${protocol}${compression ? ', compressed' : ''}: logs, traces and metrics all arrive`, async () => {
    test.skip(!hasPython, 'the OpenTelemetry SDK for Python is not installed (WEIR_TEST_PYTHON names the interpreter that has it)');
    const name = `py-${protocol.replace('/', '-')}-${compression ?? 'plain'}`;
    const before = sink.spans;
    expect(await runApp({ program: [python, 'e2e/support/sdk-app.py'], protocol, compression, name, count: 1500 })).toBe(0);
    await expectAll(name, 1500, before);
  });
}

test('an agent that starts late receives what the SDK has kept and tries again', async () => {
  const [http, grpc] = await Promise.all([freePort(), freePort()]);
  const before = sink.spans;
  const app = runApp({ program: javascript, protocol: 'http/protobuf', endpoint: `http://127.0.0.1:${http}`, name: 'late-agent', count: 400 });
  await new Promise((resolve) => { setTimeout(resolve, 2000); });
  const data = mkdtempSync(join(tmpdir(), 'weir-late-'));
  const agent = spawn(process.execPath, ['src/cli/main.ts', 'agent', '--forward', sink.url], { cwd: root, stdio: ['ignore', 'inherit', 'ignore'], env: { ...process.env, WEIR_DATA: data, WEIR_OTLP_HTTP_PORT: String(http), WEIR_OTLP_GRPC_PORT: String(grpc) } });
  const ended = new Promise((resolve) => { agent.once('exit', resolve); });
  try {
    expect(await app).toBe(0);
    await expectAll('late-agent', 400, before);
  } finally {
    agent.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  }
});

test('rules in the process: a program under weir/register drops before it encodes, and the rule counts it once', async () => {
  const text = 'name: drop-inside\nlocation: in-process\nkql: |\n  Logs\n  | where EventName == "inside" and toint(Attributes.i) % 10 != 0\n  | invoke drop()\n';
  const { id } = await stack.api<RuleDetail>('/rules', { method: 'POST', body: JSON.stringify({ text }) });
  await stack.api(`/rules/${id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1 }) });
  await until('the agent has handed it on', () => readFileSync(join(stack.dataDir, 'agent/in-process/rules.json'), 'utf8').includes(id));
  const received = async (): Promise<number> => (await stack.api<{ agents: { status: { received: { logs: number } } | null }[] }>('/agents')).agents.reduce((sum, { status }) => sum + (status?.received.logs ?? 0), 0);
  const [before, spans] = [await received(), sink.spans];
  const child = spawn(process.execPath, ['--import', './src/register/weir-register.mjs', 'e2e/support/sdk-app.ts', 'http/protobuf', 'inside', '1000'], {
    cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, WEIR_DATA: stack.dataDir, OTEL_EXPORTER_OTLP_ENDPOINT: stack.otlpHttp, OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta' },
  });
  expect(await new Promise((resolve) => { child.once('exit', resolve); })).toBe(0);
  await until('what is left arrives', () => sink.count('inside') >= 100 && sink.spans - spans >= 1000);
  expect(sink.count('inside')).toBe(100);
  await until('the agent has counted what came', async () => await received() - before >= 100);
  expect(await received() - before, 'nothing that was dropped was ever sent').toBe(100);
  await until('the rule says what it did', async () => (await stack.api<RuleDetail>(`/rules/${id}`)).effect.removed === 900);
  await stack.api(`/rules/${id}/disable`, { method: 'POST', body: '{}' });
});
