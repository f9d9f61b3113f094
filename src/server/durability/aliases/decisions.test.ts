// The word of a person about a rename: accepted, taken back, not a rename; by whom, why, and what nothing followed before.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Alias } from '../../../model/index.ts';
import { weirItself } from '../../audit/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import { followsOf } from '../follows.ts';
import { Aliases } from './alias-service.ts';

const startMs = Date.parse('2026-01-01T14:00:00.000Z');
const at = (minute: number): string => new Date(startMs + minute * 60_000).toISOString();
let store: Store, aliases: Aliases, minute = 0, republished = 0;
/** When the names were seen, in minutes. */
let [newSince, formerLast]: (number | null)[] = [2, 2];

beforeEach(async () => {
  [minute, republished, newSince, formerLast] = [3, 0, 2, 2];
  store = await openStore(':memory:');
  const ms = (of: number | null | undefined): number | null => (of == null ? null : startMs + of * 60_000);
  aliases = new Aliases({ store, now: () => at(minute), newId: () => 'id', republish: async (change) => { republished++; await store.transaction(change); }, running: () => null, told: (name) => name, seen: () => ({ firstSeenMs: ms(newSince), formerLastMs: ms(formerLast) }) });
  await aliases.load();
});
afterEach(() => store.close());

const ada = { user: 'ada' };
const wish = { kind: 'event' as const, former: 'Started', current: 'started', service: 'shop', reason: 'the same line' };
const propose = () => aliases.add(wish, weirItself, { proposed: true });
const decide = async (minuteNow: number, state: Alias['state'], reason?: string): Promise<Alias> => { minute = minuteNow; const done = await aliases.decide('id', state, ada, { ...(reason !== undefined && { reason }) }); if (!done.ok) throw new Error(done.error.message); return done.value; };
const rule = { k: 'call', type: 'bool', fn: 'event', args: [{ k: 'literal', type: 'string', value: 'Started' }] };

it('accepted: by whom and why, since when, and what was counted of neither name before', async () => {
  await propose();
  const accepted = await decide(20, 'active', 'the release notes say so');
  expect(accepted).toMatchObject({ by: 'weir', at: at(3), firstSeen: at(2), decided: { by: 'ada', at: at(20), reason: 'the release notes say so' }, missed: [{ from: at(2), until: at(20), wholeFrom: at(2) }] });
  expect(followsOf(rule, aliases)).toEqual([{ name: 'Started', now: ['started', 'Started'], since: at(20), firstSeen: at(2), by: 'ada', missed: [{ from: at(2), until: at(20), wholeFrom: at(2) }] }]);
  // A rule that was deployed within the gap missed the rest of it; one of later, or one that does not run, missed nothing.
  expect([at(10), at(30), null].map((fromAt) => followsOf(rule, aliases, fromAt)[0]!.missed?.[0]!.from)).toEqual([at(10), undefined, undefined]);
});

it('what still came under its former name was counted, and the new one alone was missed', async () => {
  formerLast = 20;
  await propose();
  expect((await decide(20, 'active')).missed).toEqual([{ from: at(2), until: at(20) }]);
});

it('of a release that rolled out: the new name from when it came, both from when the former one ended', async () => {
  formerLast = 12;
  await propose();
  expect((await decide(20, 'active')).missed).toEqual([{ from: at(2), until: at(20), wholeFrom: at(12) }]);
  // Deployed between the two, and after both.
  expect([at(10), at(15)].map((fromAt) => followsOf(rule, aliases, fromAt)[0]!.missed)).toEqual([[{ from: at(10), until: at(20), wholeFrom: at(12) }], [{ from: at(15), until: at(20), wholeFrom: at(15) }]]);
});

it('what evidence put in force within seconds missed nothing; what no agent told of is not made up', async () => {
  [newSince, formerLast] = [2.9, 2.9];
  expect(await aliases.add(wish, weirItself, {})).toMatchObject({ ok: true, value: { state: 'active', firstSeen: at(2.9) } });
  expect(aliases.all[0]!.missed).toBeUndefined();
  await aliases.withdraw('id', weirItself);
  [newSince, formerLast] = [null, null];
  await aliases.add(wish, ada, {});
  expect([aliases.all[0]!.firstSeen, aliases.all[0]!.missed]).toEqual([undefined, undefined]);
});

it('taken back it is proposed as before, with nothing in force; accepted again it tells both gaps', async () => {
  await propose();
  const before = aliases.book;
  await decide(20, 'active');
  expect(await decide(21, 'proposed')).toMatchObject({ state: 'proposed', decided: { by: 'ada', at: at(21) } });
  expect(aliases.book).toEqual(before);
  expect(republished).toBe(2);
  const both = [{ from: at(2), until: at(20), wholeFrom: at(2) }, { from: at(21), until: at(31), wholeFrom: at(21) }];
  expect((await decide(31, 'active')).missed).toEqual(both);
  const { missed } = await decide(31, 'proposed').then(() => decide(31.05, 'active'));
  expect(missed, 'an undo within seconds').toEqual(both);
  expect((await store.audit.list(3)).map(({ action }) => action)).toEqual(['alias.accept', 'alias.take-back', 'alias.accept']);
});

it('not a rename, until a person says otherwise', async () => {
  await propose();
  expect(await decide(20, 'rejected', 'two things')).toMatchObject({ state: 'rejected', decided: { by: 'ada', reason: 'two things' } });
  expect(await decide(22, 'proposed')).toMatchObject({ state: 'proposed' });
  expect(republished).toBe(0);
});

it('what a person said goes when it is taken back, and comes again as it was', async () => {
  await aliases.add(wish, ada);
  expect(await decide(20, 'proposed')).toMatchObject({ state: 'rejected' });
  expect(await decide(21, 'active')).toMatchObject({ state: 'active', by: 'ada' });
});

it('why may be said later, which changes nothing that runs', async () => {
  await propose();
  await decide(20, 'active');
  const told = republished;
  expect(await decide(25, 'active', 'see the release notes')).toMatchObject({ decided: { by: 'ada', at: at(20), reason: 'see the release notes' }, missed: [{ until: at(20) }] });
  expect(republished).toBe(told);
});

it('a word about what somebody else decided meanwhile does nothing, and says who did', async () => {
  await propose();
  const base = { state: 'active', decidedAt: (await decide(20, 'active')).decided!.at } as const;
  await decide(21, 'proposed');
  const late = await aliases.decide('id', 'active', { user: 'bob' }, { reason: 'as the notes say', base });
  expect(late).toMatchObject({ ok: false, error: { code: 'alias.changed-meanwhile', message: expect.stringContaining('ada') } });
  expect(aliases.all[0]).toMatchObject({ state: 'proposed', decided: { at: at(21) } });
  expect(await aliases.decide('id', 'proposed', { user: 'bob' }, { base }), 'two who say the same').toMatchObject({ ok: true, value: { decided: { by: 'ada' } } });
  expect(await aliases.decide('id', 'active', ada, { base: { state: 'proposed', decidedAt: at(21) } })).toMatchObject({ ok: true });
});

it('an alias that was stored with one gap is read', async () => {
  await propose();
  await decide(20, 'active');
  const { missed: _gaps, ...body } = aliases.all[0]!;
  for (const [whole, wholeFrom] of [[true, at(2)], [false, undefined]] as const) {
    await store.documents.put('alias', { id: 'id', name: 'Started', updatedAt: at(20), body: { ...body, missed: { from: at(2), until: at(20), whole } } });
    await aliases.load();
    expect(aliases.all[0]!.missed).toEqual([{ from: at(2), until: at(20), ...(wholeFrom !== undefined && { wholeFrom }) }]);
  }
});
