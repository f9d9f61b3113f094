// Actions through a real server to an agent over real sockets.
import { describe, expect, it } from 'vitest';
import type { ManualClock } from '../../base/index.ts';
import type { ActionRequest, ActionRun } from '../../model/index.ts';
import { actionReportOf, processOf } from '../testing/actions.ts';
import { add, agentId, begin, metaOf } from '../testing/artifacts.ts';
import { eventually } from '../testing/eventually.ts';
import type { FakeAgent } from '../testing/fake-agent.ts';
import { agentIsKnown, connectAgent, withAgent } from '../testing/server-with-agent.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;
let agent: FakeAgent;
let clock: ManualClock;
const connect = (id = agentId): Promise<FakeAgent> => connectAgent({ server }, id);
const ready = (): Promise<void> => agentIsKnown({ server });
withAgent((here) => { ({ server, agent, clock } = here); });

const start = (more: object = {}) => server.call('POST', '/api/v1/actions', { agent: agentId, action: 'cpu-sample', target: { pid: 812 }, parameters: { durationMs: 5000 }, reason: 'it is slow', ...more });
const run = async (id: string): Promise<ActionRun> => (await server.call('GET', `/api/v1/actions/${id}`)).body as ActionRun;
const audit = async (): Promise<{ action: string; actor: string; detail: Record<string, unknown> }[]> => ((await server.call('GET', '/api/v1/audit')).body as { entries: { action: string; actor: string; detail: Record<string, unknown> }[] }).entries;

describe('starting', () => {
  it('sends it to the agent, keeps its reports, and writes down who and why', async () => {
    const answer = await start();
    expect(answer).toMatchObject({ status: 201, body: { state: 'waiting', agent: { id: agentId, connected: true }, reason: 'it is slow' } });
    const request = await agent.untilCustom<ActionRequest>('action.run');
    expect(request).toMatchObject({ id: (answer.body as ActionRun).id, action: 'cpu-sample', target: { pid: 812 }, parameters: { durationMs: 5000 }, asker: { kind: 'person', name: 'local' }, force: false });
    agent.sendCustom('action.report', actionReportOf(request.id, { progress: { share: 0.5, text: 'half' } }));
    await eventually(async () => { expect(await run(request.id)).toMatchObject({ state: 'running', progress: { share: 0.5 }, reason: 'it is slow', process: { service: 'cart' } }); });
    agent.sendCustom('action.report', actionReportOf(request.id, { state: 'done', figures: { pauseMs: 12 } }));
    await eventually(async () => { expect(await run(request.id)).toMatchObject({ state: 'done', figures: { pauseMs: 12 } }); });
    // What comes late does not wake it up.
    agent.sendCustom('action.report', actionReportOf(request.id, { state: 'running' }));
    agent.sendCustom('action.report', actionReportOf('marker', { state: 'done' }));
    await eventually(async () => { expect((await run('marker')).state).toBe('done'); });
    expect((await run(request.id)).state).toBe('done');
    expect((await server.call('GET', '/api/v1/actions?state=done&limit=1')).body).toMatchObject({ actions: [{}], more: 1 });
    expect(await audit()).toContainEqual(expect.objectContaining({ action: 'action.start', actor: 'local', detail: expect.objectContaining({ after: expect.objectContaining({ reason: 'it is slow', parameters: { durationMs: 5000 } }) }) }));
  });
  it('is refused when the parameters do not fit, or the agent is not there', async () => {
    expect(await start({ parameters: { durationMs: 1 } })).toMatchObject({ status: 400, body: { error: { code: 'request.invalid', issues: [{ path: 'parameters.durationMs' }] } } });
    expect((await start({ parameters: { shell: 'x' } })).status).toBe(400);
    expect((await start({ action: 'reboot' })).status).toBe(400);
    expect(await start({ incident: 'none' })).toMatchObject({ status: 404, body: { error: { code: 'incident.unknown' } } });
    expect(await start({ agent: 'f'.repeat(32) })).toMatchObject({ status: 404, body: { error: { code: 'agent.unknown' } } });
    await agent.close();
    await eventually(async () => { expect(await start()).toMatchObject({ status: 409, body: { error: { code: 'agent.away' } } }); });
    expect((await server.call('GET', '/api/v1/actions')).body).toMatchObject({ actions: [], more: 0 });
  });
});

describe('reports', () => {
  it('of a net\'s own action are audited by the net\'s name', async () => {
    agent.sendCustom('action.report', actionReportOf('own', { asker: { kind: 'net', name: 'queue-grows', id: 'r' } }));
    await eventually(async () => { expect(await run('own')).toMatchObject({ state: 'running', reason: 'Started by the net queue-grows' }); });
    expect((await audit())[0]).toMatchObject({ action: 'action.start', actor: expect.stringMatching(/^net:queue-grows/) });
  });
  it('of another agent, or that nobody can read, change nothing', async () => {
    const other = await connect('b'.repeat(32));
    agent.sendCustom('action.report', actionReportOf('mine'));
    await eventually(async () => { expect((await run('mine')).state).toBe('running'); });
    other.sendCustom('action.report', actionReportOf('mine', { state: 'done' }));
    other.sendCustom('action.report', { id: 'x', state: 'exploded' });
    other.sendCustom('action.report', actionReportOf('marker'));
    await eventually(async () => { expect((await run('marker')).state).toBe('running'); });
    expect((await run('mine')).state).toBe('running');
    await other.close();
  });
  it('that stop coming: away is shown; back without it, it has failed; and a late word stands', async () => {
    const { id } = (await start()).body as ActionRun;
    agent.sendCustom('action.report', actionReportOf(id));
    await eventually(async () => { expect((await run(id)).state).toBe('running'); });
    await agent.close();
    await eventually(async () => { expect((await run(id)).agent.connected).toBe(false); });
    clock.advanceMs(3_600_000);
    await new Promise((resolve) => { setTimeout(resolve, 1200); });
    expect((await run(id)).state).toBe('running');
    agent = await connect();
    await ready();
    clock.advanceMs(40_000);
    await eventually(async () => { expect(await run(id)).toMatchObject({ state: 'failed', why: { code: 'action.no-report', message: expect.stringContaining('restarted') } }); });
    agent.sendCustom('action.report', actionReportOf(id, { state: 'done' }));
    await eventually(async () => { expect((await run(id)).state).toBe('done'); });
  });
  it('of an agent that was killed while its artifacts travelled end when they are here', async () => {
    const bytes = Buffer.from('a profile');
    const { id } = (await start()).body as ActionRun;
    const meta = metaOf(bytes, { action: id });
    agent.sendCustom('action.report', actionReportOf(id, { state: 'uploading', artifacts: [meta] }));
    await eventually(async () => { expect((await run(id)).state).toBe('uploading'); });
    await agent.close();
    await begin(server, meta);
    await add(server, meta.id, 0, bytes);
    await eventually(async () => { expect((await run(id)).state).toBe('done'); });
  });
  it('outlive the server', async () => {
    const { id } = (await start()).body as ActionRun;
    await agent.close();
    await server.stop();
    await server.start();
    expect(await run(id)).toMatchObject({ state: 'waiting', agent: { connected: false } });
    agent = await connect();
    agent.sendCustom('action.report', actionReportOf(id, { state: 'done' }));
    await eventually(async () => { expect((await run(id)).state).toBe('done'); });
  });
});

it('cancelling asks the agent, with the reason in the audit', async () => {
  const { id } = (await start()).body as ActionRun;
  expect((await server.call('POST', `/api/v1/actions/${id}/cancel`, { reason: 'enough' })).status).toBe(200);
  expect(await agent.untilCustom('action.cancel')).toEqual({ id });
  agent.sendCustom('action.report', actionReportOf(id, { state: 'cancelled' }));
  await eventually(async () => { expect(await server.call('POST', `/api/v1/actions/${id}/cancel`, {})).toMatchObject({ status: 409, body: { error: { code: 'action.over' } } }); });
  expect((await audit()).find(({ action }) => action === 'action.cancel')?.detail).toMatchObject({ after: { reason: 'enough' } });
  expect((await server.call('POST', '/api/v1/actions/none/cancel', {})).status).toBe(404);
});

describe('questions', () => {
  const preview = { process: null, means: 'V8 inspector', pauseMs: 20, memoryBytes: null, diskBytes: null, durationMs: 5000, headroom: { memoryBytes: 1, diskBytes: 1 }, risk: { level: 'low', reasons: [] }, sensitive: false, problems: [], limits: { usedInWindow: 0, ofWindow: 5, windowMs: 1, cooldownMs: 0 } };
  it('are answered by the agent that was asked, by the id of the question', async () => {
    const other = await connect('b'.repeat(32));
    const asking = server.call('POST', `/api/v1/agents/${agentId}/actions/preview`, { action: 'cpu-sample', target: { pid: 1 }, parameters: {} });
    const { ask } = await agent.untilCustom<{ ask: string }>('action.preview');
    other.sendCustom('action.preview-result', { ask, preview: { ...preview, means: 'forged' } });
    agent.sendCustom('action.preview-result', { ask: 'another', preview: { ...preview, means: 'another' } });
    agent.sendCustom('action.preview-result', { ask, preview });
    expect(await asking).toMatchObject({ status: 200, body: { means: 'V8 inspector', pauseMs: 20 } });
    await other.close();
  });
  it('about processes give the list and the tools', async () => {
    const asking = server.call('GET', `/api/v1/agents/${agentId}/processes`);
    const { ask } = await agent.untilCustom<{ ask: string }>('processes.list');
    agent.sendCustom('processes.report', { ask, processes: [processOf(812, { service: 'cart' })], hidden: 2, tools: { perf: null } });
    expect(await asking).toMatchObject({ status: 200, body: { processes: [{ pid: 812, service: 'cart' }], hidden: 2 } });
  });
  it('to an agent that goes away end at once', async () => {
    const asking = server.call('GET', `/api/v1/agents/${agentId}/processes`);
    await agent.untilCustom('processes.list');
    await agent.close();
    expect(await asking).toMatchObject({ status: 409, body: { error: { code: 'agent.away' } } });
  });
  it('that are answered in another form say so', async () => {
    const asking = server.call('GET', `/api/v1/agents/${agentId}/processes`);
    const { ask } = await agent.untilCustom<{ ask: string }>('processes.list');
    agent.sendCustom('processes.report', { ask, processes: 'many' });
    expect(await asking).toMatchObject({ status: 504, body: { error: { code: 'agent.silent' } } });
  });
});
