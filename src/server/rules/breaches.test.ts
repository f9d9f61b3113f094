// Many agents turn off one rule: what is written down and told, and when.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultBounds, type AgentId, type AgentRule, type RuleId, type RuleStats } from '../../model/index.ts';
import { openStore, type Store, type StoredRule } from '../store/index.ts';
import { ruleStats } from '../testing/status.ts';
import { Breaches } from './breaches.ts';
import { Notices, tellExpired } from './notices.ts';

let store: Store;
let now = 0;
let notices: Notices;
let breaches: Breaches;
const stored: StoredRule = { id: 'r' as RuleId, name: 'greedy', state: 'deployed', latestVersion: 1, deployedVersion: 1, createdAt: 't', updatedAt: 't', deployedAt: 't', mode: 'live', expiresAt: null, deployment: 3 };
const opened = () => new Breaches({ store, notices, nowMs: () => now, onError: (error) => { throw error; } });
beforeEach(async () => {
  store = await openStore(':memory:');
  now = 1_700_000_000_000;
  let ids = 0;
  notices = new Notices({ newId: () => `n${ids++}`, nowMs: () => now });
  breaches = opened();
  await store.rules.put(stored);
});
afterEach(() => store.close());

const ruleAt = (deployment: number): ReadonlyMap<string, AgentRule> => new Map([['r', { id: 'r', name: 'greedy', version: 1, order: 1, plan: null, policy: null, targets: null, mode: 'live', bounds: defaultBounds, expiresAtUnixMs: null, deployment }]]);
const broken = (deployment: number): RuleStats => ruleStats('r', { deployment, disabled: { kind: 'memory', reason: 'Held 40 MiB.', atUnixMs: now } });
const note = (agent: number, deployment = 3, running = 3): void => { breaches.note({ id: String(agent) as AgentId, name: `web-${agent}`, upToDate: true }, [broken(deployment)], ruleAt(running)); };
const audited = async () => (await store.audit.list(100)).map(({ detail }) => detail as { agents: number; agentNames: string[]; deployment: number }).reverse();

it('one entry and one message, with the number of agents, when a fleet breaks within half a second; shown at once', async () => {
  for (let agent = 0; agent < 500; agent++) { note(agent); now += agent % 2; }
  expect(breaches.of(stored)).toHaveLength(500);
  expect(breaches.of(stored)[0]?.agent).toBe('web-499');
  expect(notices.recent()).toEqual([]);
  now += 600;
  breaches.writeDue();
  await breaches.settled();
  expect(await audited()).toMatchObject([{ agents: 500, agent: 'web-0', deployment: 3, kind: 'memory', figures: { matched: 0 } }]);
  expect((await audited())[0]?.agentNames).toHaveLength(20);
  expect(notices.recent()).toMatchObject([{ kind: 'breach', ruleId: 'r', agent: 'web-0', agents: 500, message: 'Held 40 MiB.' }]);
  expect(await store.breaches.current()).toHaveLength(500);
});

it('agents that break later are audited by the minute, and people are not told again, also after a restart', async () => {
  note(0);
  now += 2000;
  breaches.writeDue();
  await breaches.settled();
  breaches = opened();
  await breaches.load();
  for (let agent = 0; agent < 30; agent++) { now += 1500; note(agent); }
  now += 60_000;
  breaches.writeDue();
  await breaches.settled();
  expect((await audited()).map(({ agents }) => agents)).toEqual([1, 29]);
  expect(notices.recent()).toHaveLength(1);
});

it('what is said of a deployment that has been followed by another is not about the new one', async () => {
  note(0, 3, 4);
  expect(breaches.of({ ...stored, deployment: 4 })).toEqual([]);
  note(0, 4, 4);
  note(1, 3, 4);
  await breaches.settled();
  expect(breaches.of({ ...stored, deployment: 4 }).map(({ agent }) => agent)).toEqual(['web-0']);
  expect((await audited()).map(({ deployment, agents }) => [deployment, agents])).toEqual([[4, 1]]);
});

it('stopping writes down what is being gathered', async () => {
  note(0);
  await breaches.settled();
  expect(await audited()).toHaveLength(1);
});

it('many rules that end in one moment are one message', () => {
  tellExpired(notices, [{ id: 'a', name: 'one' }, { id: 'b', name: 'two' }]);
  expect(notices.recent().map(({ ruleName, rules }) => [ruleName, rules])).toEqual([['one', undefined], ['two', undefined]]);
  tellExpired(notices, Array.from({ length: 1000 }, (_, i) => ({ id: `r${i}`, name: `rule-${i}` })));
  expect(notices.recent().slice(2)).toMatchObject([{ rules: 1000, message: 'The time of 1,000 rules was over, so they were disabled on the whole fleet: rule-0, rule-1, rule-2 and 997 more.' }]);
});
