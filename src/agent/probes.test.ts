// The whole agent with probes: asked for by the server, into a Node process that knows nothing of it, out as records, and gone by the rip cord.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { actionReport, probeReport, probeRequest, ripCordReport, type AgentStatus, type ProbeReport } from '../model/index.ts';
import { codec, columnId } from '../otlp/index.ts';
import { startAgent, type RunningAgent } from './index.ts';
import { Downstream } from './test-support/downstream.ts';
import { FakeServer } from './test-support/fake-server.ts';
import { someLogs } from './test-support/logs.ts';
import { until } from './test-support/until.ts';

vi.setConfig({ testTimeout: 30_000 });
const folder = mkdtempSync(join(tmpdir(), 'weir-agent-probes-'));
const program = "function move(i) {\n  const user = 'u-' + i;\n  return user;\n}\nlet i = 0;\nsetInterval(() => { move(i++); }, 50);\nconsole.log('ready');\n";
let target: ChildProcess;
let downstream: Downstream;
let server: FakeServer;
let agent: RunningAgent;
let options: Parameters<typeof startAgent>[0];
let tests = 0;

beforeAll(async () => {
  writeFileSync(join(folder, 'tower.cjs'), program);
  target = spawn(process.execPath, ['--inspect-port=0', join(folder, 'tower.cjs')], { stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'], OTEL_SERVICE_NAME: 'weir-tower-test' } });
  await once(target.stdout as NodeJS.ReadableStream, 'data');
});
afterAll(() => { target.kill('SIGKILL'); rmSync(folder, { recursive: true, force: true }); });
beforeEach(async () => {
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  [downstream, server] = [new Downstream(), new FakeServer()];
  options = { dataDir: join(folder, `data-${tests++}`), otlpHttpPort: 0, otlpGrpcPort: 0, forward: await downstream.start(), server: await server.start(), agentToken: 'of-the-test' };
  agent = await startAgent(options);
  await until(() => server.control !== null && said('rip-cord.report').length > 0);
});
afterEach(async () => { await agent.stop(); await server.stop(); await downstream.stop(); vi.unstubAllEnvs(); });

const said = (type: string): unknown[] => server.messages.filter(({ customMessage }) => customMessage?.type === type).map(({ customMessage }) => JSON.parse(Buffer.from(customMessage!.data).toString()) as unknown);
const reportOf = (id: string): ProbeReport | undefined => said('probe.report').map((one) => probeReport.parse(one)).findLast((one) => one.id === id);
const effectOfCord = () => ripCordReport.parse(said('rip-cord.report').at(-1)).effect;
const insert = (id: string): void => {
  server.sendCustom('probe.insert', { id, name: 'probe.moves', what: { kind: 'logpoint', spec: { at: { file: 'tower.cjs', line: 3 }, expressions: [{ expression: 'user' }] } }, target: { service: 'weir-tower-test' }, owner: 'ann', createdUnixMs: 1, reason: 'a test' });
};
const events = (): string[] => downstream.received.filter(({ signal }) => signal === 'logs').flatMap(({ bytes }) => {
  const [view, cursor] = [codec.walk('logs', bytes), codec.cursor()];
  if (!view.ok) return [];
  cursor.reset(view.value);
  return Array.from({ length: view.value.recordCount }, (_, at) => { cursor.moveTo(at); return `${String(cursor.column(columnId('logs', 'ServiceName')))} ${String(cursor.column(columnId('logs', 'EventName')))}`; });
});
const drops = { version: 1, revision: 1, rules: [{ id: 'r', name: 'r', version: 1, order: 1, plan: { version: 1, table: 'Logs', operators: [], sink: { sink: 'drop' } } }] };
const status = (): AgentStatus | undefined => server.statuses().at(-1);

it('puts a logpoint into a process of a service and sends what it gives downstream; the rip cord takes it out and refuses the next', async () => {
  insert('p1');
  await until(() => events().includes('weir-tower-test probe.moves'));
  await until(() => (reportOf('p1')?.emitted ?? 0) > 0);
  expect(reportOf('p1')).toMatchObject({ state: 'active', places: [{ process: { pid: target.pid, service: 'weir-tower-test' }, latest: expect.arrayContaining([expect.objectContaining({ values: { user: expect.stringMatching(/^u-/) } })]) }] });
  server.sendCustom('rip-cord', { pulled: true, by: 'ann', atUnixMs: 1, reason: 'a storm' });
  await until(() => reportOf('p1')?.end === 'rip-cord');
  await until(() => effectOfCord() !== null);
  expect(ripCordReport.parse(said('rip-cord.report').at(-1))).toMatchObject({ pulls: [{ from: 'server', by: 'ann' }], effect: { probesRemoved: 1, problems: [] } });
  insert('p2');
  server.sendCustom('action.run', { id: 'a1', action: 'collect-state', target: { pid: target.pid }, parameters: {}, asker: { kind: 'person', name: 'ann', id: null }, incident: null });
  await until(() => reportOf('p2')?.end === 'refused');
  expect(reportOf('p2')?.why?.code).toBe('rip-cord.pulled');
  await until(() => said('action.report').some((one) => actionReport.parse(one).state === 'refused'));
  expect(actionReport.parse(said('action.report').at(-1)).why?.code).toBe('rip-cord.pulled');
  server.sendCustom('rip-cord', { pulled: false, by: 'ann', atUnixMs: 2, reason: '' });
  insert('p3');
  await until(() => reportOf('p3')?.state === 'active');
  server.sendCustom('probe.remove', { id: 'p3', why: 'enough' });
  await until(() => reportOf('p3')?.end === 'removed');
});

it('lets everything pass while the cord is pulled, over a restart too, and drops again when it is released', async () => {
  const post = (): Promise<Response> => fetch(`http://127.0.0.1:${agent.ports.http}/v1/logs`, { method: 'POST', body: someLogs(5) as Uint8Array<ArrayBuffer>, headers: { 'content-type': 'application/x-protobuf' } });
  server.offer(drops, 1);
  await until(() => server.configStatuses().some(({ hash }) => hash === 1));
  await post();
  await until(() => (status()?.removed.dropped ?? 0) === 5);
  server.sendCustom('rip-cord', { pulled: true, by: 'ann', atUnixMs: 1, reason: '' });
  await until(() => effectOfCord() !== null);
  expect(effectOfCord()).toMatchObject({ rulesOff: 1 });
  await post();
  await until(() => downstream.count('logs') === 5);
  await agent.stop();
  server.messages.length = 0;
  agent = await startAgent(options);
  await until(() => said('rip-cord.report').length > 0);
  expect(ripCordReport.parse(said('rip-cord.report')[0]).pulls).toHaveLength(1);
  await post();
  await until(() => downstream.count('logs') === 10);
  server.sendCustom('rip-cord', { pulled: false, by: 'ann', atUnixMs: 2, reason: '' });
  await until(() => said('rip-cord.report').length > 1);
  await post();
  await until(() => (status()?.removed.dropped ?? 0) === 5);
  expect(downstream.count('logs')).toBe(10);
});

it('tells a server that comes back of its probes, and ends them with itself', async () => {
  insert('p1');
  await until(() => reportOf('p1')?.state === 'active');
  server.cut();
  await until(() => server.control !== null && reportOf('p1')?.state === 'active');
  await agent.stop();
  expect(reportOf('p1')).toMatchObject({ state: 'ended', end: 'agent-stopped' });
});

it('a file is read on from what has left the agent: a stop while the downstream was away loses nothing', async () => {
  await agent.stop();
  const [log, dataDir] = [join(folder, 'shop.log'), join(folder, 'data-file')];
  const numbered = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => `line-${from + i}-end\n`).join('');
  const request = probeRequest.parse({ id: 's1', name: 'tail', what: { kind: 'file', spec: { paths: [log], format: 'plain', from: 'beginning' } }, target: null, owner: 'ann', createdUnixMs: 1 });
  writeFileSync(log, numbered(0, 1000));
  mkdirSync(join(dataDir, 'agent'), { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDir, 'agent', 'probes.json'), JSON.stringify({ version: 1, dynamic: [], statics: [request], untold: [] }));
  writeFileSync(join(dataDir, 'agent', 'actions-policy.json'), JSON.stringify({ version: 1, files: [join(folder, '*.log')] }));
  const away = await startAgent({ ...options, dataDir, server: null, forward: 'http://127.0.0.1:9' });
  await until(() => JSON.stringify(existsSync(join(dataDir, 'agent', 'held.bin')) && readFileSync(join(dataDir, 'agent', 'held.bin')).readDoubleLE(0)) === '1000');
  expect(await away.stop()).toEqual({ undelivered: 1000 });
  appendFileSync(log, numbered(1000, 1010));
  agent = await startAgent({ ...options, dataDir, server: null });
  const arrived = (): Set<string> => new Set(downstream.received.flatMap(({ bytes }) => Buffer.from(bytes).toString('latin1').match(/line-\d+-end/g) ?? []));
  await until(() => arrived().size >= 1010);
  await agent.stop();
  const before = downstream.count('logs');
  agent = await startAgent({ ...options, dataDir, server: null });
  appendFileSync(log, numbered(1010, 1011));
  await until(() => arrived().size >= 1011);
  expect(downstream.count('logs') - before).toBe(1);
});

// A million calls a second and more. What it costs is processor time for each million of them, so that a busy machine changes neither side.
const hotProgram = `let calls = 0, x = 0;
function hot(a) {
  let sum = a;
  for (let i = 0; i < 200; i++) sum += (i & a) * 0.5;
  return sum % 1000;
}
function turn() {
  for (let i = 0; i < 5000; i++) x = hot(x);
  calls += 5000;
  if (calls % 1000000 === 0) { const { user, system } = process.cpuUsage(); console.log(user + system); }
  setTimeout(turn, 0);
}
console.log('ready');
turn();
`;

it('a logpoint in a hot loop pauses itself, comes back by itself, and the process keeps its speed', { timeout: 90_000 }, async () => {
  writeFileSync(join(folder, 'hot.cjs'), hotProgram);
  const hot = spawn(process.execPath, ['--inspect-port=0', join(folder, 'hot.cjs')], { stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] } });
  const told: number[] = [];
  let text = '';
  hot.stdout.on('data', (chunk: Buffer) => { text += chunk.toString(); const lines = text.split('\n'); text = lines.pop() ?? ''; told.push(...lines.map(Number).filter((micros) => micros > 0)); });
  try {
    await until(() => told.length >= 4);
    const [alone, at] = [(told[3]! - told[1]!) / 2, told.length];
    server.sendCustom('probe.insert', { id: 'hot', name: 'probe.hot', what: { kind: 'logpoint', spec: { at: { file: 'hot.cjs', line: 5 }, expressions: [{ expression: 'sum' }] } }, target: { pid: hot.pid }, owner: 'ann', createdUnixMs: 1, reason: 'a test' });
    const pauses = (): number => reportOf('hot')?.places[0]?.pauses ?? 0;
    await until(() => pauses() > 0 || reportOf('hot')?.end !== null && reportOf('hot') !== undefined);
    expect(reportOf('hot')).toMatchObject({ end: null });
    const paused = told.length;
    await until(() => told.length >= paused + 8 && pauses() > 1);
    const states = said('probe.report').map((one) => probeReport.parse(one)).filter(({ id }) => id === 'hot').map(({ state }) => state);
    expect(states.slice(states.indexOf('paused'))).toContain('active');
    const millions = told.length - at;
    expect((told.at(-1)! - told[paused]!) / (told.length - 1 - paused) / alone).toBeLessThan(2);
    expect(reportOf('hot')!.hits).toBeGreaterThan(0);
    expect(reportOf('hot')!.hits).toBeLessThan(millions * 10_000);
    server.sendCustom('probe.remove', { id: 'hot', why: 'enough' });
    await until(() => reportOf('hot')?.end === 'removed');
  } finally {
    hot.kill('SIGKILL');
  }
});
