// Rules over HTTP on a running server, with an agent that takes the configuration.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiError, auditList, compileResponse, ruleDetail, ruleList, type RuleDetail } from '../../model/index.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { receivedLogs, ruleStats, statusReport } from '../testing/status.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

const server = new TestServer();
let agent: FakeAgent;
beforeAll(async () => {
  await server.start();
  agent = await FakeAgent.connect({ url: server.url, agentToken, id: 'a'.repeat(32) });
});
afterAll(async () => { await agent.close(); await server.remove(); });

const good = 'Logs | where EventName == "x" | invoke drop()';
const document = (name: string, more = {}) => ({ document: { name, kql: good, ...more } });
const create = async (name: string, more = {}): Promise<RuleDetail> => ruleDetail.parse((await server.call('POST', '/api/v1/rules', document(name, more))).body);
const post = async (id: string, verb: string, body: unknown = {}) => server.call('POST', `/api/v1/rules/${id}/${verb}`, body);
const read = async (id: string) => ruleDetail.parse((await server.call('GET', `/api/v1/rules/${id}`)).body);
const refusal = ({ status, body }: { status: number; body: unknown }) => [status, apiError.parse(body).error.code];
const revisions = () => agent.received.filter((message) => message.remoteConfig !== undefined).length;

describe('writing', () => {
  it('makes a draft and lists it', async () => {
    const rule = await create('first');
    expect(rule).toMatchObject({ name: 'first', state: 'draft', latestVersion: 1, deployedVersion: null, sink: 'drop', table: 'Logs', order: 100, targetAgents: 0 });
    expect(rule.versions).toMatchObject([{ version: 1, author: 'local', diagnostics: [] }]);
    expect(ruleList.parse((await server.call('GET', '/api/v1/rules')).body).rules.map(({ id }) => id)).toContain(rule.id);
  });
  it('adds versions that never change, and none for equal content', async () => {
    const { id } = await create('versions');
    const changed = ruleDetail.parse((await post(id, 'versions', { ...document('versions', { description: 'why' }), note: 'said why' })).body);
    expect(changed.versions).toMatchObject([{ version: 2, note: 'said why', document: { description: 'why' } }, { version: 1, document: { description: '' } }]);
    expect(changed.versions[0]?.contentHash).not.toBe(changed.versions[1]?.contentHash);
    const same = ruleDetail.parse((await post(id, 'versions', document('versions', { description: 'why' }))).body);
    expect(same.latestVersion).toBe(2);
  });
  it('keeps text that does not compile, with what is wrong with it', async () => {
    const rule = await create('broken', { kql: 'Logs | where bad' });
    const [version] = rule.versions;
    expect(rule).toMatchObject({ sink: '', table: '', versions: [{ diagnostics: [{ message: 'Unknown name: bad', path: ['kql'] }] }] });
    const [{ start, end } = { start: 0, end: 0 }] = version?.diagnostics ?? [];
    expect(version?.text.slice(start, end)).toBe('bad');
  });
  it('keeps a text as it was written; other comments alone are a new version, the same fields are none', async () => {
    const text = `# why it is here\nname: commented\nkql: |\n  ${good}   # the noisy one\n`.replace('   # the noisy one', '');
    const rule = ruleDetail.parse((await server.call('POST', '/api/v1/rules', { text })).body);
    expect(rule.versions).toMatchObject([{ text, document: { name: 'commented', kql: good } }]);
    const again = ruleDetail.parse((await post(rule.id, 'versions', { text: text.replace('why it', 'why this') })).body);
    expect([again.latestVersion, again.versions[0]?.document]).toEqual([2, again.versions[1]?.document]);
    expect(ruleDetail.parse((await post(rule.id, 'versions', { document: rule.document })).body).latestVersion).toBe(2);
    const fields = ruleDetail.parse((await post(rule.id, 'versions', { document: { ...rule.document, description: 'now with words' } })).body);
    expect(fields.versions[0]?.text).toContain('# why this is here\nname: commented');
    expect(fields.versions[0]?.document).toMatchObject({ description: 'now with words', kql: good });
  });
  it('refuses a text that is no rule, and says where', async () => {
    const answer = await server.call('POST', '/api/v1/rules', { text: 'name: Not A Name\nkql: Logs\n' });
    expect(refusal(answer)).toEqual([422, 'rule.unreadable']);
    expect(apiError.parse(answer.body).error.diagnostics).toMatchObject([{ path: ['name'], start: 6 }]);
    expect(refusal(await server.call('POST', '/api/v1/rules', { text: 'x', document: { name: 'x', kql: good } }))).toEqual([400, 'request.invalid']);
    expect(refusal(await server.call('POST', '/api/v1/rules', { note: 'nothing' }))).toEqual([400, 'request.invalid']);
  });
  it('keeps a state machine, and deploys it like any other rule', async () => {
    const text = 'kind: state-machine\nname: net\ninitial: idle\nstates:\n  idle: { on: [{ when: EventName == "x", to: idle }] }\n';
    const rule = ruleDetail.parse((await server.call('POST', '/api/v1/rules', { text })).body);
    expect(rule).toMatchObject({ kind: 'state-machine', sink: '', versions: [{ diagnostics: [] }] });
    expect(ruleDetail.parse((await post(rule.id, 'deploy', { version: 1, mode: 'shadow' })).body)).toMatchObject({ state: 'deployed', mode: 'shadow' });
    expect(ruleDetail.parse((await post(rule.id, 'disable')).body)).toMatchObject({ state: 'disabled' });
    const broken = ruleDetail.parse((await post(rule.id, 'versions', { text: text.replace('"x"', 'bad') })).body);
    expect(broken.versions[0]?.diagnostics).toMatchObject([{ path: ['states', 'idle', 'on', 0, 'when'] }]);
  });
  it('keeps a rule for another location, and says why it does not deploy it', async () => {
    const rule = ruleDetail.parse((await server.call('POST', '/api/v1/rules', { text: `name: far\nlocation: off-box\nkql: ${JSON.stringify(good)}\n` })).body);
    expect(refusal(await post(rule.id, 'deploy', { version: 1 }))).toEqual([422, 'rule.location-not-armed']);
  });
  it('refuses a name that is taken, by a new rule and by a new version', async () => {
    const { id } = await create('name-a');
    await create('name-b');
    expect(refusal(await server.call('POST', '/api/v1/rules', document('name-b')))).toEqual([409, 'rule.name-taken']);
    expect(refusal(await post(id, 'versions', document('name-b')))).toEqual([409, 'rule.name-taken']);
    expect(ruleDetail.parse((await post(id, 'versions', document('name-c'))).body).name).toBe('name-c');
  });
  it('knows no other ids', async () => {
    for (const answer of [await server.call('GET', '/api/v1/rules/x'), await post('x', 'versions', document('y')), await post('x', 'deploy', { version: 1 }), await post('x', 'disable'), await server.call('DELETE', '/api/v1/rules/x')])
      expect(refusal(answer)).toEqual([404, 'rule.unknown']);
  });
});

describe('deploying', () => {
  it('reaches a connected agent at once and counts who applied it', async () => {
    const { id } = await create('deploy-me', { order: 7 });
    const deployed = ruleDetail.parse((await post(id, 'deploy', { version: 1 })).body);
    expect(deployed).toMatchObject({ state: 'deployed', deployedVersion: 1, targetAgents: 1, appliedAgents: 0 });
    const config = await agent.untilConfig(({ rules }) => rules.some((rule) => rule.id === id));
    expect(config.rules.find((rule) => rule.id === id)).toMatchObject({ name: 'deploy-me', version: 1, order: 7, plan: { table: 'Logs', sink: { sink: 'drop' } } });
    agent.apply();
    await expect.poll(async () => (await read(id)).appliedAgents).toBe(1);
  });
  it('raises the revision with each change and sends rules in their order', async () => {
    const last = await create('z-first', { order: 1 });
    const { body } = await post(last.id, 'deploy', { version: 1 });
    expect(ruleDetail.parse(body).state).toBe('deployed');
    const config = await agent.untilConfig(({ rules }) => rules.some(({ name }) => name === 'z-first'));
    expect(config.rules.map(({ name }) => name)).toEqual(['z-first', 'deploy-me']);
    await post(last.id, 'disable');
    const next = await agent.untilConfig(({ revision }) => revision > config.revision);
    expect(next.rules.map(({ name }) => name)).toEqual(['deploy-me']);
  });
  it('refuses what does not compile, and says where', async () => {
    const { id } = await create('refused', { kql: 'Logs | where bad' });
    const before = revisions();
    const answer = await post(id, 'deploy', { version: 1 });
    expect(refusal(answer)).toEqual([422, 'rule.does-not-compile']);
    expect(apiError.parse(answer.body).error.diagnostics).toMatchObject([{ path: ['kql'], message: 'Unknown name: bad' }]);
    expect(refusal(await post(id, 'deploy', { version: 2 }))).toEqual([404, 'rule.version-unknown']);
    expect(refusal(await post(id, 'disable'))).toEqual([409, 'rule.not-deployed']);
    expect(revisions()).toBe(before);
  });
  it('does nothing twice', async () => {
    const { id } = await create('twice');
    await post(id, 'deploy', { version: 1 });
    const before = auditList.parse((await server.call('GET', '/api/v1/audit')).body).entries.length;
    expect((await post(id, 'deploy', { version: 1 })).status).toBe(200);
    expect((await post(id, 'disable')).status).toBe(200);
    expect((await post(id, 'disable')).status).toBe(200);
    expect(auditList.parse((await server.call('GET', '/api/v1/audit')).body).entries.length).toBe(before + 1);
  });
  it('survives twenty changes at once with one revision each', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, async (_, i) => (await create(`many-${i}`)).id));
    await Promise.all(ids.map((id) => post(id, 'deploy', { version: 1 })));
    await Promise.all(ids.map((id) => post(id, 'disable')));
    const config = await agent.untilConfig(({ rules }) => rules.filter(({ name }) => name.startsWith('many-')).length === 10);
    const last = await agent.untilConfig(({ revision }) => revision === config.revision + 10);
    expect(last.rules.filter(({ name }) => name.startsWith('many-'))).toEqual([]);
  });
});

describe('deleting', () => {
  it('refuses a deployed rule unless forced, then takes it off the fleet', async () => {
    const { id } = await create('delete-me');
    await post(id, 'deploy', { version: 1 });
    expect(refusal(await server.call('DELETE', `/api/v1/rules/${id}`))).toEqual([409, 'rule.deployed']);
    expect((await server.call('DELETE', `/api/v1/rules/${id}?force=true`)).status).toBe(204);
    const withIt = await agent.untilConfig(({ rules }) => rules.some((rule) => rule.id === id));
    await agent.untilConfig(({ revision, rules }) => revision > withIt.revision && !rules.some((rule) => rule.id === id));
    expect((await server.call('GET', `/api/v1/rules/${id}`)).status).toBe(404);
    expect((await create('delete-me')).id).not.toBe(id);
  });
});

describe('measuring', () => {
  it('shows rates of the deployed version from the agents\' totals', async () => {
    const { id } = await create('measured');
    await post(id, 'deploy', { version: 1 });
    const started = Date.now() - 3000;
    for (const second of [1, 2, 3]) agent.sendCustom('status', statusReport(started + second * 1000, {
      startedUnixMs: started, received: receivedLogs(second * 100), rules: [ruleStats(id, { matched: second * 50, removed: second * 40, cpuMs: second * 2 })], removed: { dropped: second * 40, sampled: 0, toMetric: 0, recorded: 0 },
    }));
    await expect.poll(async () => (await read(id)).effect.matched).toBe(150);
    expect(await read(id)).toMatchObject({ appliedAgents: 1, effect: { matchedPerSecond: 50, removedPerSecond: 40, emittedPerSecond: 0, cpuShare: 0.002, removed: 120, errors: 0 } });
  });
});

describe('compiling', () => {
  it('answers with plan or diagnostics', async () => {
    const ok = compileResponse.parse((await server.call('POST', '/api/v1/kql/compile', { kql: good })).body);
    expect(ok).toMatchObject({ ok: true, diagnostics: [], plan: { sink: { sink: 'drop' } } });
    expect(compileResponse.parse((await server.call('POST', '/api/v1/kql/compile', { kql: 'bad' })).body)).toMatchObject({ ok: false, plan: null });
  });
  it('says so when the compiler is gone, and changes nothing', async () => {
    const { id } = await create('no-compiler');
    server.compiler.broken = true;
    try {
      expect(refusal(await server.call('POST', '/api/v1/rules', document('other')))).toEqual([503, 'compiler.unavailable']);
      expect(refusal(await post(id, 'deploy', { version: 1 }))).toEqual([503, 'compiler.unavailable']);
    } finally {
      server.compiler.broken = false;
    }
    expect((await read(id)).state).toBe('draft');
  });
});

it('writes every change down, with before and after', async () => {
  const { id } = await create('audited');
  await post(id, 'versions', document('audited', { order: 5 }));
  await post(id, 'deploy', { version: 2 });
  await post(id, 'disable');
  await server.call('DELETE', `/api/v1/rules/${id}`);
  const { entries } = auditList.parse((await server.call('GET', '/api/v1/audit?limit=500')).body);
  const own = entries.filter(({ subject }) => subject === `rule:${id}`).reverse();
  expect(own).toMatchObject([
    { action: 'rule.create', actor: 'local', detail: { before: null, after: { order: 100 } } },
    { action: 'rule.save', detail: { before: { order: 100 }, after: { order: 5 }, version: 2 } },
    { action: 'rule.deploy', detail: { before: { state: 'draft', deployedVersion: null }, after: { state: 'deployed', deployedVersion: 2 } } },
    { action: 'rule.disable', detail: { before: { state: 'deployed' }, after: { state: 'disabled', deployedVersion: null } } },
    { action: 'rule.delete', detail: { after: null } },
  ]);
});
