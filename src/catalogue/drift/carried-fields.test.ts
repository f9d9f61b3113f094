import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newEventForTest } from '../testing/merged.ts';
import { findCarriedFields } from './carried-fields.ts';

const records = (eventName: string, attributes: (i: number) => Record<string, string | number>, count = 40) => newEventForTest(Array.from({ length: count }, (_, i) => ({ eventName, severityNumber: 9, attributes: attributes(i) })));
const names = (former: ReturnType<typeof records>, current: ReturnType<typeof records>) => findCarriedFields(former, current).map((one) => [one.former, one.current]);

it('finds the field that was renamed along with its event, never for certain', () => {
  const former = records('CheckoutStarted', (i) => ({ 'order.total': i + 0.5, 'order.items': i % 4, 'session.id': `s${i}` }));
  const current = records('checkout.started', (i) => ({ 'order.amount': i * 3 + 0.25, 'order.items': i % 4, 'session.id': `t${i}` }));
  const [said] = findCarriedFields(former, current);
  expect(said).toMatchObject({ former: 'order.total', current: 'order.amount', event: { durableId: 'checkout.started' } });
  expect(said!.certainty).toBeGreaterThan(0.5);
  expect(said!.certainty).toBeLessThan(0.9);
});

it('tells several of one type apart by their values and names, and pairs each once', () => {
  const lane = (i: number) => (i % 3 === 0 ? 'fast' : 'slow');
  expect(names(records('a', (i) => ({ 'order.lane': lane(i), 'user.name': `u${i}` })), records('b', (i) => ({ 'delivery.kind': lane(i), 'user.label': `v${i}` })))).toEqual(expect.arrayContaining([['order.lane', 'delivery.kind'], ['user.name', 'user.label']]));
});

it('says nothing where the type is another, where a field is only rare, and of too few records', () => {
  expect(names(records('a', () => ({ total: 1.5 })), records('b', () => ({ amount: 'many' })))).toEqual([]);
  expect(names(records('a', (i) => ({ id: i, ...(i === 7 && { coupon: 'x' }) })), records('b', (i) => ({ id: i, ...(i === 9 && { voucher: 'x' }) })))).toEqual([]);
  expect(names(records('a', () => ({ total: 1.5 })), records('b', () => ({ amount: 2.5 }), 3))).toEqual([]);
});

it('never pairs a field that both have, nor one twice', () => {
  const keys = fc.uniqueArray(fc.constantFrom<string>('a.one', 'a.two', 'b.one', 'b.two', 'c'), { minLength: 1 });
  fc.assert(fc.property(keys, keys, (before, after) => {
    const found = names(records('x', (i) => Object.fromEntries(before.map((key) => [key, i % 5]))), records('y', (i) => Object.fromEntries(after.map((key) => [key, i % 5]))));
    for (const [former, current] of found) expect([after.includes(former!), before.includes(current!)]).toEqual([false, false]);
    expect([new Set(found.map(([one]) => one)).size, new Set(found.map(([, one]) => one)).size]).toEqual([found.length, found.length]);
  }), { numRuns: 40 });
});
