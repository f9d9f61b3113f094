// OpAMP over real sockets: any agent appears, gets what it should run, and is missed when it goes.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { agentList, overview, ruleDetail, type AgentSummary } from '../../model/index.ts';
import { agentCapabilities, instanceUidToHex, remoteConfigStatuses, serverToAgentFlags } from '../../model/opamp/index.ts';
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
  it('that is a second process with the same id gets another, and both stay', async () => {
    const id = newId();
    const first = await connect(id, { host: 'box-1' });
    await until(id, { connected: true, host: 'box-1' });
    const clone = await connect(id, { host: 'box-2' });
    const { agentIdentification } = await clone.until((message) => (message.agentIdentification === undefined ? undefined : message));
    const other = instanceUidToHex(agentIdentification?.newInstanceUid ?? new Uint8Array());
    expect(other).toMatch(/^[0-9a-f]{32}$/);
    expect(other).not.toBe(id);
    // What it still says under the old id is nobody's.
    clone.send({ health: { healthy: false, lastError: 'of the clone' } });
    clone.rename(other);
    clone.hello();
    await until(other, { connected: true, host: 'box-2', healthy: true });
    await until(id, { connected: true, host: 'box-1', healthy: true });
    first.send({ health: { healthy: true, status: 'still here' } });
    await until(id, { healthMessage: 'still here' });
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
  const clock = new ManualClock(1_800_000_000_000_000_000n);
  const timed = new TestServer({ clock });
  beforeAll(() => timed.start());
  afterAll(() => timed.remove());

  it('adds up what agents report, with talkers, exporters and marks', async () => {
    const agent = await FakeAgent.connect({ url: timed.url, agentToken, id: newId(), host: 'loud' });
    await agent.untilConfig(() => true);
    const startedUnixMs = Number(clock.nowUnixNano() / 1_000_000n);
    const exporters = [{ name: 'default', url: null, state: 'none' as const, message: 'No downstream.', sentRecords: 0, sentBytes: 0, queuedRecords: 0, queuedBytes: 0, maxQueuedBytes: 0, droppedQueueFull: 0, droppedRefused: 0, discardedNoDownstream: 0, retries: 0 }];
    for (const second of [1, 2, 3, 4]) {
      clock.advanceMs(1000);
      const atUnixMs = startedUnixMs + second * 1000;
      agent.sendCustom('status', statusReport(atUnixMs, {
        startedUnixMs, received: receivedLogs(second * 200), removed: { dropped: second * 50, sampled: 0, toMetric: 0, recorded: 0 }, exporters,
        talkers: [{ durableId: 'Launch', service: 'shop', signal: 'logs', records: second * 150, bytes: second * 1500 }],
      }));
      await expect.poll(async () => agentList.parse((await timed.call('GET', '/api/v1/agents')).body).agents[0]?.status?.atUnixMs).toBe(atUnixMs);
    }
    const rule = (await timed.call('POST', '/api/v1/rules', { document: { name: 'no-launch', kql: 'Logs | where EventName == "Launch" | invoke drop()' } })).body as { id: string };
    const deployed = ruleDetail.parse((await timed.call('POST', `/api/v1/rules/${rule.id}/deploy`, { version: 1 })).body);
    // What left before it ran says nothing about the rule: the fleet's flow counts from the deployment on.
    expect(deployed.effect).toMatchObject({ fleetInPerSecond: null, fleetOutPerSecond: null, removedPerSecond: null });

    const seen = overview.parse((await timed.call('GET', '/api/v1/overview?seconds=60')).body);
    expect(seen.points.map((point) => [point.t - startedUnixMs, point.in, point.dropped])).toEqual([[0, 200, 50], [1000, 200, 50], [2000, 200, 50], [3000, 200, 50]]);
    expect(seen.talkers).toMatchObject([{ durableId: 'Launch', service: 'shop', signal: 'logs', perSecond: 150, bytesPerSecond: 1500, share: 0.75, rules: [{ id: rule.id, name: 'no-launch', sink: 'drop' }] }]);
    expect(seen.otherPerSecond).toBe(50);
    expect(seen.exporters).toEqual([{ agent: 'weir-agent@loud', name: 'default', url: null, state: 'none', message: 'No downstream.' }]);
    expect(seen.marks.map(({ kind, label }) => [kind, label])).toEqual([['agent', 'weir-agent@loud connected'], ['deploy', 'no-launch v1 deployed']]);
    expect(seen.agents).toEqual({ connected: 1, known: 1 });
    await agent.close();
  });
});
