// Aliases through a real server: what agents and tails are told when a name is said to be another, and what is left after a restart.
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aliasList, auditList, ruleDetail, type Alias, type AgentConfig, type TailSubscribe } from '../../../model/index.ts';
import { resolveNames, type Plan } from '../../../kql/index.ts';
import { FakeAgent, openSocket } from '../../testing/fake-agent.ts';
import { agentToken, TestServer, token } from '../../testing/test-server.ts';

const id = 'a1'.repeat(16);
let server: TestServer;
let agent: FakeAgent;
const connect = async (): Promise<void> => { agent = await FakeAgent.connect({ url: server.url, agentToken, id }); };
beforeEach(async () => { server = await new TestServer().start(); await connect(); });
afterEach(async () => { await agent.close(); await server.remove(); });

const api = (method: string, path: string, body?: unknown) => server.call(method, `/api/v1${path}`, body);
const event = (name: string): Plan => ({ version: 2, table: 'Logs', operators: [{ op: 'where', predicate: { k: 'call', type: 'bool', fn: 'event', args: [{ k: 'literal', type: 'string', value: name }] } }], sink: { sink: 'drop' } });
/** `event(name)` written out as these names. */
const meaning = (name: string, names: readonly string[]): Plan => resolveNames(event(name), { events: { [name]: names.map((one) => ({ name: one, service: null })) }, fields: {} });
const ruleOf = ({ rules }: AgentConfig) => rules[0];

async function deployed(): Promise<string> {
  const rule = ruleDetail.parse((await api('POST', '/rules', { document: { name: 'follows', kql: 'Logs | where event("a") | invoke drop()' } })).body);
  expect((await api('POST', `/rules/${rule.id}/deploy`, { version: 1 })).status).toBe(200);
  return rule.id;
}
const renamed = async (former: string, current: string, more: object = {}): Promise<Alias> => (await api('POST', '/aliases', { kind: 'event', former, current, ...more })).body as Alias;
/** The config in which the rule means these names; polls, for earlier ones have come already. */
const untilMeans = (names: readonly string[]): Promise<AgentConfig> => agent.untilConfig((config) => isDeepStrictEqual(ruleOf(config)?.plan, meaning('a', names)));

it('a rule that follows is written out, and anew with every name under the same deployment', async () => {
  await deployed();
  const first = ruleOf(await untilMeans(['a']))!;
  expect(JSON.stringify(first.plan)).not.toContain('"event"');
  expect(await renamed('a', 'b')).toMatchObject({ former: 'a', current: 'b', state: 'active', by: 'local' });
  const second = ruleOf(await untilMeans(['b', 'a']))!;
  expect(second).toMatchObject({ id: first.id, version: 1, deployment: first.deployment });
  expect(second.names).not.toBe(first.names);
  await renamed('b', 'c');
  expect(ruleOf(await untilMeans(['c', 'a', 'b']))!.deployment).toBe(first.deployment);
});

it('one of another service is written out with that service', async () => {
  await deployed();
  await renamed('a', 'b', { service: 'shop' });
  const config = await agent.untilConfig((one) => JSON.stringify(ruleOf(one)?.plan ?? null).includes('"shop"'));
  expect(ruleOf(config)!.plan).toEqual(resolveNames(event('a'), { events: { a: [{ name: 'b', service: 'shop' }, { name: 'a', service: null }] }, fields: {} }));
});

it('a tail that is open on it is asked for anew, under the same number', async () => {
  const browser = await openSocket(`${server.url.replace('http', 'ws')}/api/v1/tail`, token);
  browser.send(JSON.stringify({ type: 'subscribe', kql: 'event("a")', signals: ['logs'], stage: 'out', maxRecordsPerSecond: 100 }));
  const before = await agent.untilCustom<TailSubscribe>('tail.subscribe');
  expect((before.plan as Plan).operators).toEqual(meaning('a', ['a']).operators);
  await renamed('a', 'b');
  const after = await agent.untilCustom<TailSubscribe>('tail.subscribe', ({ plan }) => JSON.stringify(plan).includes('"b"'));
  expect([after.subscription, (after.plan as Plan).operators]).toEqual([before.subscription, meaning('a', ['b', 'a']).operators]);
  browser.close();
});

it('taken back it means what it says; every step is in the audit', async () => {
  await deployed();
  const alias = await renamed('a', 'b');
  const { revision } = await untilMeans(['b', 'a']);
  expect((await api('PUT', `/aliases/${alias.id}`, { state: 'rejected' })).body).toMatchObject({ state: 'rejected' });
  await agent.untilConfig((config) => config.revision > revision && isDeepStrictEqual(ruleOf(config)?.plan, meaning('a', ['a'])));
  expect((await api('PUT', `/aliases/${alias.id}`, { state: 'active' })).status).toBe(200);
  const { entries } = auditList.parse((await api('GET', '/audit')).body);
  expect(entries.filter(({ subject }) => subject === `alias:${alias.id}`).map(({ action, actor }) => [action, actor])).toEqual([['alias.accept', 'local'], ['alias.reject', 'local'], ['alias.add', 'local']]);
});

it('what cannot be is refused, and changes nothing', async () => {
  await renamed('a', 'b');
  const codes = await Promise.all([['a', 'b'], ['b', 'a'], ['x', 'x']].map(async ([former, current]) => (await api('POST', '/aliases', { kind: 'event', former, current })).body));
  expect(codes).toMatchObject([{ error: { code: 'alias.known' } }, { error: { code: 'alias.circle' } }, { error: { code: 'alias.circle' } }]);
  expect((await api('PUT', '/aliases/none', { state: 'active' })).status).toBe(404);
  expect(aliasList.parse((await api('GET', '/aliases')).body).aliases).toHaveLength(1);
});

it('a restart loses nothing', async () => {
  await deployed();
  await renamed('a', 'b');
  const config = await untilMeans(['b', 'a']);
  const [aliases, names] = [(await api('GET', '/aliases')).body, (await api('GET', '/aliases/names')).body];
  await server.stop();
  await agent.closed();
  await server.start();
  await connect();
  expect(await untilMeans(['b', 'a'])).toEqual(config);
  expect([(await api('GET', '/aliases')).body, (await api('GET', '/aliases/names')).body]).toEqual([aliases, names]);
});
