import { expect, test } from 'vitest';
import { startingPrices } from '../prices/index.ts';
import { agreement, savingOf } from './index.ts';

const delta = { signal: 'logs', makes: 'logs', removed: 100, bytesRemoved: 20_000, changed: 0, made: 0, series: null } as const;

test('removed records take their tags and lengths along', () => {
  // 200 bytes of body have a length of two bytes.
  expect(savingOf(delta, startingPrices, 10)).toMatchObject({ recordsPerSecond: 10, bytesPerSecond: 2030 });
});

test('what the rule makes is taken off, in its own signal: reported, or as expected', () => {
  const points = { ...delta, makes: 'metrics', made: 10, series: 5 } as const;
  const expected = { madeBytesEach: 100, shorterBytesEach: 0, series: 5, removedSeries: 0 };
  expect(savingOf({ ...points, bytesMade: 500 }, startingPrices, 10)).toMatchObject({ recordsPerSecond: 9, bytesPerSecond: 1980 });
  expect(savingOf(points, startingPrices, 10, expected)).toMatchObject({ bytesPerSecond: 1930 });
  const [with5, without] = [savingOf(points, startingPrices, 10, expected)!, savingOf(delta, startingPrices, 10)!];
  expect(without.perMonth - with5.perMonth).toBeCloseTo(0.1, 9);
});

test('records that got shorter count as reported, those of a sampler as they always are', () => {
  const changed = { ...delta, removed: 0, bytesRemoved: 0, changed: 50 };
  expect(savingOf({ ...changed, bytesShortened: 1000 }, startingPrices, 10, { madeBytesEach: 0, shorterBytesEach: 15, series: 0, removedSeries: 0 })).toMatchObject({ bytesPerSecond: 100 });
  expect(savingOf({ ...changed, bytesShortened: 0 }, startingPrices, 10, { madeBytesEach: 0, shorterBytesEach: -30, series: 0, removedSeries: 0 })).toMatchObject({ bytesPerSecond: -150 });
});

test('no measurement before ten seconds; no agreement without both', () => {
  expect(savingOf(delta, startingPrices, 9.9)).toBeNull();
  const none = { atTrafficPerMonth: null, measuredPerMonth: null, atTrafficBytesPerSecond: null, measuredBytesPerSecond: null };
  expect(agreement(none)).toBeNull();
  expect(agreement({ ...none, atTrafficPerMonth: 10, measuredPerMonth: 9 })).toBe(0.9);
  expect(agreement({ ...none, atTrafficPerMonth: 0, measuredPerMonth: 0, atTrafficBytesPerSecond: 10, measuredBytesPerSecond: 11 })).toBe(1.1);
});
