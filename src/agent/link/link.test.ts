// The whole agent against a small fake server: OpAMP, rules, tails, reconnecting.
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentCapabilities, attributesToText, instanceUidToHex, remoteConfigStatuses } from '../../model/opamp/index.ts';
import { codec } from '../../otlp/index.ts';
import { startAgent, type RunningAgent } from '../index.ts';
import { FakeServer } from '../test-support/fake-server.ts';
import { someLogs } from '../test-support/logs.ts';
import { until } from '../test-support/until.ts';

const nameIs = (name: string): unknown => ({ op: 'where', predicate: { k: 'call', type: 'bool', fn: '==', args: [{ k: 'column', type: 'string', name: 'EventName' }, { k: 'literal', type: 'string', value: name }] } });
const dropRule = { id: 'r1', name: 'drop-noise', version: 1, order: 1, plan: { version: 1, table: 'Logs', sink: { sink: 'drop' }, operators: [nameIs('Noise')] } };
const config = (rules: unknown[]): unknown => ({ version: 1, revision: 1, rules });

let dataDir: string;
let server: FakeServer;
let agent: RunningAgent;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weir-link-'));
  server = new FakeServer();
  agent = await startAgent({ dataDir, otlpHttpPort: 0, otlpGrpcPort: 0, server: await server.start(), agentToken: 'secret' });
  await until(() => server.messages.length > 0 && server.data !== null);
});
afterEach(async () => { await agent.stop(); await server.stop(); });

const send = (bytes: Uint8Array): Promise<Response> =>
  fetch(`http://127.0.0.1:${agent.ports.http}/v1/logs`, { method: 'POST', body: bytes as Uint8Array<ArrayBuffer>, headers: { 'content-type': 'application/x-protobuf' } });
async function openTail(changed: object = {}): Promise<void> {
  server.sendCustom('tail.subscribe', { subscription: 7, signals: ['logs'], stage: 'out', plan: null, maxRecordsPerSecond: 1000, ...changed });
  const before = server.statuses().length;
  await until(() => server.statuses().slice(before).some(({ tail }) => tail.subscriptions === 1));
}
const tailed = (): number => server.frames.reduce((sum, frame) => sum + frame.records, 0);

describe('the first message', () => {
  it('says who the agent is, with its token', () => {
    const [first] = server.messages;
    expect(server.requests).toContainEqual({ path: '/v1/opamp', authorization: 'Bearer secret' });
    expect(server.requests).toContainEqual({ path: `/v1/data?agent=${agent.id}`, authorization: 'Bearer secret' });
    expect(instanceUidToHex(first!.instanceUid)).toBe(agent.id);
    expect(first!.capabilities & agentCapabilities.reportsStatus).toBe(1);
    expect(attributesToText(first!.agentDescription!.identifyingAttributes)).toMatchObject({ 'service.name': 'weir-agent', 'service.instance.id': agent.id });
    expect(attributesToText(first!.agentDescription!.nonIdentifyingAttributes)).toMatchObject({ 'os.type': expect.any(String), 'host.name': expect.any(String) });
    expect(first).toMatchObject({ health: { healthy: true }, customCapabilities: { capabilities: ['io.weir.v1'] }, remoteConfigStatus: { status: remoteConfigStatuses.unset } });
  });
  it('is followed by a status each second, numbered without gaps', async () => {
    await until(() => server.statuses().length >= 2);
    expect(server.messages.map(({ sequenceNum }) => sequenceNum)).toEqual(server.messages.map((_, i) => i + 1));
    expect(server.statuses()[0]).toMatchObject({ pid: process.pid, exporters: [{ name: 'default', state: 'none' }] });
  });
  it('is repeated in full when the server asks', async () => {
    const before = server.messages.length;
    server.send({ flags: 1 });
    await until(() => server.messages.slice(before).some(({ agentDescription }) => agentDescription !== undefined));
  });
});

describe('rules from the server', () => {
  it('are applied, reported, in force and saved', async () => {
    server.offer(config([dropRule]), 5);
    await until(() => server.configStatuses().some(({ status }) => status === remoteConfigStatuses.applied));
    expect(server.configStatuses().map(({ status, hash }) => [status, hash])).toEqual([[0, -1], [remoteConfigStatuses.applying, 5], [remoteConfigStatuses.applied, 5]]);
    const effective = server.messages.findLast(({ effectiveConfig }) => effectiveConfig !== undefined)!.effectiveConfig!.configMap!.configMap.get('weir.rules.json')!;
    expect(JSON.parse(Buffer.from(effective.body).toString())).toMatchObject({ rules: [{ id: 'r1', version: 1 }] });
    expect(JSON.parse(await readFile(join(dataDir, 'agent', 'rules.json'), 'utf8'))).toMatchObject({ version: 1, configHash: '05', config: { rules: [{ id: 'r1' }] } });
    await send(someLogs(10, 'Noise'));
    await until(() => server.statuses().some(({ removed }) => removed.dropped === 10));
    expect(server.statuses().at(-1)!.rules).toMatchObject([{ id: 'r1', matched: 10, removed: 10 }]);
  });
  it('run without the one that this agent cannot run, which says why', async () => {
    server.offer(config([{ ...dropRule, id: 'r2', plan: { version: 1, table: 'Nonsense' } }, dropRule]), 6);
    await until(() => server.configStatuses().some(({ status, hash }) => status === remoteConfigStatuses.applied && hash === 6));
    await send(someLogs(10, 'Noise'));
    await until(() => server.statuses().some(({ removed }) => removed.dropped === 10));
    expect(server.statuses().at(-1)!.rules.find(({ id }) => id === 'r2')).toMatchObject({ matched: 0, disabled: { reason: expect.stringMatching(/\w{4}/) } });
    expect(server.statuses().at(-1)!.rules.find(({ id }) => id === 'r1')!.disabled ?? null).toBeNull();
  });
  it('that cannot be read are refused with a reason, and the last good ones stay', async () => {
    server.offer(config([dropRule]), 5);
    server.offer('nonsense', 7);
    await until(() => server.configStatuses().at(-1)!.hash === 7 && server.configStatuses().at(-1)!.status === remoteConfigStatuses.failed);
    await send(someLogs(10, 'Noise'));
    await until(() => server.statuses().some(({ removed }) => removed.dropped === 10));
  });
  it('survive a lost connection: the agent comes back with the same hash', async () => {
    server.offer(config([dropRule]), 5);
    await until(() => server.configStatuses().some(({ status }) => status === remoteConfigStatuses.applied));
    server.cut();
    await until(() => server.configStatuses().length > 0);
    expect(server.configStatuses()[0]).toMatchObject({ status: remoteConfigStatuses.applied, hash: 5 });
  });
});

describe('hostile servers', () => {
  it('noise on the control connection changes nothing', async () => {
    server.control!.send(Buffer.from([0, 0xff, 0xff, 0xff]));
    server.control!.send('text');
    server.sendCustom('tail.subscribe', { subscription: -1 });
    server.send({ customMessage: { capability: 'io.weir.v1', type: 'tail.subscribe', data: Uint8Array.of(1) } });
    server.send({ agentIdentification: { newInstanceUid: Uint8Array.of(1) } });
    await until(() => server.statuses().length >= 2);
    expect(server.statuses().at(-1)!.tail.subscriptions).toBe(0);
  });
  it('a new instance uid is taken on both connections and kept', async () => {
    server.send({ agentIdentification: { newInstanceUid: new Uint8Array(16).fill(0xab) } });
    await until(() => server.requests.some(({ path }) => path === `/v1/data?agent=${'ab'.repeat(16)}`));
    expect(JSON.parse(await readFile(join(dataDir, 'agent', 'instance.json'), 'utf8'))).toMatchObject({ instanceUid: 'ab'.repeat(16) });
  });
});

describe('tails', () => {
  it('carry every record, with a ratio of 1', async () => {
    await openTail();
    for (let i = 0; i < 5; i++) await send(someLogs(10));
    await until(() => tailed() === 50);
    expect(server.frames.every(({ ratio, shedByAgent, subscription, stage }) => ratio === 1 && shedByAgent === 0 && subscription === 7 && stage === 'out')).toBe(true);
    const counted = server.frames.map(({ payload }) => codec.walk('logs', payload)).map((view) => (view.ok ? view.value.recordCount : -1));
    expect(counted).toEqual(server.frames.map(({ records }) => records));
  });
  it('filter on the agent', async () => {
    await openTail({ plan: { version: 1, table: 'Logs', sink: null, operators: [nameIs('Wanted')] } });
    await send(someLogs(10, 'Other'));
    await send(someLogs(3, 'Wanted'));
    await until(() => tailed() > 0);
    expect([tailed(), server.frames[0]!.ratio]).toEqual([3, 1]);
  });
  it('stay within their rate, and say which share they carry', async () => {
    await openTail({ maxRecordsPerSecond: 100 });
    await send(someLogs(1000));
    const stoodFor = (): number => server.frames.reduce((sum, { records, ratio }) => sum + records / ratio, 0);
    await until(() => stoodFor() > 999);
    expect(stoodFor()).toBeCloseTo(1000, 3);
    expect(tailed()).toBeGreaterThan(90);
    expect(tailed()).toBeLessThan(111);
  });
  it('show the records before the rules or after them', async () => {
    server.offer(config([dropRule]), 5);
    await until(() => server.configStatuses().some(({ status }) => status === remoteConfigStatuses.applied));
    await openTail({ stage: 'in' });
    await send(someLogs(4, 'Noise'));
    await until(() => tailed() === 4);
    expect(server.frames[0]!.stage).toBe('in');
  });
  it('end when the server says so or goes away', async () => {
    await openTail();
    server.sendCustom('tail.unsubscribe', { subscription: 7 });
    await until(() => server.statuses().at(-1)!.tail.subscriptions === 0);
    await openTail();
    server.control!.terminate();
    const connections = server.requests.length;
    await until(() => server.requests.length > connections);
    const before = server.statuses().length;
    await until(() => server.statuses().length > before);
    expect(server.statuses().at(-1)!.tail.subscriptions).toBe(0);
  });
  it('that cannot be delivered are counted as shed, and reported once they can', async () => {
    await openTail();
    server.refuseData();
    // It has noticed when it tries again.
    await until(() => server.dataRefused! > 0);
    await send(someLogs(20));
    await until(() => server.statuses().at(-1)!.tail.shedRecords === 20);
    server.acceptData();
    await until(() => server.data !== null);
    const told = (): number => server.frames.reduce((sum, frame) => sum + frame.shedByAgent, 0);
    // The server's side of a connection is there a moment before the agent's.
    while (tailed() === 0) await send(someLogs(5));
    await until(() => server.statuses().at(-1)!.tail.sentRecords === tailed());
    const { shedRecords } = server.statuses().at(-1)!.tail;
    expect([told(), server.frames[0]!.shedByAgent]).toEqual([shedRecords, shedRecords]);
    expect(shedRecords % 5).toBe(0);
  });
});
