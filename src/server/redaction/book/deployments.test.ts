import { expect, it } from 'vitest';
import { Deployments } from './deployments.ts';

const deployments = new Deployments();
deployments.add([{ ruleId: 'a', revision: 3, atMs: 10_500 }]);
const after = (firstMs: number, lastMs: number, count: number) => deployments.after({ firstMs, lastMs }, count)['a@3'];

it('counts what left behind a deployment, and of the second in which it fell a part', () => {
  expect([after(11_000, 12_000, 7), after(9000, 10_400, 7), after(10_500, 10_500, 1)]).toEqual([7, 0, 1]);
  expect([after(10_000, 11_000, 10), after(10_000, 11_000, 2), after(10_400, 11_400, 100)]).toEqual([5, 1, 89]);
});

it('keeps the time of one that is told again, and the newest sixteen', () => {
  deployments.add([{ ruleId: 'a', revision: 3, atMs: 99_999 }]);
  expect(after(11_000, 12_000, 7)).toBe(7);
  expect([deployments.nameOf('a'), deployments.nameOf('b')]).toEqual(['a@3', null]);
  deployments.add(Array.from({ length: 16 }, (_, i) => ({ ruleId: 'b', revision: i, atMs: 20_000 + i })));
  expect([deployments.nameOf('a'), deployments.nameOf('b')]).toEqual([null, 'b@15']);
});
