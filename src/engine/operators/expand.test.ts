import { expect, test } from 'vitest';
import { conform, expandSideBySide, expandValue } from './index.ts';

test('null stands for itself, an empty value for nothing, a scalar for itself', () => {
  expect([null, [], {}, 7, 'x', [null]].map((value) => expandValue(value, 'bag'))).toEqual([[null], [], [], [7], ['x'], [null]]);
});

test('a bag becomes bags of one property, or pairs; any key is a key', () => {
  const bag = JSON.parse('{"a":1,"__proto__":{"x":2}}') as Record<string, never>;
  expect(expandValue(bag, 'array')).toEqual([['a', 1], ['__proto__', { x: 2 }]]);
  expect(expandValue(bag, 'bag').map((one) => Object.keys(one as object))).toEqual([['a'], ['__proto__']]);
});

test('columns expand side by side, the shorter filled up, the limit counting rows', () => {
  expect(expandSideBySide([[1, 2, 3], ['a']], Infinity)).toEqual([[1, 'a'], [2, null], [3, null]]);
  expect(expandSideBySide([[1, 2, 3], []], 2)).toEqual([[1, null], [2, null]]);
  expect(expandSideBySide([[], []], 9)).toEqual([]);
});

test('a type is a cast: what does not fit is null, nothing is parsed but times', () => {
  expect(conform('5', 'long')).toBeNull();
  expect(conform(5.9, 'long')).toBe(5);
  expect(conform(2n ** 60n, 'long')).toBe(2n ** 60n);
  expect(conform(5, 'string')).toBe('5');
  expect(conform([1], 'string')).toBe('[1]');
  expect(conform(1, 'bool')).toBeNull();
  expect(conform('1970-01-01T00:00:01Z', 'datetime')).toBe(1_000_000_000n);
  expect(conform({ a: 1 }, 'dynamic')).toEqual({ a: 1 });
});
