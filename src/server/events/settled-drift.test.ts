import { expect, it } from 'vitest';
import type { Alias, Drift } from '../../model/index.ts';
import { cameBack, closingBy } from './settled-drift.ts';

it('a silence that ended stays closed, unless a rename explains it', () => {
  const gone: Drift = { id: '1', at: 1, kind: 'gone-event', signal: 'logs', service: 'shop', durableId: 'a', was: '1/s', now: 'silent for 20 s' };
  const back: Drift = { ...gone, closed: { at: 2, why: cameBack } };
  const alias: Alias = { id: 'x', kind: 'event', former: 'a', current: 'b', service: 'shop', by: 'weir', reason: '', at: '2026-06-15T06:00:00.000Z', state: 'active' };
  expect([closingBy([])(gone), closingBy([])(back)]).toEqual([null, undefined]);
  expect(closingBy([alias])(back)).toMatchObject({ other: 'b' });
});
