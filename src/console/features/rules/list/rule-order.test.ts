import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, moved, whyNotThere } from './rule-order.ts';

const rule = (id: string, order: number, sink = 'drop') => ({ id, name: id, order, sink });
const apply = (rules: readonly ReturnType<typeof rule>[], changes: ReturnType<typeof moved>) => inOrder(rules.map((one) => ({ ...one, order: changes.find(({ id }) => id === one.id)?.order ?? one.order }))).map(({ id }) => id);

describe('moving a rule', () => {
  it('changes its own number only, when there is room', () => {
    expect(moved([rule('a', 100), rule('b', 110), rule('c', 120)], 'c', 'b')).toEqual([{ id: 'c', order: 105 }]);
    expect(moved([rule('a', 100), rule('b', 110)], 'a', null)).toEqual([{ id: 'a', order: 120 }]);
  });

  it('moves followers as far as needed when there is none', () => {
    expect(moved([rule('a', 100), rule('b', 100), rule('c', 100)], 'c', 'a')).toEqual([{ id: 'c', order: 49 }]);
    expect(moved([rule('a', 1), rule('b', 2), rule('c', 3)], 'c', 'b')).toEqual([{ id: 'c', order: 2 }, { id: 'b', order: 3 }]);
  });

  it('keeps redaction first', () => {
    const rules = inOrder([rule('drop', 1), rule('hide', 500, 'redact')]);
    expect(rules.map(({ id }) => id)).toEqual(['hide', 'drop']);
    expect(whyNotThere(rules, 'drop', 'hide')).toMatch(/Redaction always runs first/);
    expect(moved(rules, 'drop', 'hide')).toEqual([]);
  });

  it('ends where it was put, whatever the numbers, and no number leaves its bounds', () => {
    const orders = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 9995, max: 10_000 })), { minLength: 2, maxLength: 12 });
    fc.assert(fc.property(orders, fc.nat(), fc.nat(), (numbers, from, to) => {
      const rules = inOrder(numbers.map((order, i) => rule(`r${String(i).padStart(2, '0')}`, order)));
      const id = rules[from % rules.length]!.id;
      const before = to % (rules.length + 1) === rules.length ? null : rules[to % rules.length]!.id;
      fc.pre(id !== before);
      const changes = moved(rules, id, before);
      const others = rules.map((one) => one.id).filter((one) => one !== id);
      const at = before === null ? others.length : others.indexOf(before);
      expect(apply(rules, changes)).toEqual([...others.slice(0, at), id, ...others.slice(at)]);
      for (const { order } of changes) expect(order >= 0 && order <= 10_000).toBe(true);
    }));
  });
});
