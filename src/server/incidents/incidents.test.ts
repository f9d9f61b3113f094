// Incidents through a real server: what nets, people and agents do to them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { ActionRequest, Incident, IncidentDetail, IncidentRates } from '../../model/index.ts';
import { actionReportOf, firingOf, processOf } from '../testing/actions.ts';
import { add, agentId, begin, metaOf } from '../testing/artifacts.ts';
import { eventually } from '../testing/eventually.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { receivedLogs, statusReport } from '../testing/status.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let agent: FakeAgent;
let clock: ManualClock;
beforeEach(async () => {
  clock = new ManualClock(BigInt(Date.now()) * 1_000_000n);
  server = await new TestServer({ clock }).start();
  agent = await FakeAgent.connect({ url: server.url, agentToken, id: agentId });
  await eventually(async () => { expect((await server.call('GET', `/api/v1/agents/${agentId}`)).body).toMatchObject({ connected: true, kind: 'weir' }); });
});
afterEach(async () => { await agent.close(); await server.remove(); });

const list = async (): Promise<Incident[]> => ((await server.call('GET', '/api/v1/incidents')).body as { incidents: Incident[] }).incidents;
const detail = async (id: string): Promise<IncidentDetail> => (await server.call('GET', `/api/v1/incidents/${id}`)).body as IncidentDetail;
const open = async (body: object = {}): Promise<Incident> => (await server.call('POST', '/api/v1/incidents', body)).body as Incident;
const fire = async (id: string, more: Parameters<typeof firingOf>[1] = {}): Promise<void> => {
  const before = agent.received.length;
  agent.sendCustom('net.fired', firingOf(id, more));
  await eventually(() => { expect(agent.received.slice(before).some(({ customMessage }) => customMessage?.type === 'net.fired-seen' && JSON.parse(Buffer.from(customMessage.data).toString()).id === id)).toBe(true); });
};
const kinds = ({ timeline }: IncidentDetail): string[] => timeline.map(({ kind }) => kind);
const words = ({ timeline }: IncidentDetail): string => timeline.map(({ text }) => text).join('\n');

describe('a net that fires', () => {
  it('opens an incident, once, however often it says so', async () => {
    for (let i = 0; i < 3; i++) await fire('f1', { notRun: [{ action: 'memory-dump', because: 'its cooldown' }] });
    const [incident] = await list();
    expect(await list()).toMatchObject([{ number: 1, state: 'open', triggers: 1, title: 'queue-grows: orders is stuck', openedBy: { kind: 'net', name: 'queue-grows', rule: 'rule-1' }, services: ['cart'], agents: ['weir-agent@box'] }]);
    const found = await detail(incident?.id ?? '');
    expect(kinds(found).sort()).toEqual(['opened', 'trigger']);
    expect(words(found)).toContain('queue-grows (orders) went from watching to stuck: 5 of 5 matches within 30 s; memory-dump not started: its cooldown');
  });
  it('joins the open one of its rule, and of its service within ten minutes', async () => {
    await fire('f1');
    await fire('f2', { service: null, key: 'other' });
    await fire('f3', { rule: { id: 'rule-2', name: 'errors', version: 1 } });
    expect(await list()).toMatchObject([{ triggers: 3 }]);
    clock.advanceMs(11 * 60_000);
    await fire('f4', { rule: { id: 'rule-3', name: 'late', version: 1 } });
    // Its rule fired into the first one, which is open still.
    await fire('f5', { rule: { id: 'rule-2', name: 'errors', version: 1 } });
    await fire('f6', { rule: { id: 'rule-4', name: 'else', version: 1 }, service: 'shop' });
    expect((await list()).map(({ number, triggers }) => [number, triggers])).toEqual([[3, 1], [2, 1], [1, 4]]);
    await server.call('PATCH', `/api/v1/incidents/${(await list())[2]?.id ?? ''}`, { state: 'closed' });
    await fire('f7', { service: null });
    expect((await list()).map(({ number, state }) => [number, state])).toEqual([[4, 'open'], [3, 'open'], [2, 'open'], [1, 'closed']]);
  });
  it('takes its actions and their artifacts in, whichever comes first', async () => {
    const [early, late] = [Buffer.from('early'), Buffer.from('late')];
    const [first, second] = [metaOf(early, { action: 'a1' }), metaOf(late, { action: 'a2' })];
    const asker = { kind: 'net', name: 'queue-grows', id: 'rule-1' } as const;
    agent.sendCustom('action.report', actionReportOf('a1', { asker }));
    await begin(server, first);
    await add(server, first.id, 0, early);
    await fire('f1', { actions: [{ id: 'a1', action: 'cpu-sample', as: 'cpu' }, { id: 'a2', action: 'collect-state', as: null }] });
    agent.sendCustom('action.report', actionReportOf('a2', { asker, action: 'collect-state', state: 'done' }));
    await begin(server, second);
    await add(server, second.id, 0, late);
    const [incident] = await list();
    await eventually(async () => {
      const found = await detail(incident?.id ?? '');
      expect(found.actions.map(({ id }) => id).sort()).toEqual(['a1', 'a2']);
      expect(found.artifacts.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
      expect(kinds(found).sort()).toEqual(['action', 'action', 'artifact', 'artifact', 'opened', 'trigger']);
    });
    expect(await list()).toMatchObject([{ actions: { running: 1, done: 1, failed: 0 }, artifacts: 2, artifactBytes: 9 }]);
  });
  it('too fast, or in no readable form, opens nothing', async () => {
    agent.sendCustom('net.fired', { id: 'x' });
    agent.sendCustom('net.fired', firingOf('far', { atUnixMs: 1e300 }));
    for (let i = 0; i < 200; i++) agent.sendCustom('net.fired', firingOf(`s${i}`, { rule: { id: `r${i}`, name: `r${i}`, version: 1 }, service: null }));
    await eventually(async () => { expect((await list()).length).toBeGreaterThan(50); });
    await eventually(() => { expect(agent.received.filter(({ customMessage }) => customMessage?.type === 'net.fired-seen').length).toBeGreaterThan(55); });
    expect((await list()).length).toBeLessThanOrEqual(60);
  });
});

describe('the big red button', () => {
  const plan = { agents: [agentId], services: [], recorders: true, cpuMs: 5000, state: true, config: true, heap: false };
  const asked = async (type: string, processes: ReturnType<typeof processOf>[]): Promise<void> => {
    const { ask } = await agent.untilCustom<{ ask: string }>(type);
    agent.sendCustom('processes.report', { ask, processes, hidden: 0, tools: {} });
  };
  const requests = (): ActionRequest[] => agent.received.flatMap(({ customMessage }) => (customMessage?.type === 'action.run' ? [JSON.parse(Buffer.from(customMessage.data).toString()) as ActionRequest] : []));

  it('collects recorders and every process of a service, the heap only when asked', async () => {
    agent.sendCustom('status', statusReport(Date.now(), { recorders: [{ name: 'verbose', records: 5, bytes: 1, maxBytes: 1, evicted: 0, oldestUnixMs: 1 }, { name: 'empty', records: 0, bytes: 0, maxBytes: 1, evicted: 0, oldestUnixMs: null }] }));
    await eventually(async () => { expect((await server.call('GET', `/api/v1/agents/${agentId}`)).body).toMatchObject({ status: { recorders: [{}, {}] } }); });
    const incident = await open({ title: 'Checkout is slow', note: 'since noon', collect: plan });
    await asked('processes.list', [processOf(10, { service: 'cart' }), processOf(11, { service: 'shop' }), processOf(12), processOf(13, { service: 'weir', isWeir: true })]);
    await eventually(() => { expect(requests()).toHaveLength(7); });
    expect(requests().map(({ action, target, parameters }) => [action, target?.pid ?? parameters['recorder']])).toEqual([['collect-recorder', 'verbose'], ['cpu-sample', 10], ['cpu-sample', 11], ['collect-state', 10], ['collect-state', 11], ['collect-config', 10], ['collect-config', 11]]);
    expect(requests()[1]).toMatchObject({ target: { startTicks: 100 }, parameters: { durationMs: 5000 }, incident: incident.id, asker: { kind: 'incident', id: incident.id } });
    for (const { id, action } of requests()) agent.sendCustom('action.report', actionReportOf(id, { action, state: 'done', incident: incident.id }));
    await eventually(async () => { expect(await list()).toMatchObject([{ title: 'Checkout is slow', actions: { running: 0, done: 7, failed: 0 }, services: ['cart'] }]); });
    const found = await detail(incident.id);
    expect(kinds(found).filter((kind) => kind === 'action')).toHaveLength(7);
    expect(words(found)).toContain('since noon');
    expect(words(found)).toContain('cpu-sample of cart (pid 812) on weir-agent@box is done');
  });
  it('says which promised process is gone, asks for it all the same, and takes the new one of its service', async () => {
    const promise = (pid: number, service: string) => ({ agent: agentId, pid, startTicks: 100, name: 'node', service });
    const incident = await open({ collect: { ...plan, recorders: false, state: false, config: false, promised: [promise(10, 'cart'), promise(11, 'payments'), promise(12, 'mail')] } });
    await asked('processes.list', [processOf(10, { service: 'cart' }), processOf(20, { service: 'payments' })]);
    await eventually(() => { expect(requests().map(({ target }) => target?.pid)).toEqual([10, 20, 11, 12]); });
    const text = words(await detail(incident.id));
    expect(text).toContain('payments 11: gone before it was captured. payments runs as pid 20 now: taken instead.');
    expect(text).toContain('mail 12: gone before it was captured. No new process of mail ran then');
    expect(text).not.toContain('cart 10');
    const ids = requests().map(({ id }) => id);
    const states = ['running', 'waiting', 'refused', 'refused'] as const;
    for (const [at, id] of ids.entries()) agent.sendCustom('action.report', actionReportOf(id, { state: states[at] ?? 'done', incident: incident.id }));
    await eventually(async () => { expect(await list()).toMatchObject([{ actions: { running: 1, waiting: 1, done: 0, failed: 2 } }]); });
  });
  it('says what it could not collect', async () => {
    const incident = await open({ collect: { ...plan, agents: [agentId, 'f'.repeat(32)], services: ['cart', 'gone'], heap: true } });
    await asked('processes.list', [processOf(10, { service: 'cart' })]);
    await eventually(() => { expect(requests().map(({ action }) => action)).toEqual(['cpu-sample', 'collect-state', 'collect-config', 'memory-dump']); });
    const text = words(await detail(incident.id));
    expect(text).toContain('No process of gone runs there.');
    expect(text).toContain('Nothing was collected: There is no agent');
  });
});

describe('an incident', () => {
  it('is noted, closed, found and reopened; all of it audited', async () => {
    const { id } = await open({ title: 'One' });
    expect((await server.call('POST', `/api/v1/incidents/${id}/notes`, { text: 'It was the cache.' })).status).toBe(201);
    expect(await server.call('PATCH', `/api/v1/incidents/${id}`, { state: 'closed', title: 'The cache' })).toMatchObject({ status: 200, body: { state: 'closed', title: 'The cache', closedAt: expect.any(String) } });
    expect(await server.call('POST', `/api/v1/incidents/${id}/collect`, { agents: [] })).toMatchObject({ status: 409, body: { error: { code: 'incident.closed' } } });
    await server.call('PATCH', `/api/v1/incidents/${id}`, { state: 'open' });
    expect(kinds(await detail(id)).sort()).toEqual(['closed', 'note', 'opened', 'reopened']);
    expect((await server.call('GET', '/api/v1/incidents?q=CACHE&state=open')).body).toMatchObject({ incidents: [{ id }] });
    expect((await server.call('GET', '/api/v1/incidents?q=nothing')).body).toMatchObject({ incidents: [] });
    const { entries } = (await server.call('GET', '/api/v1/audit')).body as { entries: { action: string }[] };
    expect(entries.map(({ action }) => action)).toEqual(['incident.reopen', 'incident.close', 'incident.note', 'incident.open']);
    for (const [method, path] of [['GET', '/api/v1/incidents/none'], ['GET', '/api/v1/incidents/none/rates'], ['GET', '/api/v1/incidents/none/bundle']] as const) expect((await server.call(method, path)).status).toBe(404);
  });
  it('has the deployments of its time and of the hour before, which its bundle keeps', async () => {
    const earlier = (await server.call('POST', '/api/v1/rules', { text: 'weir: 1\nname: earlier\nkind: query\nkql: |\n  Logs\n  | invoke drop()\n' })).body as { id: string };
    expect((await server.call('POST', `/api/v1/rules/${earlier.id}/deploy`, { version: 1 })).status).toBe(200);
    clock.advanceMs(60_000);
    const { id } = await open();
    expect(words(await detail(id))).toContain('earlier v1 deployed');
    const rule = (await server.call('POST', '/api/v1/rules', { text: 'weir: 1\nname: quiet\nkind: query\nkql: |\n  Logs\n  | invoke drop()\n' })).body as { id: string };
    clock.advanceMs(1000);
    const deployed = await server.call('POST', `/api/v1/rules/${rule.id}/deploy`, { version: 1 });
    expect(deployed.status).toBe(200);
    expect(words(await detail(id))).toContain('quiet v1 deployed');
  });
  it('has its rates, which outlive the server', async () => {
    const { id, openedAt } = await open();
    const begun = Date.parse(openedAt);
    for (let second = 0; second <= 20; second++) {
      clock.advanceMs(1000);
      agent.sendCustom('status', statusReport(begun + second * 1000, { received: receivedLogs(second * 50) }));
      await eventually(async () => { expect((await server.call('GET', `/api/v1/agents/${agentId}`)).body).toMatchObject({ status: { received: { logs: second * 50 } } }); });
    }
    const rates = async (): Promise<IncidentRates> => (await server.call('GET', `/api/v1/incidents/${id}/rates`)).body as IncidentRates;
    const known = ({ received }: IncidentRates): number[] => received.filter((value) => value !== null);
    const before = await rates();
    expect(before.stepMs).toBe(5000);
    expect(before.received[0]).toBeNull();
    expect(Math.max(...known(before))).toBeCloseTo(50, 0);
    await agent.close();
    await server.stop();
    await server.start();
    expect(known(await rates())).toEqual(known(before));
  });
});
