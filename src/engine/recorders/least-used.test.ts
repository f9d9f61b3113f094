// Against plain lists: the order of use, and the largest few.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largest, LeastUsed } from './index.ts';

test('names are in the order of their last use, whatever is used and deleted', () => {
  const step = fc.tuple(fc.constantFrom('use', 'delete', 'delete-oldest'), fc.constantFrom('a', 'b', 'c', 'd', 'e'));
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const one = new LeastUsed<{ readonly made: string }>();
    let plain: string[] = [];
    for (const [what, name] of steps) {
      if (what === 'use') { expect(one.use(name, () => ({ made: name })).made).toBe(name); plain = [...plain.filter((other) => other !== name), name]; }
      else { const gone = what === 'delete' ? name : one.oldest?.name; if (gone !== undefined) one.delete(gone); plain = what === 'delete' ? plain.filter((other) => other !== name) : plain.slice(1); }
      expect([[...one].map(([key]) => key), one.size, one.oldest?.name, one.newest?.name]).toEqual([plain, plain.length, plain[0], plain.at(-1)]);
      for (const key of ['a', 'b', 'c', 'd', 'e']) expect(one.get(key)?.made).toBe(plain.includes(key) ? key : undefined);
    }
    one.clear();
    expect([[...one], one.size, one.oldest]).toEqual([[], 0, null]);
  }));
});

test('the largest few are those of a sorted list', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 0, max: 12 }), (numbers, limit) => {
    expect(largest(numbers, limit, (n) => n)).toEqual(numbers.toSorted((a, b) => b - a).slice(0, limit));
  }));
});
