// The rip cord through a real server to agents over real sockets.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ripCordState, type RipCordOrder, type RipCordReport } from '../../model/index.ts';
import { agentId } from '../testing/artifacts.ts';
import { eventually } from '../testing/eventually.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

const otherId = 'b'.repeat(32);
let server: TestServer;
let agents: FakeAgent[];
const connect = (id: string): Promise<FakeAgent> => FakeAgent.connect({ url: server.url, agentToken, id, host: id.slice(0, 2) });
beforeEach(async () => {
  server = await new TestServer().start();
  agents = [await connect(agentId), await connect(otherId)];
  for (const agent of agents) expect(await agent.untilCustom<RipCordOrder>('rip-cord')).toMatchObject({ pulled: false });
});
afterEach(async () => { for (const agent of agents) await agent.close(); await server.remove(); });

const state = async () => ripCordState.parse((await server.call('GET', '/api/v1/rip-cord')).body);
const pulled = async (agent: FakeAgent, want: boolean): Promise<void> => { await agent.untilCustom<RipCordOrder>('rip-cord', (order) => order.pulled === want); };
const pull = (body: object = {}) => server.call('POST', '/api/v1/rip-cord/pull', { reason: 'it burns', ...body });
const release = (body: object = {}) => server.call('POST', '/api/v1/rip-cord/release', { reason: 'out', ...body });

it('reaches the whole fleet, outlives a restart of the server, and reaches who comes later', async () => {
  expect(await pull()).toMatchObject({ status: 200, body: { fleet: { from: 'server', by: 'local', reason: 'it burns' } } });
  for (const agent of agents) await pulled(agent, true);
  await server.stop();
  await server.start();
  agents.push(await connect('c'.repeat(32)));
  await pulled(agents[2]!, true);
  expect(await server.call('POST', '/api/v1/probes', { agent: 'c'.repeat(32), name: 'p', what: { kind: 'logpoint', spec: { at: { file: 'a.js', line: 1 } } } })).toMatchObject({ status: 409, body: { error: { code: 'rip-cord.pulled' } } });
  for (const reason of ['', '  ', undefined]) expect((await release({ reason })).status).toBe(400);
  expect(await release()).toMatchObject({ status: 200, body: { fleet: null } });
  await pulled(agents[2]!, false);
  const { entries } = (await server.call('GET', '/api/v1/audit')).body as { entries: { action: string; detail: object }[] };
  expect(entries[0]?.detail).toMatchObject({ before: { fleet: { by: 'local', reason: 'it burns' } }, after: { fleet: null, agents: {} }, agents: 'all', reason: 'out' });
  expect(entries.map(({ action }) => action).filter((action) => action.startsWith('rip-cord.'))).toEqual(['rip-cord.release', 'rip-cord.pull']);
});

it('of one agent leaves the others alone', async () => {
  expect((await pull({ agents: [agentId] })).status).toBe(200);
  await pulled(agents[0]!, true);
  expect((await state()).agents.map(({ ordered }) => ordered?.by ?? null).sort()).toEqual(['local', null]);
  expect(await pull({ agents: ['nobody'] })).toMatchObject({ status: 404, body: { error: { code: 'agent.unknown' } } });
  expect(await release({ agents: [otherId] })).toMatchObject({ status: 409, body: { error: { code: 'rip-cord.not-pulled' } } });
  await pull();
  expect(await release({ agents: [agentId] })).toMatchObject({ status: 409, body: { error: { code: 'rip-cord.pulled' } } });
});

it('tells what agents say of it, and audits one that was pulled on its machine', async () => {
  const report: RipCordReport = { pulls: [{ from: 'machine', by: 'root', atUnixMs: 5, reason: 'smoke' }], atUnixMs: 6, effect: { tookMs: 12, probesRemoved: 2, actionsCancelled: 1, rulesOff: 3, netsDisarmed: 1, problems: [] } };
  agents[0]!.sendCustom('rip-cord.report', report);
  await eventually(async () => { expect((await state()).agents.find(({ agent }) => agent.id === agentId)?.report).toEqual(report); });
  await eventually(async () => { expect((await server.call('GET', '/api/v1/audit')).body).toMatchObject({ entries: [{ action: 'rip-cord.pull', detail: { after: { by: 'root', reason: 'smoke' } } }] }); });
});
