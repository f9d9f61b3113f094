import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meaningsOf, toGroups } from '../../../kql/index.ts';
import { closesCircle, currentOf, mostMeanings, nameBookOf, type Link } from './name-book.ts';

const renamed = (former: string, current: string, more: Partial<Link> = {}) => ({ kind: 'event' as const, former, current, service: null, state: 'active' as const, ...more });
const namesOf = (book: ReturnType<typeof nameBookOf>, name: string) => meaningsOf(book.events, name).map((one) => (one.service === null ? one.name : `${one.name}@${one.service}`));

test('a chain of renames is one thing, called by its newest name', () => {
  const book = nameBookOf([renamed('a', 'b'), renamed('b', 'c')]);
  expect([namesOf(book, 'a'), namesOf(book, 'b'), namesOf(book, 'c')]).toEqual([['c', 'a', 'b'], ['c', 'a', 'b'], ['c', 'a', 'b']]);
});

test('what is only proposed, or of another kind, has no part in it', () => {
  const book = nameBookOf([{ ...renamed('a', 'b'), state: 'proposed' }, renamed('x', 'y', { kind: 'field' })]);
  expect([book.events, Object.keys(book.fields)]).toEqual([{}, ['x', 'y']]);
});

test('a rename in one service says nothing of others', () => {
  const book = nameBookOf([renamed('a', 'b', { service: 'shop' }), renamed('b', 'c', { service: 'cart' })]);
  expect(namesOf(book, 'a')).toEqual(['a', 'b@shop']);
  expect(namesOf(book, 'b')).toEqual(['c@cart', 'a@shop', 'b']);
});

test('names like parts of objects are names', () => {
  expect(namesOf(nameBookOf([renamed('constructor', '__proto__')]), 'constructor')).toEqual(['__proto__', 'constructor']);
});

test('links that close no circle never lead a name back to itself, in whatever order they come', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(fc.property(fc.array(fc.record({ former: name, current: name })), (wishes) => {
    const links: Link[] = [];
    for (const wish of wishes) if (!closesCircle(links, { ...wish, service: null })) links.push(renamed(wish.former, wish.current));
    for (const { former } of links) expect(currentOf(former, links)).not.toBe(former);
  }));
});

test('a circle is one of one service: what is renamed to and fro in two services is none', () => {
  const links = [renamed('a', 'b', { service: 'shop' })];
  expect(closesCircle(links, renamed('b', 'a', { service: 'cart' }))).toBe(false);
  expect(closesCircle(links, renamed('b', 'a', { service: 'shop' }))).toBe(true);
  expect(closesCircle(links, renamed('b', 'a'))).toBe(true);
  expect(closesCircle([renamed('a', 'b')], renamed('b', 'a', { service: 'cart' }))).toBe(true);
  const book = nameBookOf([...links, renamed('b', 'a', { service: 'cart' })]);
  expect(namesOf(book, 'a').toSorted()).toEqual(['a', 'b@cart', 'b@shop']);
});

test('a rename in two services holds in both, and one that holds everywhere needs no service', () => {
  expect(namesOf(nameBookOf([renamed('a', 'b', { service: 'shop' }), renamed('a', 'b', { service: 'cart' })]), 'a')?.toSorted()).toEqual(['a', 'b@cart', 'b@shop']);
  expect(namesOf(nameBookOf([renamed('a', 'b', { service: 'shop' }), renamed('a', 'b')]), 'a')).toEqual(['b', 'a']);
});

test('thousands of templates that became one cost no more than their number', () => {
  const mined = Array.from({ length: 10_000 }, (_, i) => ({ former: `t-${String(i).padStart(16, '0')}`, current: 't-ffffffffffffffff' }));
  const book = nameBookOf([], mined);
  expect(book.events['t-0000000000000007']?.map(({ name }) => name)).toEqual(['t-ffffffffffffffff', 't-0000000000000007']);
  expect(JSON.stringify(book).length).toBeLessThan(10_000 * 200);
});

test('thousands of names of one thing cost no more than their number, in one service or in all; each means the newest and itself', () => {
  for (const service of [null, 'shop']) {
    const book = nameBookOf(Array.from({ length: 20_000 }, (_, i) => renamed(`checkout.${i}`, 'checkout', { service })));
    expect(JSON.stringify(toGroups(book)).length).toBeLessThan(20_000 * 40);
    const means = namesOf(book, 'checkout.19999');
    expect([means[0], means.includes('checkout.19999'), means.length <= mostMeanings + 1]).toEqual([service === null ? 'checkout' : 'checkout@shop', true, true]);
  }
});

test('of a long chain of renames the newest names are meant', () => {
  const book = nameBookOf(Array.from({ length: 500 }, (_, i) => renamed(`v${i}`, `v${i + 1}`)));
  const means = namesOf(book, 'v500');
  expect([means[0], means.includes('v499'), means.includes('v420'), means.includes('v3')]).toEqual(['v500', true, true, false]);
  expect(namesOf(book, 'v3')).toEqual([...means, 'v3']);
});
