// What outlives a BFF: rules, the running configuration, agents and their ordinals, sessions, the audit.
import { afterAll, expect, it } from 'vitest';
import { agentList, auditList, ruleDetail, ruleList } from '../model/index.ts';
import { FakeAgent } from './testing/fake-agent.ts';
import { agentToken, TestServer } from './testing/test-server.ts';

const server = new TestServer();
afterAll(() => server.remove());

it('a restart loses nothing', async () => {
  await server.start();
  const cookie = await server.signIn();
  const id = 'c'.repeat(32);
  const before = await FakeAgent.connect({ url: server.url, agentToken, id });
  await before.untilConfig(() => true);
  const rule = ruleDetail.parse((await server.call('POST', '/api/v1/rules', { document: { name: 'stays', kql: 'Logs | invoke drop()' } })).body);
  await server.call('POST', `/api/v1/rules/${rule.id}/deploy`, { version: 1 });
  const config = await before.untilConfig(({ rules }) => rules.length === 1);
  before.apply();
  await expect.poll(async () => agentList.parse((await server.call('GET', '/api/v1/agents')).body).agents[0]?.configStatus).toBe('applied');
  const audit = auditList.parse((await server.call('GET', '/api/v1/audit')).body);

  await server.stop();
  await before.closed();
  await server.start();

  expect(ruleList.parse((await server.call('GET', '/api/v1/rules', undefined, { cookie })).body).rules).toMatchObject([{ id: rule.id, state: 'deployed', deployedVersion: 1 }]);
  expect(auditList.parse((await server.call('GET', '/api/v1/audit')).body)).toEqual(audit);
  expect(agentList.parse((await server.call('GET', '/api/v1/agents')).body).agents).toMatchObject([{ id, ordinal: 1, connected: false, kind: 'weir', configStatus: 'applied' }]);
  // An agent that lost its files gets the same configuration, of the same revision.
  const other = await FakeAgent.connect({ url: server.url, agentToken, id: 'd'.repeat(32) });
  expect(await other.untilConfig(() => true)).toEqual(config);
  await other.close();
});
