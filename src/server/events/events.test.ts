// The catalogue from an agent's report to the API: merged, kept over a restart, watched, and followed by rules when something is renamed.
import { expect, it } from 'vitest';
import { fromGroups } from '../../kql/index.ts';
import { bookVersion } from '../../mining/index.ts';
import { auditList, type DriftList, type EventDetail, type EventList, type EventSeen, type NameGroups, type Overview } from '../../model/index.ts';
import { agentIsKnown, connectAgent, withAgent, type ServerWithAgent } from '../testing/server-with-agent.ts';
import { eventReport, eventSeen, fieldSeen } from '../testing/events.ts';
import { eventually } from '../testing/eventually.ts';
import type { FakeAgent } from '../testing/fake-agent.ts';
import { statusReport } from '../testing/status.ts';

let here: ServerWithAgent;
withAgent((now) => { here = now; });

const nowMs = (): number => Number(here.clock.nowUnixNano() / 1_000_000n);
const get = async <T>(path: string): Promise<T> => (await here.server.call('GET', `/api/v1${path}`)).body as T;
const list = (query = ''): Promise<EventList> => get(`/events${query}`);
const detail = (id: string): Promise<EventDetail> => get(`/events/detail?signal=logs&service=shop&id=${encodeURIComponent(id)}`);
const recordsOf = async (id: string): Promise<number> => (await list(`?search=${encodeURIComponent(id)}`)).events.reduce((sum, { records }) => sum + records, 0);

/** Sends a report, and waits until the server has taken it in. */
async function tell(agent: FakeAgent, events: readonly EventSeen[], records = events[0]?.records ?? 0): Promise<void> {
  agent.sendCustom('events.report', eventReport(nowMs(), events));
  if (events[0] !== undefined) await eventually(async () => { expect(await recordsOf(events[0]!.durableId)).toBe(records); });
}

/** Reports every two seconds for as long, each event with `each` more records. */
async function go(seconds: number, events: Map<string, EventSeen>, each = 20): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 2) {
    here.clock.advanceMs(2000);
    for (const [id, event] of events) {
      const records = event.records + each;
      events.set(id, { ...event, records, bytes: records * 200, looked: records, lookedBytes: records * 200, lastUnixMs: nowMs(), severities: { 9: { records, bytes: records * 200 } },
        versions: Object.fromEntries(Object.entries(event.versions).map(([version, counts]) => [version, { ...counts, records, bytes: records * 200, lastUnixMs: nowMs() }])) });
    }
    await tell(here.agent, [...events.values()]);
  }
}

const begin = (id: string, more: Partial<EventSeen> = {}): EventSeen => eventSeen(id, 0, { firstUnixMs: nowMs(), lastUnixMs: nowMs(), ...more });

it('lists what agents saw, with its rate, and what two agents saw together', async () => {
  const events = new Map([['checkout.started', begin('checkout.started', { fields: [fieldSeen('user.id', 10)] })]]);
  await go(20, events);
  const [row] = (await list()).events;
  expect(row).toMatchObject({ durableId: 'checkout.started', label: 'checkout.started', service: 'shop', records: 200, severity: 9, versions: ['1.0'], fields: 1, users: 0 });
  expect(row!.perSecond).toBeCloseTo(10, 0);
  const other = await connectAgent(here, 'b'.repeat(32));
  await tell(other, [eventSeen('checkout.started', 50, { firstUnixMs: nowMs() - 5000, lastUnixMs: nowMs() })], 250);
  expect((await detail('checkout.started')).agents).toHaveLength(2);
  await other.close();
});

it('keeps the catalogue over a restart and counts nothing twice', async () => {
  await tell(here.agent, [eventSeen('checkout.started', 100, { fields: [fieldSeen('user.id', 10)] })]);
  const before = await detail('checkout.started');
  await here.server.stop();
  await here.server.start();
  expect(await detail('checkout.started')).toMatchObject({ records: 100, fieldRows: before.fieldRows, byVersion: before.byVersion });
  here.agent = await connectAgent(here);
  await agentIsKnown(here);
  await tell(here.agent, [eventSeen('checkout.started', 130)]);
});

it('tells what is new within three reports, once the service is known', async () => {
  const events = new Map([['steady', begin('steady')]]);
  await go(70, events);
  expect((await get<DriftList>('/events/drift')).drift).toEqual([]);
  const since = nowMs();
  events.set('brand.new', begin('brand.new'));
  await go(6, events);
  const { drift } = await get<DriftList>(`/events/drift?since=${since}`);
  expect(drift).toMatchObject([{ kind: 'new-event', durableId: 'brand.new', service: 'shop' }]);
  expect((await list('?only=drift')).events.map(({ durableId, drifts }) => [durableId, drifts])).toEqual([['brand.new', 1]]);
  await here.server.stop();
  await here.server.start();
  expect((await get<DriftList>('/events/drift')).drift).toEqual(drift);
});

it('a rename is found by its evidence, audited, and the rule that follows it goes on', async () => {
  const rule = (await here.server.call('POST', '/api/v1/rules', { document: { name: 'follows', kql: 'Logs | where event("checkout.start") | invoke drop()' } })).body as { id: string };
  await here.server.call('POST', `/api/v1/rules/${rule.id}/deploy`, { version: 1 });
  const deployed = await here.agent.untilConfig(({ rules }) => rules.length === 1);
  const fields = ['user.id', 'cart.id', 'cart.total', 'currency'].map((key) => fieldSeen(key, 100));
  const same = { sourceLine: 'src/checkout.ts:42', scope: 'shop.checkout', fields };
  const events = new Map([['steady', begin('steady')], ['checkout.start', begin('checkout.start', same)]]);
  await go(70, events);
  events.delete('checkout.start');
  events.set('checkout.started', begin('checkout.started', { ...same, versions: { '1.1': { records: 0, bytes: 0, firstUnixMs: nowMs(), lastUnixMs: nowMs() } } }));
  await go(10, events);
  const renamed = await here.agent.untilConfig(({ revision, rules }) => revision > deployed.revision && rules[0]?.names !== deployed.rules[0]?.names);
  expect(JSON.stringify(renamed.rules[0]?.plan)).toContain('checkout.started');
  expect(renamed.rules[0]?.deployment).toBe(deployed.rules[0]?.deployment);
  const now = await detail('checkout.started');
  expect(now.formerNames).toMatchObject([{ name: 'checkout.start', by: 'weir' }]);
  expect(now.usedBy).toMatchObject([{ id: rule.id, follows: true }]);
  expect((await detail('checkout.start')).renamedTo).toBe('checkout.started');
  const { entries } = auditList.parse(await get('/audit'));
  expect(entries[0]).toMatchObject({ action: 'alias.add', actor: 'weir' });
  expect(JSON.stringify(entries[0])).not.toContain('checkout');
});

it('a rule that names a template goes on when the template is generalised, under the same deployment', async () => {
  const [former, current] = ['t-0123456789abcdef', 't-fedcba9876543210'] as const;
  const rule = (await here.server.call('POST', '/api/v1/rules', { document: { name: 'by-template', kql: `Logs | where DurableId == "${former}" | invoke drop()` } })).body as { id: string };
  await here.server.call('POST', `/api/v1/rules/${rule.id}/deploy`, { version: 1 });
  const deployed = await here.agent.untilConfig(({ rules }) => rules.length === 1);
  await tell(here.agent, [eventSeen(current, 10, { source: 'template', template: 'order <*> paid', formerIds: [former] })]);
  const after = await here.agent.untilConfig(({ revision }) => revision > deployed.revision);
  expect(JSON.stringify(after.rules[0]?.plan)).toContain(current);
  expect(after.rules[0]?.deployment).toBe(deployed.rules[0]?.deployment);
  expect((await detail(current)).usedBy).toMatchObject([{ id: rule.id, follows: true }]);
});

it('former ids of a template go on to mean it, and are no renames', async () => {
  const [former, current] = ['t-0123456789abcdef', 't-fedcba9876543210'] as const;
  await tell(here.agent, [eventSeen(current, 10, { source: 'template', template: 'order <*> paid', formerIds: [former] })]);
  await eventually(async () => { expect(fromGroups((await get<{ book: NameGroups }>('/aliases/names')).book).events).toMatchObject({ [former]: [{ name: current }, { name: former }] }); });
  expect(await get('/aliases')).toEqual({ aliases: [] });
  expect(await detail(current)).toMatchObject({ label: 'order <*> paid', formerNames: [] });
  await here.server.stop();
  await here.server.start();
  expect(fromGroups((await get<{ book: NameGroups }>('/aliases/names')).book).events[former]).toBeDefined();
});

it('the heaviest lines of the overview are called by their template', async () => {
  const talker = (records: number) => ({ durableId: 't-0123456789abcdef', service: 'shop', signal: 'logs' as const, records, bytes: records * 100 });
  await tell(here.agent, [eventSeen('t-0123456789abcdef', 10, { source: 'template', template: 'order <*> paid' })]);
  for (const second of [0, 1, 2, 3]) {
    here.clock.advanceMs(1000);
    here.agent.sendCustom('status', statusReport(nowMs(), { startedUnixMs: 1, talkers: [talker(second * 10)] }));
    await eventually(async () => { expect((await get<{ agents: { status: { atUnixMs: number } | null }[] }>('/agents')).agents[0]?.status?.atUnixMs).toBe(nowMs()); });
  }
  expect((await get<Overview>('/overview')).talkers).toMatchObject([{ durableId: 't-0123456789abcdef', label: 'order <*> paid' }]);
});

it('says who would break by a rename, and who only reads the service', async () => {
  const rule = async (name: string, kql: string): Promise<void> => { expect((await here.server.call('POST', '/api/v1/rules', { document: { name, kql } })).status).toBe(201); };
  await rule('by-name', 'Logs | where EventName == "checkout.started" | invoke drop()');
  await rule('follows', 'Logs | where event("checkout.started") | invoke drop()');
  await rule('by-service', 'Logs | where ServiceName == "shop" | invoke drop()');
  await rule('of-another', 'Logs | where event("cart.seen") and ServiceName == "shop" | invoke drop()');
  await tell(here.agent, [eventSeen('checkout.started', 10)]);
  expect((await detail('checkout.started')).usedBy.map(({ name, follows }) => [name, follows])).toEqual([['by-name', false], ['follows', true], ['by-service', true]]);
  expect((await list()).events[0]).toMatchObject({ users: 2 });
});

it('what cannot be read is left out, and an unknown event is refused', async () => {
  here.agent.sendCustom('events.report', { version: 1, events: 'many' });
  const wrong: Partial<EventSeen>[] = [{ lastUnixMs: 1e17 }, { firstUnixMs: -1 }, { records: 1e308 }, { records: -1000 }, { durableId: 'x'.repeat(5000) }, { sourceLine: 'y'.repeat(5000) },
    { versions: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`v${i}`, { records: 1, bytes: 1, firstUnixMs: 0, lastUnixMs: 0 }])) }, { severities: { z: { records: 1, bytes: 1 } } }];
  here.agent.sendCustom('templates.book', { version: bookVersion - 1, templates: [{ template: 'of other rules' }], passed: [] });
  await tell(here.agent, [eventSeen('fine', 1), ...wrong.map((more, i) => eventSeen(`wrong ${i}`, 1, more))]);
  expect(await list()).toMatchObject({ total: 1, refused: { reports: 1, events: wrong.length, templateMessages: 1 }, leftOut: { withoutRoom: 0, outdated: 0 } });
  expect((await here.server.call('GET', '/api/v1/events/detail?signal=logs&service=shop&id=nope')).status).toBe(404);
  expect((await list('?descending=false&sort=label')).events).toHaveLength(1);
});

it('templates of one agent reach the others, those that come later, and browsers; a restart forgets none', async () => {
  const book = { version: bookVersion, templates: [{ template: 'order <*> paid' }], passed: [] };
  here.agent.sendCustom('templates.book', book);
  const held = async (): Promise<string[]> => (await get<typeof book>('/templates')).templates.map(({ template }) => template);
  await eventually(async () => { here.clock.advanceMs(2000); expect(await held()).toEqual(['order <*> paid']); });
  const other = await connectAgent(here, 'b'.repeat(32));
  const learnt = async (agent: FakeAgent): Promise<unknown> => {
    const moving = setInterval(() => { here.clock.advanceMs(2000); }, 100);
    try { return await agent.untilCustom<typeof book>('templates.learn'); } finally { clearInterval(moving); }
  };
  expect(await learnt(other)).toMatchObject(book);
  await other.close();
  await here.server.stop();
  await here.server.start();
  expect(await held()).toEqual(['order <*> paid']);
});
