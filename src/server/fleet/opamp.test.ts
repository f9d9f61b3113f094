// OpAMP over real sockets: any agent appears, gets what it should run, and is missed when it goes.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agentList, overview, type AgentSummary } from '../../model/index.ts';
import { agentCapabilities, remoteConfigStatuses, serverToAgentFlags } from '../../model/opamp/index.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { receivedLogs, statusReport } from '../testing/status.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

const server = new TestServer();
beforeAll(() => server.start());
afterAll(() => server.remove());
const open: FakeAgent[] = [];
afterEach(async () => { await Promise.all(open.splice(0).map((agent) => agent.close())); });

let uid = 1;
const newId = () => (uid++).toString(16).padStart(32, '0');
const connect = async (id: string, more: { weir?: boolean; host?: string } = {}) => {
  const agent = await FakeAgent.connect({ url: server.url, agentToken, id, ...more });
  open.push(agent);
  return agent;
};
const shown = async (id: string): Promise<AgentSummary | undefined> => agentList.parse((await server.call('GET', '/api/v1/agents')).body).agents.find((agent) => agent.id === id);
const until = (id: string, expected: Partial<AgentSummary>) => expect.poll(() => shown(id)).toMatchObject(expected);

describe('a Weir agent', () => {
  it('appears with what it says of itself and is offered the configuration', async () => {
    const id = newId();
    const agent = await connect(id, { host: 'box-7' });
    const config = await agent.untilConfig(() => true);
    expect(config).toMatchObject({ version: 1, rules: [] });
    await until(id, { kind: 'weir', connected: true, name: 'weir-agent@box-7', host: 'box-7', version: '1.2.3', healthy: true, healthMessage: 'ok', configStatus: 'unset', effectiveConfigHash: '' });
    agent.apply();
    await until(id, { configStatus: 'applied' });
    const applied = await shown(id);
    expect(applied?.effectiveConfigHash).toBe(applied?.intendedConfigHash);
    expect(applied?.configAppliedAt).not.toBeNull();
    expect((await server.call('GET', `/api/v1/agents/${id}`)).body).toEqual(applied);
  });
  it('that has the configuration already is not offered it again', async () => {
    const id = newId();
    const first = await connect(id);
    await first.untilConfig(() => true);
    first.apply();
    await until(id, { configStatus: 'applied' });
    await first.close();
    await until(id, { connected: false });
    const again = await connect(id);
    await again.until((message) => message.customCapabilities);
    expect(again.received.filter((message) => message.remoteConfig !== undefined)).toEqual([]);
  });
  it('that could not apply it is shown with its reason', async () => {
    const id = newId();
    const agent = await connect(id);
    const offer = await agent.until((message) => message.remoteConfig);
    agent.send({ remoteConfigStatus: { lastRemoteConfigHash: offer.configHash, status: remoteConfigStatuses.failed, errorMessage: 'the plan is from the future' } });
    await until(id, { configStatus: 'failed', configError: 'the plan is from the future' });
  });
  it('that connects twice is one agent; the old connection ends', async () => {
    const id = newId();
    const old = await connect(id);
    await until(id, { connected: true });
    await connect(id);
    await old.closed();
    await until(id, { connected: true });
  });
  it('keeps its ordinal; another gets another', async () => {
    const [a, b] = [newId(), newId()];
    await (await connect(a)).untilConfig(() => true);
    await (await connect(b)).untilConfig(() => true);
    const ordinal = (await shown(a))?.ordinal;
    expect(ordinal).not.toBe((await shown(b))?.ordinal);
    await open[0]?.close();
    await until(a, { connected: false });
    await connect(a);
    await until(a, { connected: true, ordinal: ordinal as number });
  });
  it('says goodbye and is away', async () => {
    const id = newId();
    const agent = await connect(id);
    await until(id, { connected: true });
    agent.send({ agentDisconnect: {} });
    await agent.closed();
    await until(id, { connected: false });
  });
  it('is asked for everything after a message was lost or when it begins in the middle', async () => {
    const id = newId();
    const agent = await connect(id);
    await agent.untilConfig(() => true);
    const asked = () => agent.received.filter(({ flags }) => (flags & serverToAgentFlags.reportFullState) !== 0).length;
    expect(asked()).toBe(0);
    agent.send({ health: { healthy: false, lastError: 'queue full' } }, 3);
    await expect.poll(asked).toBe(1);
    await until(id, { healthy: false, healthMessage: 'queue full', host: 'box' });
  });
  it('is told about nonsense and stays connected', async () => {
    const id = newId();
    const agent = await connect(id);
    agent.sendRaw(Uint8Array.of(0x0a, 0xff, 0xff));
    agent.sendCustom('status', { version: 1 });
    const complaint = await agent.until(({ errorResponse }) => (errorResponse?.errorMessage.includes('status report') === true ? errorResponse : undefined));
    expect(complaint.errorMessage).toMatch(/startedUnixMs/);
    await until(id, { connected: true, status: null });
  });
});

describe('any other OpAMP agent', () => {
  it('appears with its health and configuration and is offered nothing', async () => {
    const id = newId();
    const agent = await connect(id, { weir: false });
    agent.send({ capabilities: agentCapabilities.reportsStatus, effectiveConfig: { configMap: { configMap: new Map([['', { body: Buffer.from('receivers: {}'), contentType: 'text/yaml' }]]) } } });
    await until(id, { kind: 'opamp', connected: true, effectiveConfig: 'receivers: {}', intendedConfigHash: '' });
    expect(agent.received.some((message) => message.remoteConfig !== undefined)).toBe(false);
  });
});

describe('the overview', () => {
  it('adds up what agents report, with talkers, exporters and marks', async () => {
    const id = newId();
    const agent = await connect(id, { host: 'loud' });
    const started = Date.now() - 4000;
    const talkers = (records: number) => [{ durableId: 'Launch', service: 'shop', signal: 'logs' as const, records, bytes: records * 10 }];
    const exporters = [{ name: 'default', url: null, state: 'none' as const, message: 'No downstream.', sentRecords: 0, sentBytes: 0, queuedRecords: 0, queuedBytes: 0, maxQueuedBytes: 0, droppedQueueFull: 0, droppedRefused: 0, discardedNoDownstream: 0, retries: 0 }];
    for (const second of [1, 2, 3, 4]) agent.sendCustom('status', statusReport(started + second * 1000, { startedUnixMs: started, received: receivedLogs(second * 200), talkers: talkers(second * 150), exporters }));
    await until(id, { status: expect.objectContaining({ atUnixMs: started + 4000 }) as never });
    const seen = overview.parse((await server.call('GET', '/api/v1/overview?seconds=60')).body);
    // Four seconds of 200 lie across five; those at both ends are partly covered.
    expect(Math.max(...seen.points.map((point) => point.in))).toBe(200);
    expect(seen.talkers).toMatchObject([{ durableId: 'Launch', service: 'shop', signal: 'logs', rules: [] }]);
    expect(seen.talkers[0]?.perSecond).toBeGreaterThan(100);
    expect(seen.exporters).toContainEqual({ agent: 'weir-agent@loud', name: 'default', url: null, state: 'none', message: 'No downstream.' });
    expect(seen.marks).toContainEqual(expect.objectContaining({ kind: 'agent', label: 'weir-agent@loud connected' }));
    expect(seen.agents.connected).toBe(1);
  });
});
