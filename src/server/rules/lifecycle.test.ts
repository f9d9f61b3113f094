// A rule's life over HTTP: shadow, live, breach, end, order, many at once, history and targets.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { apiError, auditList, bulkResult, overview, ruleDetail, ruleHistory, ruleList, ruleTexts, type RuleDetail, type RuleStats } from '../../model/index.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { receivedLogs, ruleStats, statusReport } from '../testing/status.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

const clock = new ManualClock(1_800_000_000_000_000_000n);
const nowMs = () => Number(clock.nowUnixNano() / 1_000_000n);
const server = new TestServer({ clock });
let agent: FakeAgent;
let startedUnixMs = 0;
beforeAll(async () => {
  await server.start();
  startedUnixMs = nowMs();
  agent = await FakeAgent.connect({ url: server.url, agentToken, id: 'a'.repeat(32), host: 'web-1' });
  await agent.untilConfig(() => true);
});
afterAll(async () => { await agent.close(); await server.remove(); });

const kql = (event: string) => `Logs | where EventName == "${event}" | invoke drop()`;
const call = async (method: string, path: string, body?: unknown) => server.call(method, `/api/v1${path}`, body);
const create = async (name: string, more = {}): Promise<RuleDetail> => ruleDetail.parse((await call('POST', '/rules', { document: { name, kql: kql(name), ...more } })).body);
const post = async (id: string, verb: string, body: unknown = {}) => call('POST', `/rules/${id}/${verb}`, body);
const deploy = async (id: string, mode = 'live', version = 1) => ruleDetail.parse((await post(id, 'deploy', { version, mode })).body);
const read = async (id: string) => ruleDetail.parse((await call('GET', `/rules/${id}`)).body);
const list = async () => ruleList.parse((await call('GET', '/rules')).body).rules;
const refusal = ({ status, body }: { status: number; body: unknown }) => [status, apiError.parse(body).error.code];
const running = (id: string, accept: (rule: { mode: string; version: number; deployment: number; expiresAtUnixMs: number | null }) => boolean = () => true) =>
  agent.untilConfig(({ rules }) => rules.some((rule) => rule.id === id && accept(rule))).then(({ revision, rules }) => ({ revision, rule: rules.findLast((rule) => rule.id === id) }));
const gone = (id: string, after: number) => agent.untilConfig(({ revision, rules }) => revision > after && !rules.some((rule) => rule.id === id));
const deeds = async (id: string) => auditList.parse((await call('GET', '/audit?limit=500')).body).entries.filter(({ subject }) => subject === `rule:${id}`).reverse();
const notices = async () => overview.parse((await call('GET', '/overview')).body).notices;
/** A second later the agent reports. */
const report = async (rules: RuleStats[]) => {
  clock.advanceMs(1000);
  agent.sendCustom('status', statusReport(nowMs(), { startedUnixMs, received: receivedLogs(1), rules }));
  await expect.poll(async () => (await call('GET', '/agents')).body).toMatchObject({ agents: expect.arrayContaining([expect.objectContaining({ status: expect.objectContaining({ atUnixMs: nowMs() }) })]) });
};

describe('shadow', () => {
  it('is sent as such, counts what would be, and goes live as a deployment of its own', async () => {
    const { id } = await create('shadowed');
    expect(await deploy(id, 'shadow')).toMatchObject({ state: 'deployed', mode: 'shadow', deployedVersion: 1, effect: { would: { removed: 0, removedPerSecond: null } } });
    const { rule } = await running(id);
    expect(rule).toMatchObject({ mode: 'shadow', bounds: { cpuShare: 0.05 } });
    const deployment = rule?.deployment ?? 0;
    const shadow = (removed: number) => ruleStats(id, { deployment, matched: removed, would: { removed, changed: 0, emitted: 0, bytesRemoved: removed * 100 } });
    for (const removed of [0, 10, 20]) await report([shadow(removed)]);
    expect((await read(id)).effect).toMatchObject({ matched: 20, removed: 0, matchedPerSecond: 10, removedPerSecond: 0, would: { removed: 20, removedPerSecond: 10, bytesRemovedPerSecond: 1000 } });

    const live = await deploy(id, 'live');
    expect(live).toMatchObject({ mode: 'live', deployedVersion: 1, effect: { matched: 0 } });
    expect(live.effect.would).toBeUndefined();
    const { rule: after } = await running(id, ({ mode }) => mode === 'live');
    expect(after?.deployment).toBeGreaterThan(deployment);
    expect((await deeds(id)).map(({ action, detail }) => [action, (detail as { after: { mode?: string } }).after.mode])).toEqual([['rule.create', undefined], ['rule.deploy', 'shadow'], ['rule.deploy', 'live']]);
    await post(id, 'disable');
  });
});

describe('a breach', () => {
  it('is shown, told and audited once, and over with the next deployment', async () => {
    const { id } = await create('greedy', { budget: { memory: '1MiB' } });
    await deploy(id);
    const { rule } = await running(id);
    expect(rule).toMatchObject({ bounds: { memoryBytes: 1024 * 1024 } });
    const broken = ruleStats(id, { deployment: rule?.deployment ?? 0, matched: 9, groups: 70_000, stateBytes: 2e6, disabled: { kind: 'memory', reason: 'It held 1.9 MiB; its bound is 1 MiB.', atUnixMs: nowMs() } });
    for (let i = 0; i < 3; i++) await report([broken]);
    await expect.poll(async () => (await notices()).filter(({ ruleId }) => ruleId === id)).toMatchObject([{ kind: 'breach', ruleName: 'greedy', agent: 'weir-agent@web-1', message: 'It held 1.9 MiB; its bound is 1 MiB.' }]);
    expect(await read(id)).toMatchObject({ state: 'deployed', breaches: [{ agent: 'weir-agent@web-1', kind: 'memory', reason: 'It held 1.9 MiB; its bound is 1 MiB.' }] });
    expect((await deeds(id)).filter(({ action }) => action === 'rule.breach')).toMatchObject([{ actor: 'agent:weir-agent@web-1', detail: { kind: 'memory', deployment: rule?.deployment, figures: { groups: 70_000, stateBytes: 2e6 } } }]);

    // The same version in the same mode: deploying it again arms it again.
    expect((await deploy(id)).breaches).toEqual([]);
    const { rule: again } = await running(id, ({ deployment }) => deployment > (rule?.deployment ?? 0));
    await report([broken]);
    expect((await read(id)).breaches).toEqual([]);
    for (let i = 0; i < 3; i++) await report([{ ...broken, deployment: again?.deployment ?? 0 }]);
    await expect.poll(async () => (await deeds(id)).filter(({ action }) => action === 'rule.breach').length).toBe(2);
    await post(id, 'disable');
    expect((await read(id)).breaches).toEqual([]);
  });
});

describe('an end', () => {
  it('comes by itself, with audit and notice; deploying again sets a new one', async () => {
    const { id } = await create('short', { expires: '30s' });
    const deployed = await deploy(id);
    expect(deployed.expiresAt).toBe(new Date(nowMs() + 30_000).toISOString());
    const { rule, revision } = await running(id);
    expect(rule?.expiresAtUnixMs).toBe(nowMs() + 30_000);
    clock.advanceMs(10_000);
    const soon = new Date(nowMs() + 10_000).toISOString();
    expect(ruleDetail.parse((await post(id, 'deploy', { version: 1, expiresAt: soon })).body).expiresAt).toBe(soon);
    expect(ruleDetail.parse((await post(id, 'deploy', { version: 1, expiresAt: new Date(nowMs() + 60_000).toISOString() })).body).expiresAt).toBe(new Date(nowMs() + 30_000).toISOString());
    expect(refusal(await post(id, 'deploy', { version: 1, expiresAt: new Date(nowMs()).toISOString() }))).toEqual([409, 'rule.over']);
    expect((await deploy(id)).expiresAt).toBe(new Date(nowMs() + 30_000).toISOString());
    clock.advanceMs(29_000);
    expect((await read(id)).state).toBe('deployed');
    clock.advanceMs(1000);
    await gone(id, revision + 1);
    expect(await read(id)).toMatchObject({ state: 'disabled', mode: null, expiresAt: null, deployedVersion: null, ended: { reason: 'expired', by: 'weir', version: 1, mode: 'live' } });
    expect((await deeds(id)).at(-1)).toMatchObject({ action: 'rule.expire', actor: 'weir', detail: { before: { state: 'deployed' }, after: { state: 'disabled' } } });
    expect((await notices()).filter(({ ruleId }) => ruleId === id)).toMatchObject([{ kind: 'expired', agent: null }]);
  });
  it('that came while the server was away is found at its start', async () => {
    const other = new TestServer({ clock });
    await other.start();
    const rule = ruleDetail.parse((await other.call('POST', '/api/v1/rules', { document: { name: 'away', kql: kql('x'), expires: '1h' } })).body);
    await other.call('POST', `/api/v1/rules/${rule.id}/deploy`, { version: 1 });
    await other.stop();
    clock.advanceMs(3_600_000);
    await other.start();
    expect((await other.call('GET', `/api/v1/rules/${rule.id}`)).body).toMatchObject({ state: 'disabled' });
    await other.remove();
  });
});

describe('a thousand ends', () => {
  it('in one second are one configuration, one message, and an audit entry each; the server goes on', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 300; i++) ids.push((await create(`storm-${i}`, { expires: '1m' })).id);
    await call('POST', '/rules/bulk', { action: 'deploy', ids });
    await agent.untilConfig(({ rules }) => rules.filter(({ name }) => name.startsWith('storm-')).length === 300);
    const offers = () => agent.received.filter((message) => message.remoteConfig !== undefined).length;
    const before = offers();
    clock.advanceMs(60_000);
    const last = ids.at(-1) ?? '';
    await expect.poll(async () => (await read(last)).state, { timeout: 10_000 }).toBe('disabled');
    expect((await list()).filter(({ name, state }) => name.startsWith('storm-') && state !== 'disabled')).toEqual([]);
    await expect.poll(offers).toBe(before + 1);
    expect((await notices()).filter(({ ruleName }) => ruleName.startsWith('storm-'))).toMatchObject([{ kind: 'expired', rules: 300 }]);
    expect((await deeds(last)).at(-1)).toMatchObject({ action: 'rule.expire' });
    await call('POST', '/rules/bulk', { action: 'delete', ids });
  });
});

describe('order', () => {
  it('is new versions, deployed in one configuration where they run', async () => {
    const [a, b, c] = [await create('order-a', { order: 10, expires: '1d' }), await create('order-b', { order: 20 }), await create('order-c', { order: 30 })];
    const runningA = await deploy(a.id);
    await deploy(b.id, 'shadow');
    const { revision, rule } = await running(b.id);
    clock.advanceMs(60_000);
    const { rules } = ruleList.parse((await call('POST', '/rules/order', { rules: [{ id: a.id, order: 25 }, { id: b.id, order: 5 }, { id: c.id, order: 6 }] })).body);
    expect(rules.filter(({ name }) => name.startsWith('order-')).map(({ name, order, latestVersion, deployedVersion, mode }) => [name, order, latestVersion, deployedVersion, mode]))
      .toEqual([['order-a', 25, 2, 2, 'live'], ['order-b', 5, 2, 2, 'shadow'], ['order-c', 6, 2, null, null]]);
    const config = await agent.untilConfig((each) => each.revision > revision);
    expect(config.revision).toBe(revision + 1);
    expect(config.rules.filter(({ name }) => name.startsWith('order-')).map(({ name, version }) => [name, version])).toEqual([['order-b', 2], ['order-a', 2]]);
    // Its place changed, not what was decided about it: the same deployment, the same end.
    expect(config.rules.find(({ id }) => id === b.id)?.deployment).toBe(rule?.deployment);
    expect((await read(a.id)).expiresAt).toBe(runningA.expiresAt);
    expect((await read(c.id)).versions[0]).toMatchObject({ note: 'order 30 -> 6', author: 'local' });
    expect((await deeds(b.id)).map(({ action }) => action)).toEqual(['rule.create', 'rule.deploy', 'rule.save', 'rule.deploy']);
    for (const { id } of [a, b]) await post(id, 'disable');
  });
  it('of a rule that runs is that of the version that runs; texts are the latest ones', async () => {
    const { id } = await create('order-kept', { order: 40 });
    await deploy(id);
    expect((await post(id, 'versions', { document: { name: 'order-kept', kql: kql('order-kept').replace('drop()', 'sample(0.5)'), order: 7 } })).status).toBe(201);
    expect(await read(id)).toMatchObject({ order: 40, latestVersion: 2, ended: null });
    const { texts } = ruleTexts.parse((await call('GET', '/rules/texts')).body);
    expect(texts.find((one) => one.id === id)).toMatchObject({ version: 2, text: expect.stringContaining('sample(0.5)') });
    await post(id, 'disable');
    expect(await read(id)).toMatchObject({ order: 7, ended: { reason: 'disabled', by: 'local', version: 1 } });
  });

  it('is refused for all when one of them has edits that are not deployed', async () => {
    const [a, b] = [await create('edited', { order: 50 }), await create('plain', { order: 60 })];
    await deploy(a.id);
    await post(a.id, 'versions', { document: { ...a.document, description: 'not yet out' } });
    const answer = await call('POST', '/rules/order', { rules: [{ id: b.id, order: 40 }, { id: a.id, order: 70 }] });
    expect(refusal(answer)).toEqual([409, 'rule.undeployed-edits']);
    expect(apiError.parse(answer.body).error.message).toMatch(/edited/);
    expect((await read(b.id)).latestVersion).toBe(1);
    expect(refusal(await call('POST', '/rules/order', { rules: [{ id: 'nope', order: 1 }] }))).toEqual([404, 'rule.unknown']);
    await post(a.id, 'disable');
  });
});

describe('many at once', () => {
  it('does what can be done, with one configuration and a result each', async () => {
    const [a, b] = [await create('bulk-a'), await create('bulk-b')];
    const broken = await create('bulk-broken', { kql: 'Logs | where bad' });
    const before = agent.received.filter((message) => message.remoteConfig !== undefined).length;
    const done = bulkResult.parse((await call('POST', '/rules/bulk', { action: 'deploy', mode: 'shadow', ids: [a.id, broken.id, 'nope', b.id] })).body);
    expect(done.results.map(({ id, ok, error }) => [id, ok, error?.code])).toEqual([[a.id, true, undefined], [broken.id, false, 'rule.does-not-compile'], ['nope', false, 'rule.unknown'], [b.id, true, undefined]]);
    expect(done.results[1]?.error?.message).toMatch(/bulk-broken/);
    await running(a.id, ({ mode }) => mode === 'shadow');
    expect(agent.received.filter((message) => message.remoteConfig !== undefined).length).toBe(before + 1);
    const refused = bulkResult.parse((await call('POST', '/rules/bulk', { action: 'delete', ids: [a.id, broken.id] })).body);
    expect(refused.results).toMatchObject([{ ok: false, error: { code: 'rule.deployed' } }, { ok: true }]);
    const ended = bulkResult.parse((await call('POST', '/rules/bulk', { action: 'disable', ids: [a.id, b.id] })).body);
    expect(ended.results).toEqual([{ id: a.id, ok: true }, { id: b.id, ok: true }]);
    expect((await list()).filter(({ name }) => name.startsWith('bulk-')).map(({ name, state }) => [name, state])).toEqual([['bulk-a', 'disabled'], ['bulk-b', 'disabled']]);
  });
});

describe('history', () => {
  it('has a point a second and what happened; totals outlive the rule', async () => {
    const { id } = await create('remembered');
    const from = nowMs();
    await deploy(id);
    const { rule } = await running(id);
    const deployment = rule?.deployment ?? 0;
    for (const matched of [0, 40, 80]) await report([ruleStats(id, { deployment, matched, removed: matched, bytesRemoved: matched, cpuMs: matched / 10 })]);
    const { points } = ruleHistory.parse((await call('GET', `/rules/${id}/history?seconds=60`)).body);
    expect(points.filter(({ t, matched }) => t >= from && matched !== null).map(({ matched, cpuShare }) => [matched, cpuShare])).toEqual([[40, 0.004], [40, 0.004]]);
    await post(id, 'disable');
    expect((await read(id)).effect).toMatchObject({ matched: 80, removed: 80, bytesRemoved: 80, matchedPerSecond: null });
    const { marks } = ruleHistory.parse((await call('GET', `/rules/${id}/history?seconds=60`)).body);
    expect(marks.map(({ kind, label }) => [kind, label])).toEqual([['deploy', 'remembered v1 deployed'], ['disable', 'remembered disabled']]);
    expect(refusal(await call('GET', '/rules/nope/history'))).toEqual([404, 'rule.unknown']);

    await agent.close();
    await server.stop();
    await server.start();
    expect((await read(id)).effect).toMatchObject({ matched: 80, matchedPerSecond: null });
    agent = await FakeAgent.connect({ url: server.url, agentToken, id: 'a'.repeat(32), host: 'web-1' });
    await agent.untilConfig(() => true);
  });
});

describe('targets and conflicts', () => {
  it('count only agents that can match', async () => {
    const [here, elsewhere] = [await create('here', { targets: 'Agent["host.name"] == "web-1"' }), await create('elsewhere', { targets: 'Agent["host.name"] == "web-2"' })];
    expect(await deploy(here.id)).toMatchObject({ targets: 'Agent["host.name"] == "web-1"', targetAgents: 1 });
    expect((await deploy(elsewhere.id)).targetAgents).toBe(0);
    const { rule } = await running(elsewhere.id);
    expect(rule?.targets).toMatchObject({ operators: [{ op: 'where' }] });
    expect(refusal(await call('POST', '/rules', { document: { name: 'there', kql: kql('x'), targets: 'bad' } }).then(async ({ body }) => post((body as RuleDetail).id, 'deploy', { version: 1 })))).toEqual([422, 'rule.does-not-compile']);
    for (const { id } of [here, elsewhere]) await post(id, 'disable');
  });
  it('name the rule that takes the records, for what runs and for drafts, but not from a shadow', async () => {
    const [first, second] = [await create('first-taker', { order: 1, kql: kql('same') }), await create('second-taker', { order: 2, kql: kql('same') })];
    await deploy(first.id, 'shadow');
    expect((await read(second.id)).conflicts).toEqual([]);
    await deploy(first.id);
    expect((await read(second.id)).conflicts).toEqual([{ withId: first.id, withName: 'first-taker', level: 'never', message: 'second-taker never sees a record: first-taker drops them all.' }]);
    const calls = server.compiler.conflictCalls;
    expect((await list()).find(({ id }) => id === second.id)?.conflicts).toHaveLength(1);
    expect(server.compiler.conflictCalls).toBe(calls);
    await post(first.id, 'disable');
    expect((await read(second.id)).conflicts).toEqual([]);
  });
  it('are those of rules that act: one that every agent turned off takes nothing until it is deployed again', async () => {
    const [first, second] = [await create('greedy-taker', { order: 1, kql: kql('greed') }), await create('poor-taker', { order: 2, kql: kql('greed') })];
    await deploy(first.id);
    const { rule } = await running(first.id);
    expect((await read(second.id)).conflicts).toHaveLength(1);
    await report([ruleStats(first.id, { deployment: rule?.deployment ?? 0, disabled: { kind: 'memory', reason: 'Held 40 MiB.', atUnixMs: nowMs() } })]);
    expect((await read(second.id)).conflicts).toEqual([]);
    await deploy(first.id);
    expect((await read(second.id)).conflicts).toHaveLength(1);
    await post(first.id, 'disable');
  });
  it('are of the version that runs: two rules may run under one name', async () => {
    const [first, second, third] = [await create('named-x', { order: 1, kql: kql('name') }), await create('named-y', { order: 2, kql: kql('name') }), await create('named-z', { order: 3, kql: kql('name') })];
    for (const { id } of [first, second]) await deploy(id);
    await post(first.id, 'versions', { document: { name: 'named-w', order: 1, kql: kql('name') } });
    await post(third.id, 'versions', { document: { name: 'named-x', order: 3, kql: kql('name') } });
    expect((await read(first.id)).conflicts).toEqual([]);
    expect((await read(third.id)).conflicts.map(({ withId }) => withId)).toEqual([first.id, second.id]);
    for (const { id } of [first, second]) await post(id, 'disable');
  });
  it('stay as they were known when they cannot be worked out, and are said not to be known', async () => {
    const [first, second] = [await create('sure-taker', { order: 1, kql: kql('sure') }), await create('hit-taker', { order: 2, kql: kql('sure') })];
    await deploy(first.id);
    expect(await read(second.id)).toMatchObject({ conflicts: [{ withId: first.id }] });
    server.compiler.conflictsBroken = true;
    await create('another-taker', { order: 3, kql: kql('other') });
    expect(await read(second.id)).toMatchObject({ conflicts: [{ withId: first.id }], conflictsKnown: false });
    expect((await list()).every(({ conflictsKnown }) => conflictsKnown === false)).toBe(true);
    server.compiler.conflictsBroken = false;
    clock.advanceMs(61_000);
    expect((await read(second.id)).conflictsKnown).toBeUndefined();
    await post(first.id, 'disable');
  });
});
