import { expect, it } from 'vitest';
import type { Alias, Drift } from '../../model/index.ts';
import { openStore } from '../store/index.ts';
import { DriftLog, withoutEvent, withoutTexts } from './drift-log.ts';
import { closingBy, renamesToTell, withDoubt } from './settled-drift.ts';

let serial = 0;
const drift = (kind: Drift['kind'], durableId: string, more: Partial<Drift> = {}): Drift => ({ id: `d${serial++}`, at: serial, kind, signal: 'logs', service: 'shop', durableId, was: 'not seen before', now: '1 record', ...more });
const alias = (state: Alias['state']): Alias => ({ id: 'a', kind: 'event', former: 'Started', current: 'started', service: 'shop', by: 'weir', reason: 'the same line', at: '2026-01-01T00:00:00.000Z', state });

it('closes a loss and an arrival that were a rename, tells the rename, and opens them again when it is taken back; over a restart', async () => {
  const store = await openStore(':memory:');
  const log = new DriftLog(store.events);
  log.add([drift('gone-event', 'Started'), drift('new-event', 'started', { version: '2' }), drift('new-event', 'started', { service: 'other' })]);
  log.settle(closingBy([alias('active')]));
  const renamed = renamesToTell([alias('active')], log.all, 99);
  expect(renamed).toMatchObject([{ kind: 'renamed', durableId: 'started', was: 'Started', version: '2' }]);
  log.add(renamed);
  expect(renamesToTell([alias('active')], log.all, 100)).toEqual([]);
  expect(log.all.map(({ kind, service, closed }) => [kind, service, closed?.why])).toEqual([['renamed', 'shop', undefined], ['new-event', 'other', undefined], ['new-event', 'shop', 'was called Started'], ['gone-event', 'shop', 'renamed to started']]);
  expect([log.count('logs\nshop\nStarted'), log.count('logs\nshop\nstarted')]).toEqual([0, 1]);
  await log.write();
  const again = new DriftLog(store.events);
  await again.load();
  expect(again.all.filter(({ closed }) => closed !== undefined)).toHaveLength(2);
  // Taken back it is proposed again: nothing is closed, and it is a rename only perhaps. Rejected, it is none.
  again.settle(closingBy([alias('proposed')]));
  expect(again.all.filter(({ closed }) => closed !== undefined)).toHaveLength(0);
  expect([withDoubt(again.all, [alias('proposed')]), withDoubt(again.all, [alias('active')])].map(([first]) => first!.perhaps)).toEqual([true, undefined]);
  again.settle(closingBy([{ ...alias('rejected'), decided: { by: 'ada', at: '2026-01-02T00:00:00.000Z', reason: '' } }]));
  expect(again.all.flatMap(({ kind, closed }) => (closed === undefined ? [] : [[kind, closed.why]]))).toEqual([['renamed', 'not a rename, says ada']]);
  again.settle(closingBy([alias('proposed')]));
  expect(again.all.filter(({ closed }) => closed !== undefined)).toHaveLength(0);
  await store.close();
});

it('keeps nothing of an event, of its fields and versions that rules hide later, neither here nor in the store', async () => {
  const store = await openStore(':memory:');
  const log = new DriftLog(store.events);
  const key = { signal: 'logs', service: 'shop', durableId: 'mara.secret' } as const;
  log.add([drift('new-event', 'mara.secret'), drift('renamed', 'fine', { was: 'mara.secret' }), drift('new-field', 'other', { field: 'mara.field', version: 'mara-1' }), drift('rate-step', 'other', { version: 'mara-1' })]);
  await log.write();
  log.forget(withoutEvent(key));
  log.forget(withoutTexts({ ...key, durableId: 'other' }));
  await log.write();
  for (const held of [log.all, await store.events.drift(10)]) expect(held.map(({ kind }) => kind)).toEqual(['rate-step']);
  expect(JSON.stringify([log.all, await store.events.drift(10)])).not.toContain('mara');
  await store.close();
});
