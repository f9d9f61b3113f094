// Durability with Microsoft's parser: what a rename would break, made to follow, renamed, and still there: a rule, a net, a metric, a view, a theme.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aliasPreview, followDone, followingNames, metricList, ruleDetail, savedView, savedViewList, themeView, type AgentConfig, type AliasPreview } from '../../model/index.ts';
import { createKqlCompiler } from '../kql/index.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

const server = new TestServer({ compiler: createKqlCompiler() });
let agent: FakeAgent;
const ids: Record<string, string> = {};
beforeAll(async () => { await server.start(); agent = await FakeAgent.connect({ url: server.url, agentToken, id: 'a1'.repeat(16) }); }, 60_000);
afterAll(async () => { await agent.close(); await server.remove(); });

const api = (method: string, path: string, body?: unknown) => server.call(method, `/api/v1${path}`, body);
const preview = async (name = 'checkout.started'): Promise<AliasPreview> => aliasPreview.parse((await api('GET', `/aliases/preview?kind=event&name=${name}`)).body);
async function rule(text: string): Promise<string> {
  const { status, body } = await api('POST', '/rules', { text });
  expect([status, body]).toMatchObject([201, { versions: [{ diagnostics: [] }] }]);
  return ruleDetail.parse(body).id;
}
const planOf = ({ rules }: AgentConfig, id: string): string => JSON.stringify(rules.find((one) => one.id === id)?.plan ?? null);

const query = '# Counts them.\nname: checkouts\nkql: |\n  Logs\n  | where EventName == "checkout.started" // the only one\n  | summarize n = count() by ServiceName, bin(Timestamp, 10s)\n  | invoke to_metric("shop.checkouts")\n';
const net = 'kind: state-machine\nname: slow-checkout\ninitial: idle\nstates:\n  idle: { on: [{ when: \'EventName == "checkout.started" and toint(Attributes.ms) > 500\', to: slow }] }\n  slow:\n    enter:\n      - { action: theme, name: Checkout details, state: on, for: 10m }\n    after: { 5m: idle }\n';

it('tells who would break and who would follow, with texts that compile and follow', async () => {
  ids['metric'] = await rule(query);
  ids['net'] = await rule(net);
  ids['follower'] = await rule('name: follower\nkql: Logs | where event("checkout.started") | invoke drop()\n');
  ids['odd'] = await rule('name: odd\nkql: Logs | where EventName startswith "checkout" | invoke drop()\n');
  ids['view'] = savedView.parse((await api('POST', '/views', { name: 'Checkouts', description: '', signals: ['logs'], kql: 'DurableId == "checkout.started"', columns: [] })).body).id;
  const { users, breaks, follows, offers } = await preview();
  expect([breaks, follows]).toEqual([4, 1]);
  expect(users.map(({ kind, name, follows: does }) => [kind, name, does])).toEqual([['view', 'Checkouts', false], ['rule', 'odd', false], ['metric', 'shop.checkouts', false], ['net', 'slow-checkout', false], ['rule', 'follower', true]]);
  expect(offers.map(({ kind, name, after }) => [kind, name, after])).toEqual([
    ['view', 'Checkouts', 'event("checkout.started")'], ['rule', 'checkouts', query.replace('EventName == "checkout.started"', 'event("checkout.started")')],
    ['rule', 'slow-checkout', net.replace('EventName == "checkout.started"', 'event("checkout.started")')],
  ]);
}, 60_000);

it('makes them follow: new versions, nothing deployed', async () => {
  const { results } = followDone.parse((await api('POST', '/aliases/follow', { name: 'checkout.started', ruleIds: [ids['metric'], ids['net'], ids['odd'], 'none'], viewIds: [ids['view']] })).body);
  expect(results.map(({ version, problem }) => [version, problem])).toEqual([[2, null], [2, null], [null, expect.stringContaining('names checkout.started nowhere')], [null, expect.stringContaining('no rule')], [null, null]]);
  expect(await preview()).toMatchObject({ breaks: 1, follows: 4, users: [{ name: 'odd' }, {}, {}, {}, {}], offers: [] });
  expect((await api('GET', `/rules/${ids['metric']}`)).body).toMatchObject({ state: 'draft', latestVersion: 2, versions: [{ note: 'follows renames of checkout.started' }, {}] });
}, 60_000);

it('a rename keeps the metric, the net, the view and the theme alive, and they say so', async () => {
  const theme = themeView.parse((await api('POST', '/themes', { name: 'Checkout details', description: '', members: [{ name: 'checkout.started', service: 'shop' }], offKeepPerMille: 50, schedule: [] })).body);
  expect((await api('PUT', `/themes/${theme.id}/state`, { state: 'off' })).body).toMatchObject({ state: 'off' });
  for (const id of [ids['metric'], ids['net']]) expect((await api('POST', `/rules/${id}/deploy`, { version: 2 })).status).toBe(200);
  await api('POST', '/aliases', { kind: 'event', former: 'checkout.started', current: 'cart.checkout' });
  const config = await agent.untilConfig((one) => planOf(one, ids['metric']!).includes('"cart.checkout"'));
  expect(planOf(config, theme.ruleId!)).toMatch(/"cart\.checkout".*"shop".*"sample","ratio":0\.05|"ratio":0\.05,"sink":"sample"/);
  expect(JSON.stringify(config.rules.find(({ id }) => id === ids['net'])?.machine)).toMatch(/"cart\.checkout".*"checkout\.started"/);
  const follows = [{ name: 'checkout.started', now: ['cart.checkout', 'checkout.started'] }];
  expect(savedViewList.parse((await api('GET', '/views')).body).views).toMatchObject([{ follows }]);
  expect(metricList.parse((await api('GET', '/metrics')).body).metrics).toMatchObject([{ name: 'shop.checkouts', kind: 'sum', monotonic: true, groupBy: ['ServiceName'], state: 'deployed', ruleName: 'checkouts', follows }]);
  expect((await preview('cart.checkout')).users.map(({ kind, follows: does }) => [kind, does]).sort()).toEqual([['metric', true], ['net', true], ['rule', false], ['rule', true], ['theme', true], ['view', true]]);
  expect(await preview('nobody')).toMatchObject({ users: [], breaks: 0 });
}, 60_000);

it('a field: who would break is made to follow without another meaning; a rename keeps them alive, and they say so', async () => {
  const of = async (name: string): Promise<AliasPreview> => aliasPreview.parse((await api('GET', `/aliases/preview?kind=field&name=${name}`)).body);
  const following = async () => followingNames.parse((await api('GET', '/aliases/following')).body);
  const taken = await rule('name: by-region\nkql: |\n  Logs\n  | summarize avg(toreal(Attributes["order.total"])) by tostring(Attributes["order.region"]), bin(Timestamp, 10s) // bare names\n  | invoke to_metric("shop.total")\n');
  const keyed = await rule('kind: state-machine\nname: region-stuck\nkey: [\'Attributes["order.region"]\']\ninitial: idle\nstates: { idle: { on: [{ when: \'SeverityNumber > 16\', to: idle }] } }\n');
  const policy = await rule('kind: redaction-policy\nname: hides-region\nentries:\n  - { key: order.region, do: remove }\n');
  const view = savedView.parse((await api('POST', '/views', { name: 'Regions', description: '', signals: ['logs'], kql: 'Attributes["order.region"] == "eu"', columns: [] })).body);
  expect((await api('PUT', '/recorders/regions', { name: 'regions', key: ['ServiceName', 'tostring(Attributes["order.region"])'] })).status).toBe(200);
  const before = await of('order.region');
  expect(before.users.map(({ kind, follows }) => [kind, follows]).sort()).toEqual([['metric', false], ['net', false], ['recorder', false], ['rule', false], ['view', false]]);
  expect(before.offers.map(({ kind, name, after }) => [kind, name, after]).sort()).toEqual([
    ['recorder', 'regions', 'ServiceName\ntostring(field("order.region"))'],
    ['rule', 'by-region', expect.stringContaining('summarize avg(toreal(Attributes["order.total"])) by ["Attributes_order.region"] = tostring(field("order.region")), bin(Timestamp, 10s) // bare names')],
    ['rule', 'region-stuck', expect.stringContaining('field("order.region")')], ['view', 'Regions', 'field("order.region") == "eu"'],
  ]);
  const { results } = followDone.parse((await api('POST', '/aliases/follow', { kind: 'field', name: 'order.region', ruleIds: [taken, keyed, policy], viewIds: [view.id], recorderNames: ['regions'] })).body);
  expect(results.map(({ kind, problem }) => [kind, problem])).toEqual([['rule', null], ['rule', null], ['rule', expect.stringContaining('field() could stand for')], ['view', null], ['recorder', null]]);
  expect((await api('POST', `/rules/${taken}/deploy`, { version: 1 })).status).toBe(200);
  expect(await of('order.region')).toMatchObject({ offers: [], toDeploy: [{ id: taken, name: 'by-region', version: 2 }] });
  for (const id of [taken, keyed]) expect((await api('POST', `/rules/${id}/deploy`, { version: 2 })).status).toBe(200);
  await api('POST', '/aliases', { kind: 'field', former: 'order.region', current: 'region' });
  const config = await agent.untilConfig((one) => planOf(one, taken).includes('"coalesce"'));
  expect(JSON.stringify(config.recorders)).toMatch(/"region".*"order\.region".*"coalesce"/);
  const follows = [{ name: 'order.region', now: ['region', 'order.region'] }];
  expect(await following()).toMatchObject({ rules: { [taken]: follows, [keyed]: follows }, recorders: { regions: follows } });
  expect(metricList.parse((await api('GET', '/metrics')).body).metrics.find(({ name }) => name === 'shop.total')).toMatchObject({ groupBy: ['Attributes_order.region'], follows });
}, 60_000);

it('exports its metrics', async () => {
  const text = async (format: string): Promise<string> => { const { body } = await api('GET', `/metrics/export?format=${format}`); return typeof body === 'string' ? body : JSON.stringify(body); };
  expect(await text('yaml')).toMatch(/^weir: 1\nkind: metric\nname: shop\.checkouts\ntype: sum\nmonotonic: true\ngroupBy:\n {2}- ServiceName\nrule: checkouts\nkql: \|-\n {2}Logs\n/);
  expect(await text('prometheus')).toContain('expr: sum by (ServiceName) (rate(shop_checkouts_total[5m]))');
  expect(await text('grafana')).toContain('"expr":"sum by (ServiceName) (rate(shop_checkouts_total{ServiceName=~\\"$by_ServiceName\\"}[$__rate_interval]))"');
  expect((await api('GET', '/metrics/export?format=grafana')).headers.get('content-disposition')).toContain('weir-dashboard.json');
  expect((await api('GET', '/metrics/export?format=other')).status).toBe(400);
}, 60_000);

it('a theme of 500 events compiles and runs', async () => {
  const members = Array.from({ length: 500 }, (_, i) => ({ name: `event.number.${i}`, service: i % 7 === 0 ? `service-${i}` : null }));
  const theme = themeView.parse((await api('POST', '/themes', { name: 'Big', description: '', members, offKeepPerMille: 0, schedule: [] })).body);
  expect((await api('PUT', `/themes/${theme.id}/state`, { state: 'off' })).body).toMatchObject({ state: 'off' });
  await agent.untilConfig((one) => planOf(one, theme.ruleId!).includes('event.number.499'));
}, 60_000);

it('an action theme is checked as others are', async () => {
  const wrong = async (action: string): Promise<string> => JSON.stringify((await api('POST', '/rules', { text: net.replace('name: slow-checkout', `name: wrong-${Math.abs(action.length)}`).replace(/\{ action: theme.*\}/, action) })).body);
  expect(await wrong('{ action: theme, state: on }')).toContain('theme needs name.');
  expect(await wrong('{ action: theme, name: x, state: loud }')).toContain('This is no state for theme');
  expect(await wrong('{ action: theme, name: x, state: on, for: 1s }')).toContain('This is no for for theme');
}, 60_000);
