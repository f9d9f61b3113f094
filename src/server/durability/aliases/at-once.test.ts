// Several change aliases at once, or one after the other: what one decided is not lost on the next.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { weirItself } from '../../audit/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import { Aliases, storedNames } from './alias-service.ts';

const [ada, bob] = [{ user: 'ada' }, { user: 'bob' }];
const wish = { kind: 'event' as const, former: 'Started', current: 'started', service: 'shop', reason: '' };
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 14, minute)).toISOString();
let store: Store, aliases: Aliases, minute = 0;
/** What agents run: the names of the last publication. */
let agents = '{}';

beforeEach(async () => {
  let made = 0;
  minute = 0;
  agents = '{}';
  store = await openStore(':memory:');
  aliases = new Aliases({
    store, now: () => at(minute), newId: () => `id${++made}`, running: () => null, told: (name) => name, seen: () => ({ firstSeenMs: null, formerLastMs: null }),
    republish: async (change) => { agents = await store.transaction(async (parts) => { await change(parts); return JSON.stringify((await storedNames(parts)).events); }); },
  });
  await aliases.load();
});
afterEach(() => store.close());

it('accepts and rejects at once: agents run what the book says', async () => {
  await aliases.add(wish, weirItself, { proposed: true });
  await Promise.all([aliases.decide('id1', 'active', ada), aliases.decide('id1', 'rejected', bob)]);
  expect(agents).toBe(JSON.stringify(aliases.book.events));
  expect(aliases.all[0]?.state).toBe('rejected');
});

it('takes back what is being accepted', async () => {
  await aliases.add(wish, weirItself, { proposed: true });
  await Promise.all([aliases.decide('id1', 'active', ada), aliases.decide('id1', 'proposed', ada)]);
  expect(aliases.all[0]?.state).toBe('proposed');
});

it('keeps one of what two say at once, and no circle of it', async () => {
  await Promise.all([aliases.add(wish, ada), aliases.add(wish, bob)]);
  expect(aliases.all).toHaveLength(1);
  const circle = await Promise.all([aliases.add({ ...wish, former: 'a', current: 'b' }, ada), aliases.add({ ...wish, former: 'b', current: 'a' }, bob)]);
  expect(circle.map(({ ok }) => ok)).toEqual([true, false]);
});

it('keeps who decided, and when, once somebody else says why', async () => {
  await aliases.add(wish, weirItself, { proposed: true });
  minute = 20;
  await aliases.decide('id1', 'active', ada);
  minute = 30;
  await aliases.decide('id1', 'active', bob, { reason: 'see the notes' });
  expect(aliases.all[0]?.decided).toEqual({ by: 'ada', at: at(20), reason: 'see the notes' });
});

it('keeps what a person took back when evidence speaks against it', async () => {
  await aliases.add(wish, weirItself);
  await aliases.decide('id1', 'proposed', ada, { reason: 'no' });
  await aliases.withdraw('id1', weirItself, 'both are told');
  expect(await aliases.add(wish, weirItself)).toMatchObject({ ok: false });
  expect(aliases.all).toMatchObject([{ state: 'proposed', reason: 'both are told', decided: { by: 'ada', reason: 'no' } }]);
});
