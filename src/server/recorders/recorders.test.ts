// Flight recorders over REST: definitions reach agents compiled, and what agents hold is shown beside them.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FleetRecorders, RecorderState } from '../../model/index.ts';
import { createKqlCompiler } from '../kql/index.ts';
import { agentId } from '../testing/artifacts.ts';
import { eventually } from '../testing/eventually.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { statusReport } from '../testing/status.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeEach(async () => { server = await new TestServer().start(); });
afterEach(async () => { await server.remove(); });

const put = (name: string, body: object) => server.call('PUT', `/api/v1/recorders/${name}`, { name, ...body });
const listed = async (): Promise<FleetRecorders> => (await server.call('GET', '/api/v1/recorders')).body as FleetRecorders;

it('are defined, changed and forgotten, each in the audit', async () => {
  expect((await put('box', { maxBytes: 8192, disk: true })).status).toBe(200);
  expect((await put('box', { maxBytes: 16_384 })).status).toBe(200);
  expect((await listed()).recorders).toMatchObject([{ definition: { name: 'box', maxBytes: 16_384, disk: false }, isDefault: false, agents: [], rules: [] }]);
  expect((await server.call('DELETE', '/api/v1/recorders/box')).status).toBe(204);
  expect((await listed()).recorders).toEqual([]);
  expect((await server.call('DELETE', '/api/v1/recorders/box')).status).toBe(404);
  const { entries } = (await server.call('GET', '/api/v1/audit?limit=10')).body as { entries: { action: string; subject: string }[] };
  expect(entries.map(({ action, subject }) => `${action} ${subject}`)).toEqual(['recorder.delete recorder:box', 'recorder.define recorder:box', 'recorder.define recorder:box']);
});

it('refuse what is not right', async () => {
  expect((await put('Not%20a%20name', {})).status).toBe(400);
  expect((await server.call('PUT', '/api/v1/recorders/one', { name: 'two' })).status).toBe(422);
  expect((await put('box', { maxBytes: 5 })).status).toBe(400);
  expect((await listed()).recorders).toEqual([]);
});

it('show what agents hold, with rates from what was taken', async () => {
  const agent = await FakeAgent.connect({ url: server.url, agentToken, id: agentId });
  const box = (taken: number): RecorderState => ({ name: 'box', records: taken, bytes: taken * 10, maxBytes: 4096, evicted: 0, oldestUnixMs: 1, taken, takenBytes: taken * 10 });
  const now = Date.now();
  agent.sendCustom('status', statusReport(now - 10_000, { recorders: [box(100)], recorderBudget: { bytes: 5, maxBytes: 10 } }));
  agent.sendCustom('status', statusReport(now, { recorders: [box(300)], recorderBudget: { bytes: 5, maxBytes: 10 } }));
  await eventually(async () => {
    expect(await listed()).toMatchObject({ recorders: [{ isDefault: true, agents: [{ records: 300, recordsPerSecond: 20, bytesPerSecond: 200 }] }], budgets: [{ agent: expect.stringContaining('agent'), bytes: 5, maxBytes: 10 }] });
  });
  await agent.close();
});

it('reach agents with their keys compiled; a key that is no expression is refused', async () => {
  await server.remove();
  server = await new TestServer({ compiler: createKqlCompiler() }).start();
  const wrong = await put('box', { key: ['ServiceName | take 1'] });
  expect([wrong.status, (wrong.body as { error: { code: string } }).error.code]).toEqual([422, 'recorder.key']);
  expect((await put('box', { key: ['ServiceName', 'Attributes["queue.name"]'] })).status).toBe(200);
  const agent = await FakeAgent.connect({ url: server.url, agentToken, id: agentId });
  const config = await agent.untilConfig(({ recorders = [] }) => recorders.length > 0);
  expect(config.recorders).toMatchObject([{ name: 'box', key: [{ text: 'ServiceName', expr: { k: 'column' } }, { text: 'Attributes["queue.name"]', expr: { k: 'member' } }] }]);
  await agent.close();
});
