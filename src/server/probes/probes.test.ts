// Probes through a real server to an agent over real sockets.
import { describe, expect, it } from 'vitest';
import type { ManualClock } from '../../base/index.ts';
import { fleetProbe, fleetProbes, type FleetProbe, type ProbeRequest } from '../../model/index.ts';
import { agentId } from '../testing/artifacts.ts';
import { eventually } from '../testing/eventually.ts';
import type { FakeAgent } from '../testing/fake-agent.ts';
import { probeReportOf } from '../testing/probes.ts';
import { agentIsKnown, connectAgent, withAgent } from '../testing/server-with-agent.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;
let agent: FakeAgent;
let clock: ManualClock;
const connect = (id = agentId): Promise<FakeAgent> => connectAgent({ server }, id);
const ready = (): Promise<void> => agentIsKnown({ server });
withAgent((here) => { ({ server, agent, clock } = here); });

const logpoint = { kind: 'logpoint', spec: { at: { file: 'tower.ts', line: 38 }, expressions: [{ expression: 'user' }] } };
const insert = (more: object = {}) => server.call('POST', '/api/v1/probes', { agent: agentId, name: 'moves', what: logpoint, target: { pid: 812 }, reason: 'who plays', ...more });
const probe = async (id: string): Promise<FleetProbe> => fleetProbe.parse((await server.call('GET', `/api/v1/probes/${id}`)).body);
const audit = async (): Promise<{ action: string; actor: string; detail: Record<string, unknown> }[]> => ((await server.call('GET', '/api/v1/audit')).body as { entries: { action: string; actor: string; detail: Record<string, unknown> }[] }).entries;

describe('inserting', () => {
  it('sends it whole to the agent, keeps its reports, and writes down who, what and why', async () => {
    const answer = await insert();
    expect(answer).toMatchObject({ status: 201, body: { state: 'inserting', owner: 'local', agent: { connected: true }, limits: { maxHits: 10_000, maxPerSecond: 50 } } });
    const request = await agent.untilCustom<ProbeRequest>('probe.insert');
    expect(request).toMatchObject({ name: 'moves', owner: 'local', what: { kind: 'logpoint', spec: { does: 'record', mechanism: 'auto', bounds: { depth: 2 } } }, target: { pid: 812 } });
    agent.sendCustom('probe.report', probeReportOf(request.id, { hits: 7, emitted: 5, suppressed: 2 }));
    await eventually(async () => { expect(await probe(request.id)).toMatchObject({ state: 'active', hits: 7, suppressed: 2 }); });
    agent.sendCustom('probe.report', probeReportOf(request.id, { state: 'ended', end: 'quota', hits: 100 }));
    await eventually(async () => { expect((await audit()).map(({ action }) => action)).toEqual(expect.arrayContaining(['probe.insert', 'probe.end'])); });
    expect(fleetProbes.parse((await server.call('GET', '/api/v1/probes?state=over')).body)).toMatchObject({ probes: [{ id: request.id, end: 'quota' }], more: 0 });
    expect(fleetProbes.parse((await server.call('GET', '/api/v1/probes?state=in')).body).probes).toEqual([]);
    // What comes late does not wake it up.
    agent.sendCustom('probe.report', probeReportOf(request.id));
    agent.sendCustom('probe.report', probeReportOf('own'));
    await eventually(async () => { expect((await probe('own')).state).toBe('active'); });
    expect((await probe(request.id)).state).toBe('ended');
  });
  it('is refused when it makes no sense, or the agent is not there', async () => {
    expect((await insert({ what: { kind: 'logpoint', spec: { at: { file: '', line: 0 } } } })).status).toBe(400);
    expect((await insert({ name: 'no spaces' })).status).toBe(400);
    expect(await insert({ agent: 'f'.repeat(32) })).toMatchObject({ status: 404, body: { error: { code: 'agent.unknown' } } });
    await agent.close();
    await eventually(async () => { expect(await insert()).toMatchObject({ status: 409, body: { error: { code: 'agent.away' } } }); });
  });
});

it('is removed by the agent, and a removed one only once', async () => {
  const { id } = (await insert()).body as FleetProbe;
  await agent.untilCustom('probe.insert');
  expect((await server.call('DELETE', `/api/v1/probes/${id}?why=seen%20enough`)).status).toBe(200);
  expect(await agent.untilCustom('probe.remove')).toEqual({ id, why: 'seen enough' });
  agent.sendCustom('probe.report', probeReportOf(id, { state: 'ended', end: 'removed' }));
  await eventually(async () => { expect(await server.call('DELETE', `/api/v1/probes/${id}`)).toMatchObject({ status: 409, body: { error: { code: 'probe.over' } } }); });
  expect(await server.call('DELETE', '/api/v1/probes/none')).toMatchObject({ status: 404, body: { error: { code: 'probe.unknown' } } });
});

it('that its agent no longer knows after it came back is over, and its own late word stands', async () => {
  const { id } = (await insert()).body as FleetProbe;
  await agent.untilCustom('probe.insert');
  agent.sendCustom('probe.report', probeReportOf(id));
  await eventually(async () => { expect((await probe(id)).state).toBe('active'); });
  // Quiet for long, and there: nothing is concluded.
  clock.advanceMs(120_000);
  await new Promise((resolve) => { setTimeout(resolve, 1100); });
  expect((await probe(id)).state).toBe('active');
  await agent.close();
  agent = await connect();
  await ready();
  clock.advanceMs(31_000);
  await eventually(async () => { expect(await probe(id)).toMatchObject({ state: 'ended', end: 'agent-crashed', why: { code: 'probe.no-report' } }); });
  agent.sendCustom('probe.report', probeReportOf(id, { state: 'active', hits: 3 }));
  await eventually(async () => { expect(await probe(id)).toMatchObject({ state: 'active', hits: 3 }); });
});

it('keeps what it did when its agent was killed and the next one only knows that it is over', async () => {
  const { id } = (await insert()).body as FleetProbe;
  await agent.untilCustom('probe.insert');
  const place: FleetProbe['places'][number] = {
    process: { pid: 812, startTicks: 5, name: 'node', service: 'tower' }, state: 'active', why: null, means: 'V8 breakpoint', resolved: 'tower.ts:38', hits: 3377, emitted: 50, suppressed: 3327, trueRate: 2, costUs: 100, cpuShare: 0.01, pauses: 0,
    pausedUntilUnixMs: null, firstHitUnixMs: 1, lastHitUnixMs: 2, latest: [{ unixMs: 2, values: { user: 'ann' } }],
  };
  const was = probeReportOf(id, { hits: 3377, emitted: 50, suppressed: 3327, places: [place] });
  agent.sendCustom('probe.report', was);
  await eventually(async () => { expect((await probe(id)).hits).toBe(3377); });
  const why = { code: 'probe.agent-crashed', message: 'The agent ended without taking it out.' };
  agent.sendCustom('probe.report', probeReportOf(id, { state: 'ended', end: 'agent-crashed', why, places: [] }));
  await eventually(async () => { expect(await probe(id)).toMatchObject({ state: 'ended', end: 'agent-crashed', why, hits: 3377, emitted: 50, suppressed: 3327 }); });
  const { places } = await probe(id);
  expect(places).toMatchObject([{ process: { pid: 812 }, state: 'ended', hits: 3377, latest: [{ values: { user: 'ann' } }] }]);
  expect((await audit()).find(({ action }) => action === 'probe.end')?.detail).toMatchObject({ after: { hits: 3377, end: 'agent-crashed' } });
});

it('is nobody else\'s: reports of another agent change nothing', async () => {
  const { id } = (await insert()).body as FleetProbe;
  const other = await connect('b'.repeat(32));
  other.sendCustom('probe.report', probeReportOf(id, { state: 'ended', end: 'removed' }));
  other.sendCustom('probe.report', { id: 'x' });
  other.sendCustom('probe.report', probeReportOf('theirs'));
  await eventually(async () => { expect((await probe('theirs')).state).toBe('active'); });
  expect((await probe(id)).state).toBe('inserting');
  await other.close();
});

it('of a log source is in again when its agent, which stopped it, is back', async () => {
  const { id } = (await insert()).body as FleetProbe;
  const file: FleetProbe['what'] = { kind: 'file', spec: { paths: ['/var/log/shop.log'], format: 'auto', recordStart: null, maxRecordBytes: 65_536, from: 'end' } };
  agent.sendCustom('probe.report', probeReportOf(id, { what: file, state: 'ended', end: 'agent-stopped' }));
  await eventually(async () => { expect(await probe(id)).toMatchObject({ state: 'ended', end: 'agent-stopped' }); });
  agent.sendCustom('probe.report', probeReportOf(id, { what: file, hits: 5 }));
  await eventually(async () => { expect(await probe(id)).toMatchObject({ state: 'active', hits: 5 }); });
  expect((await server.call('DELETE', `/api/v1/probes/${id}`)).status).toBe(200);
});

it('is known after a restart of the server', async () => {
  const { id } = (await insert()).body as FleetProbe;
  agent.sendCustom('probe.report', probeReportOf(id, { hits: 12 }));
  await eventually(async () => { expect((await probe(id)).hits).toBe(12); });
  await server.stop();
  await server.start();
  expect(await probe(id)).toMatchObject({ state: 'active', hits: 12, agent: { connected: false } });
});

describe('looking into a process', () => {
  it('asks its agent, and writes down whose code was read', async () => {
    const asked = server.call('GET', `/api/v1/agents/${agentId}/probes/source?pid=812&file=tower.ts`);
    const { ask, ...question } = await agent.untilCustom<{ ask: string }>('probe.source');
    expect(question).toEqual({ target: { pid: 812 }, file: 'tower.ts' });
    agent.sendCustom('probe.source-report', { ask, path: '/shop/tower.ts', text: 'let a;', cut: false, lines: [1], problem: null });
    expect(await asked).toMatchObject({ status: 200, body: { path: '/shop/tower.ts', lines: [1] } });
    expect((await audit())[0]).toMatchObject({ action: 'probe.read-source', detail: { after: { file: '/shop/tower.ts' } } });
  });
  it('says what a probe would cost', async () => {
    const asked = server.call('POST', `/api/v1/agents/${agentId}/probes/preview`, { what: logpoint, target: { pid: 812 } });
    const { ask } = await agent.untilCustom<{ ask: string }>('probe.preview');
    const preview = { processes: [], means: 'V8 breakpoint', resolved: 'tower.ts:38', reads: ['user'], costUs: 120, risk: { reliability: 1, performance: 1, privacy: 1, cost: 0, complexity: 0, reasons: [] }, problems: [] };
    agent.sendCustom('probe.preview-result', { ask, preview });
    expect(await asked).toMatchObject({ status: 200, body: preview });
  });
  it('writes down who had an inspector opened, before it is, once a minute for each process', async () => {
    const asks = new Set<string>();
    const look = async (pid: number) => {
      const asked = server.call('GET', `/api/v1/agents/${agentId}/probes/scripts?pid=${pid}`);
      const { ask } = await agent.untilCustom<{ ask: string; target: { pid: number } }>('probe.scripts', (one) => one.target.pid === pid && !asks.has(one.ask));
      asks.add(ask);
      const looks = (await audit()).filter(({ action }) => action === 'probe.look').map(({ detail }) => (detail as { after: { target: { pid: number } } }).after.target.pid);
      agent.sendCustom('probe.scripts-report', { ask, files: [], more: 0, problem: null });
      expect((await asked).status).toBe(200);
      return looks;
    };
    expect(await look(812)).toEqual([812]);
    expect(await look(813)).toEqual([813, 812]);
    expect(await look(813)).toEqual([813, 812]);
    clock.advanceMs(61_000);
    expect(await look(813)).toEqual([813, 813, 812]);
  });
});
