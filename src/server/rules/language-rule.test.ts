// A language rule is a rule like any other: saved, deployed, ended; agents get its script, its condition and its limits, and no plan. Checked by
// the real compiler, in its thread.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiError, ruleDetail } from '../../model/index.ts';
import { createKqlCompiler } from '../kql/index.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

const server = new TestServer({ compiler: createKqlCompiler() });
let agent: FakeAgent;
beforeAll(async () => {
  await server.start();
  agent = await FakeAgent.connect({ url: server.url, agentToken, id: 'a'.repeat(32), host: 'web-1' });
  await agent.untilConfig(() => true);
});
afterAll(async () => { await agent.close(); await server.remove(); });

const call = (method: string, path: string, body?: unknown) => server.call(method, `/api/v1${path}`, body);
const text = (name: string, javascript: string) => `kind: language\nname: ${name}\nwhen: EventName == "QueueDepth"\nlimits: { actions: 2, per: 1m }\njavascript: |\n  ${javascript}\n`;

it('reaches the agents with script, condition and limits', async () => {
  const made = ruleDetail.parse((await call('POST', '/rules', { text: text('deep', 'function onRecord(record, weir) { weir.metric("seen", 1); }') })).body);
  expect(made).toMatchObject({ kind: 'language', state: 'draft', sink: '' });
  expect(ruleDetail.parse((await call('POST', `/rules/${made.id}/deploy`, { version: 1 })).body)).toMatchObject({ state: 'deployed' });
  const { rules } = await agent.untilConfig(({ rules: all }) => all.some(({ id }) => id === made.id));
  expect(rules.find(({ id }) => id === made.id)).toMatchObject({ plan: null, policy: null, language: { javascript: 'function onRecord(record, weir) { weir.metric("seen", 1); }', signals: ['logs'], when: { k: 'call', fn: '==' }, limits: { actions: 2, perMs: 60_000, cooldownMs: 600_000 } } });
});

it('is kept, and not deployed, while its script does not load', async () => {
  const made = ruleDetail.parse((await call('POST', '/rules', { text: text('broken', 'function onRecord(record {') })).body);
  expect(made.versions[0]?.diagnostics ?? []).toMatchObject([{ severity: 'error', code: 'language/script' }]);
  const refused = await call('POST', `/rules/${made.id}/deploy`, { version: 1 });
  expect([refused.status, apiError.parse(refused.body).error.code]).toEqual([422, expect.stringContaining('rule.')]);
});
