import { expect, it } from 'vitest';
import { roughMicros } from './dry-run-figures.tsx';
import { money } from './saved-money.ts';

it('tells CPU without false precision, and a range where rounds differ', () => {
  const steady = (median: number) => roughMicros({ median, low: median * 0.9, high: median * 1.1 });
  expect([0.634, 2.2, 12.74, 0.001, 0.2].map(steady)).toEqual(['≈ 0.6 µs', '≈ 2 µs', '≈ 13 µs', '< 0.01 µs', '≈ 0.2 µs']);
  expect(roughMicros({ median: 20, low: 3.2, high: 130 })).toBe('3 to 130 µs');
});

it('writes money as the view Cost does', () => {
  expect([56.2, 1234.5, -3].map(amount => money(amount, 'EUR'))).toEqual(['56.20 EUR', '1,235 EUR', '−3.00 EUR']);
});
