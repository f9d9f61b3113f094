import { expect, it } from 'vitest';
import { money, roughMicros } from './dry-run-figures.tsx';

it('tells CPU without false precision', () => {
  expect([0.634, 12.74, 0.001, 0.2].map(roughMicros)).toEqual(['≈ 0.63', '≈ 13', '< 0.01', '≈ 0.2']);
});

it('writes money with cents only while they matter', () => {
  expect([56.2, 1234.5, -3].map(amount => money(amount, '€'))).toEqual(['€ 56.20', '€ 1,235', '− € 3.00']);
});
