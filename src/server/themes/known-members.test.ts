// What is known of the members of themes, under every name that they had and got.
import { expect, test } from 'vitest';
import { knownMembers, type KnownEvent } from './known-members.ts';

const book = { events: { a: [{ name: 'A', service: null }, { name: 'a', service: null }] }, fields: {} };
const event = (durableId: string, service: string, severities: readonly number[], signal: KnownEvent['signal'] = 'logs'): KnownEvent => ({ signal, service, durableId, severities: new Map(severities.map((severity) => [severity, {}])) });
const member = (name: string, service: string | null = null) => ({ name, service });

test('a member is known by any of its names, and by logs alone', () => {
  const events = [event('A', 'shop', [9]), event('b', 'shop', [9], 'spans')];
  expect(knownMembers([[member('a')], [member('b'), member('a', 'cart')]], events, book)).toEqual([{ unknown: [], withErrors: [] }, { unknown: ['b', 'a'], withErrors: [] }]);
});

test('of a member with records of ERROR and worse it is told, of its own service', () => {
  const events = [event('A', 'shop', [9, 17]), event('c', 'shop', [13]), event('d', 'shop', [21])];
  expect(knownMembers([[member('a'), member('c'), member('d', 'shop'), member('d', 'cart')]], events, book)).toEqual([{ unknown: ['d'], withErrors: ['a', 'd'] }]);
});
