// A redaction policy is a rule like any other: saved, deployed, shadowed, reordered, ended; agents get the policy and no plan.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { apiError, bulkResult, overview, ruleDetail, ruleList, type AgentConfig } from '../../model/index.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { receivedLogs, ruleStats, statusReport } from '../testing/status.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

const clock = new ManualClock(1_800_000_000_000_000_000n);
const nowMs = () => Number(clock.nowUnixNano() / 1_000_000n);
const server = new TestServer({ clock });
let agent: FakeAgent;
beforeAll(async () => {
  await server.start();
  agent = await FakeAgent.connect({ url: server.url, agentToken, id: 'a'.repeat(32), host: 'web-1' });
  await agent.untilConfig(() => true);
});
afterAll(async () => { await agent.close(); await server.remove(); });

const call = (method: string, path: string, body?: unknown) => server.call(method, `/api/v1${path}`, body);
const rule = async (answer: ReturnType<typeof call>) => ruleDetail.parse((await answer).body);
const create = (name: string, more = {}) => rule(call('POST', '/rules', { document: { name, kind: 'redaction-policy', ...more } }));
const deploy = (id: string, body: object) => rule(call('POST', `/rules/${id}/deploy`, body));
const running = async (id: string, accept: (one: AgentConfig['rules'][number]) => boolean) => {
  const { rules } = await agent.untilConfig(({ rules }) => rules.some((one) => one.id === id && accept(one)));
  return rules.findLast((one) => one.id === id);
};

describe('a policy', () => {
  it('is shown as what it does, deployed as a policy without a plan, in shadow first', async () => {
    const made = await create('hide-cards', { order: 5, mode: 'partial', keep: 4, entries: [{ key: 'user.*', do: 'hash' }] });
    expect(made).toMatchObject({ state: 'draft', kind: 'redaction-policy', sink: 'redact', table: '', document: { mode: 'partial', sensitiveKeys: true, detectors: ['*'] } });
    expect(await deploy(made.id, { version: 1, mode: 'shadow' })).toMatchObject({ state: 'deployed', mode: 'shadow' });
    expect(await running(made.id, ({ mode }) => mode === 'shadow')).toMatchObject({ plan: null, order: 5, policy: { mode: 'partial', keep: 4, entries: [{ key: 'user.*', do: 'hash' }], annotate: 'silent' } });
    const shadow = (await running(made.id, ({ mode }) => mode === 'shadow'))?.deployment ?? 0;
    await deploy(made.id, { version: 1, mode: 'live' });
    expect((await running(made.id, ({ mode }) => mode === 'live'))?.deployment).toBeGreaterThan(shadow);
  });

  it('has versions, each deployed when somebody says so, and no entry can be left without a meaning', async () => {
    const { id } = await create('versioned');
    await deploy(id, { version: 1 });
    await rule(call('POST', `/rules/${id}/versions`, { document: { name: 'versioned', kind: 'redaction-policy', mode: 'remove' } }));
    expect(await running(id, () => true)).toMatchObject({ version: 1, policy: { mode: 'mask' } });
    await deploy(id, { version: 2 });
    expect(await running(id, ({ version }) => version === 2)).toMatchObject({ policy: { mode: 'remove' } });
    expect((await call('POST', '/rules', { text: 'name: x\nkind: redaction-policy\nentries: [{ key: a, do: nothing }]\n' })).status).toBe(422);
  });

  it('is reordered in place, among queries', async () => {
    const { id } = await create('moved', { order: 50 });
    await deploy(id, { version: 1 });
    const before = await running(id, () => true);
    const query = ruleDetail.parse((await call('POST', '/rules', { document: { name: 'query', kql: 'Logs | invoke drop()', order: 60 } })).body);
    await deploy(query.id, { version: 1 });
    expect(ruleList.parse((await call('POST', '/rules/order', { rules: [{ id, order: 70 }] })).body).rules.find((one) => one.id === id)).toMatchObject({ order: 70, latestVersion: 2, deployedVersion: 2 });
    expect(await running(id, ({ order }) => order === 70)).toMatchObject({ deployment: before?.deployment, policy: { mode: 'mask' } });
  });

  it('ends by itself, and with many others', async () => {
    const [short, one, two] = [await create('short', { expires: '30s' }), await create('one'), await create('two')];
    expect(await deploy(short.id, { version: 1 })).toMatchObject({ expiresAt: new Date(nowMs() + 30_000).toISOString() });
    expect(await running(short.id, () => true)).toMatchObject({ expiresAtUnixMs: nowMs() + 30_000 });
    const bulk = async (action: string) => bulkResult.parse((await call('POST', '/rules/bulk', { action, ids: [one.id, two.id] })).body).results.map(({ ok }) => ok);
    expect(await bulk('deploy')).toEqual([true, true]);
    await running(two.id, () => true);
    expect(await bulk('disable')).toEqual([true, true]);
    clock.advanceMs(31_000);
    await expect.poll(async () => (await rule(call('GET', `/rules/${short.id}`))).ended).toMatchObject({ reason: 'expired' });
  });

  it('is measured and covers no line of code in particular', async () => {
    const { id } = await create('measured');
    await deploy(id, { version: 1 });
    const deployment = (await running(id, () => true))?.deployment ?? 0;
    const startedUnixMs = nowMs();
    for (const changed of [4, 8]) {
      clock.advanceMs(1000);
      agent.sendCustom('status', statusReport(nowMs(), { startedUnixMs, received: receivedLogs(changed), rules: [ruleStats(id, { deployment, matched: changed, changed })], talkers: [{ durableId: 'a', service: 's', signal: 'logs', records: changed, bytes: 9 }] }));
      await expect.poll(async () => (await rule(call('GET', `/rules/${id}`))).effect.changed).toBe(changed);
    }
    expect(overview.parse((await call('GET', '/overview')).body).talkers.map(({ rules }) => rules)).toEqual([[]]);
  });

  it('runs in processes, and on no gateway', async () => {
    const { id } = await create('near', { location: 'in-process' });
    await deploy(id, { version: 1 });
    expect(await running(id, () => true)).toMatchObject({ location: 'in-process' });
    const { id: far } = await create('far', { location: 'off-box' });
    expect(apiError.parse((await call('POST', `/rules/${far}/deploy`, { version: 1 })).body).error.code).toBe('rule.location-not-armed');
  });
});
