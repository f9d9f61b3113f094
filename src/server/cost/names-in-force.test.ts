import { expect, test } from 'vitest';
import type { NameBook } from '../../model/index.ts';
import { NamesInForce } from './names-in-force.ts';

const event = { service: 'shop', durableId: 'old' };
const book = (...names: readonly string[]): NameBook => ({ events: names.length === 0 ? {} : { old: ['old', ...names].map((name) => ({ name, service: 'shop' })) }, fields: {} });

test('a name counts from when it is in force until it is taken back', () => {
  const names = new NamesInForce();
  names.note([event], book(), 1000);
  expect(names.of(event)).toEqual([{ name: 'old', fromMs: -Infinity, untilMs: Infinity }]);
  names.note([event], book('new'), 2000);
  expect(names.of(event)).toContainEqual({ name: 'new', fromMs: 2000, untilMs: Infinity });
  names.note([event], book(), 3000);
  names.note([event], book('new'), 4000);
  expect(names.of(event).filter(({ name }) => name === 'new')).toEqual([{ name: 'new', fromMs: 2000, untilMs: 3000 }, { name: 'new', fromMs: 4000, untilMs: Infinity }]);
  names.note([event], book(), 4000 + 3_600_000);
  expect(names.of(event)).toHaveLength(2);
});

test('what is meant when an event is first asked of was meant all along, and of other services nothing is', () => {
  const names = new NamesInForce();
  const other = { service: 'other', durableId: 'old' };
  names.note([event, other], book('new'), 1000);
  expect(names.of(event).map(({ name, fromMs }) => [name, fromMs])).toEqual([['old', -Infinity], ['new', -Infinity]]);
  expect(names.of(other).map(({ name }) => name)).toEqual(['old']);
});
