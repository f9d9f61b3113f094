// What redaction hides since is said no longer: not by aliases, nor by what is worked out from them; and former ids of templates are learnt one by one.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aliasList, ruleDetail } from '../../../model/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import { eventually } from '../../testing/eventually.ts';
import { FakeAgent } from '../../testing/fake-agent.ts';
import { agentToken, TestServer } from '../../testing/test-server.ts';
import { weirItself } from '../../audit/index.ts';
import { Aliases } from './alias-service.ts';

let server: TestServer;
let agent: FakeAgent;
beforeEach(async () => { server = await new TestServer().start(); agent = await FakeAgent.connect({ url: server.url, agentToken, id: 'a1'.repeat(16) }); });
afterEach(async () => { await agent.close(); await server.remove(); });

const api = (method: string, path: string, body?: unknown) => server.call(method, `/api/v1${path}`, body);
const secret = 'customer-krause';
const policy = "weir: 1\nkind: redaction-policy\nname: own\npatterns:\n  - name: customer\n    pattern: 'customer-[a-z]+'\n";
const deploy = async (body: object): Promise<void> => {
  const rule = ruleDetail.parse((await api('POST', '/rules', body)).body);
  expect((await api('POST', `/rules/${rule.id}/deploy`, { version: 1 })).status).toBe(200);
};

it('a policy that comes later masks the names of aliases, which go on to hold; a restart brings none of them back', async () => {
  await deploy({ document: { name: 'follows', kql: 'Logs | where event("account.opened") | invoke drop()' } });
  await api('POST', '/aliases', { kind: 'event', former: `opened for ${secret}`, current: 'account.opened', reason: `as ${secret} says` });
  await api('POST', '/aliases', { kind: 'field', former: `note.${secret}`, current: 'note' });
  await deploy({ text: policy });
  const said = async (): Promise<string> => JSON.stringify([(await api('GET', '/aliases')).body, (await api('GET', '/aliases/names')).body]);
  await eventually(async () => { expect(await said()).not.toContain(secret); });
  const { aliases } = aliasList.parse((await api('GET', '/aliases')).body);
  expect(aliases.map(({ former, current, state }) => [former, current, state])).toEqual([[expect.stringMatching(/^note\.•+$/), 'note', 'active'], [expect.stringMatching(/^opened for •+$/), 'account.opened', 'active']]);
  const config = await agent.untilConfig(({ rules }) => rules.length === 2 && JSON.stringify(rules).includes('opened for •'));
  expect(JSON.stringify(config)).not.toContain(secret);
  await server.stop();
  await agent.closed();
  await server.start();
  expect(await said()).not.toContain(secret);
});

const open = async (store: Store, told = (name: string): string => name): Promise<Aliases> => {
  let ids = 0;
  const aliases = new Aliases({ store, now: () => '2026-01-01T00:00:00.000Z', newId: () => `id-${++ids}`, republish: (change) => store.transaction(change), running: () => null, told, seen: () => ({ firstSeenMs: null, formerLastMs: null }) });
  await aliases.load();
  return aliases;
};

it('what was found in data is in the audit without its names, and comes in as it may be told', async () => {
  const store = await openStore(':memory:');
  const aliases = await open(store, (name) => name.replace(secret, '•••'));
  const made = await aliases.add({ kind: 'event', former: `opened for ${secret}`, current: 'account.opened', service: 'shop', reason: `${secret} moved` }, weirItself, { proposed: true });
  expect(made).toMatchObject({ ok: true, value: { former: 'opened for •••' } });
  await aliases.decide('id-1', 'active', { user: 'ada' });
  const entries = await store.audit.list(10);
  expect(entries.map(({ action }) => action)).toEqual(['alias.accept', 'alias.propose']);
  expect(JSON.stringify([aliases.all, entries])).not.toContain(secret);
  expect(JSON.stringify(entries)).not.toContain('account.opened');
  await store.close();
});

it('one former id that cannot be kept loses no other, and what is no id of a template is none', async () => {
  const store = await openStore(':memory:');
  const aliases = await open(store);
  const id = (i: number): string => `t-${String(i).padStart(16, '0')}`;
  const bad = id(3);
  const transaction = store.transaction.bind(store);
  store.transaction = (work) => transaction((parts) => work({ ...parts, events: Object.assign(Object.create(parts.events) as typeof parts.events, {
    putMinedNames: (names: readonly { readonly former: string; readonly current: string }[], atMs: number) => (names.some(({ former }) => former === bad) ? Promise.reject(new Error('no')) : parts.events.putMinedNames(names, atMs)),
  }) }));
  const links = [...Array.from({ length: 7 }, (_, i) => ({ former: id(i), current: id(99) })), { former: id(8), current: 'constructor' }];
  await expect(aliases.learnMined(links, 1)).rejects.toThrow(/1 of 7 former ids/);
  expect((await store.events.minedNames(100)).map(({ former }) => former).toSorted()).toEqual([0, 1, 2, 4, 5, 6].map(id));
  await store.close();
});
