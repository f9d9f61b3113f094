import fc from 'fast-check';
import { expect, test } from 'vitest';
import { priceTable, type PriceTable } from '../../model/index.ts';
import { explainCost, isUnpriced, monthlyCost, startingPrices } from './index.ts';

test('a GB, a million records, a month kept and a series cost what the table says', () => {
  const prices: PriceTable = { ...startingPrices, logs: { perGb: 2, perMillionRecords: 3, perGbMonthKept: 0.5, retentionDays: 60, includedDays: 30 } };
  // 730 h: 2,628,000 s. One GB and one million records a month.
  const rate = { signal: 'logs', recordsPerSecond: 1e6 / 2_628_000, bytesPerSecond: 1e9 / 2_628_000 } as const;
  const cost = monthlyCost(rate, prices);
  expect(cost.bytes).toBeCloseTo(2, 9);
  expect(cost.records).toBeCloseTo(3, 9);
  expect(cost.kept).toBeCloseTo(0.5 * (30 / (730 / 24)), 9);
  expect(cost.total).toBe(cost.bytes + cost.records + cost.kept + cost.series);
  expect(explainCost(rate, prices)).toEqual([
    '1 GB a month taken in, at 2.00 USD a GB: 2.00 USD.', '1 million records a month, at 3.00 USD a million: 3.00 USD.',
    '1 GB a month kept 30 days beyond the included 30 (0.986 months), at 0.50 USD a GB and month: 0.49 USD.',
  ]);
  expect(monthlyCost({ signal: 'metrics', recordsPerSecond: 5, bytesPerSecond: 500, series: 50 }, startingPrices)).toEqual({ bytes: 0, records: 0, kept: 0, series: 1, total: 1 });
});

test('the starting table is one, and says that it is an example', () => {
  expect(priceTable.parse(startingPrices)).toEqual(startingPrices);
  expect(startingPrices.note).toMatch(/Examples/);
  expect(isUnpriced(startingPrices, 'logs')).toBe(false);
  expect(isUnpriced({ ...startingPrices, perSeriesMonth: null }, 'metrics')).toBe(true);
  expect(explainCost({ signal: 'metrics', recordsPerSecond: 1, bytesPerSecond: 1 }, startingPrices)).toEqual(['The price table bills nothing of this.']);
});

test('costs of parts add up to the cost of the whole', () => {
  const value = fc.double({ min: 0, max: 1e6, noNaN: true });
  fc.assert(fc.property(fc.constantFrom('logs' as const, 'spans' as const, 'metrics' as const), value, value, value, value, (signal, a, b, c, d) => {
    const cost = (recordsPerSecond: number, bytesPerSecond: number): number => monthlyCost({ signal, recordsPerSecond, bytesPerSecond, series: recordsPerSecond }, startingPrices).total;
    const whole = cost(a + c, b + d);
    expect(Math.abs(cost(a, b) + cost(c, d) - whole)).toBeLessThanOrEqual(1e-9 * Math.max(1, whole));
  }));
});
