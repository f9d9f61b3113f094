import { expect, it } from 'vitest';
import { SecondBudget } from './second-budget.ts';
import { defaultHostLimits } from './types.ts';

const budget = () => new SecondBudget({ ...defaultHostLimits, ticksPerSecond: 10, overSeconds: 2 }, 0.1);

it('past its share it rests until the second is over; too many such seconds in a row end it', () => {
  const one = budget();
  expect([one.mayRun(1000), one.use(60, 0), one.mayRun(1500), one.use(60, 0), one.mayRun(1600), one.mayRun(2000)]).toEqual([true, null, true, null, false, true]);
  expect(one.use(0, 11)).toEqual({ kind: 'cpu', reason: 'It went past 100,000 steps a second for 2 seconds in a row.' });
  expect(one.overSeconds).toBe(2);
});

it('a second within the budget, or without any record, ends the row', () => {
  for (const rest of [(one: SecondBudget) => { one.mayRun(2000); one.use(1, 1); one.mayRun(3000); }, (one: SecondBudget) => { one.mayRun(9000); }]) {
    const one = budget();
    one.mayRun(1000);
    expect(one.use(101, 0)).toBeNull();
    rest(one);
    expect(one.use(101, 0)).toBeNull();
  }
});
