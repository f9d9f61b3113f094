import { expect, it } from 'vitest';
import type { Alias, Drift } from '../../model/index.ts';
import { leftBehind } from './left-behind.ts';

const alias = (state: Alias['state'], more: Partial<Alias> = {}): Alias => ({ id: 'a', kind: 'event', former: 'Started', current: 'started', service: 'shop', by: 'weir', reason: '', at: '2026-01-01T00:00:00.000Z', state, ...more });
const drift = (kind: Drift['kind'], durableId: string, field?: string): Drift => ({ id: `${kind} ${durableId}`, at: 9, since: 5, kind, signal: 'logs', service: 'shop', durableId, was: '', now: '', ...(field !== undefined && { field }) });
const told = (kql: string, aliases: readonly Alias[], drifts: readonly Drift[] = []) => leftBehind(kql, aliases, drifts).map(({ kind, name, isExact }) => `${kind} ${name}${isExact ? '' : ' follows'}`);

it('tells a proposed rename of whatever names the former name, and one in force of what does not follow', () => {
  const [follows, exact] = ['event("Started")', 'EventName == "Started"'];
  expect([told(follows, [alias('proposed')]), told(exact, [alias('proposed')])]).toEqual([['proposed Started follows'], ['proposed Started']]);
  expect([told(follows, [alias('active')]), told(exact, [alias('active')])]).toEqual([[], ['exact Started']]);
  expect([told(exact, [alias('rejected')]), told('EventName in ("Started", "started")', [alias('active')]), told('EventName == "Other"', [alias('proposed')]), told('', [alias('proposed')])]).toEqual([[], [], [], []]);
  const field = alias('active', { kind: 'field', former: 'order.total', current: 'order.amount' });
  expect([told('Attributes["order.total"] > 1', [field]), told('field("order.total") > 1', [field])]).toEqual([['exact order.total'], []]);
});

it('tells what is not sent any more, since when, unless a rename explains it or it is over', () => {
  const [gone, missing] = [drift('gone-event', 'Started'), drift('missing-field', 'Other', 'cart.region')];
  expect(leftBehind('EventName == "Started"', [], [gone, { ...gone, id: 'again' }])).toMatchObject([{ kind: 'silent', name: 'Started', since: 5 }]);
  expect(told('Attributes["cart.region"] == "eu"', [], [missing])).toEqual(['missing cart.region']);
  expect([told('event("Started")', [alias('proposed')], [gone]), told('event("Started")', [], [{ ...gone, closed: { at: 1, why: '' } }])]).toEqual([['proposed Started follows'], []]);
});
