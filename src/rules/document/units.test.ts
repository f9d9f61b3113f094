import { expect, test } from 'vitest';
import { boundsOf, durationMs, durationNanos, expiresAfterMs, ratePerSecond, shareOf, sizeBytes } from './units.ts';

test('units are numbers', () => {
  expect(['500ms', '30s', '5m', '1.5h', '7d'].map(durationMs)).toEqual([500, 30_000, 300_000, 5_400_000, 604_800_000]);
  expect(durationNanos('1.5ms')).toBe(1_500_000n);
  expect(['10B', '1.5KiB', '32 MiB', '1GiB'].map(sizeBytes)).toEqual([10, 1536, 33_554_432, 1_073_741_824]);
  expect(['200/s', '30/m', '36/h'].map(ratePerSecond)).toEqual([200, 0.5, 0.01]);
  expect(['1%', '0.5 %'].map(shareOf)).toEqual([0.01, 0.005]);
});

test('what a budget does not name has the default, and no bound is 0', () => {
  expect(boundsOf({})).toEqual({ cpuShare: 0.05, memoryBytes: 33_554_432, outputPerSecond: null });
  expect(boundsOf({ budget: { cpu: '0%', memory: '0B', output: '0/s' } })).toEqual({ cpuShare: 0.0001, memoryBytes: 1, outputPerSecond: 1 / 3600 });
  expect(boundsOf({ budget: { cpu: '400%' } }).cpuShare).toBe(1);
  expect([expiresAfterMs({}), expiresAfterMs({ expires: '1h' })]).toEqual([null, 3_600_000]);
});

test('text of another form is a bug of the caller', () => {
  for (const text of ['', '5', '5 weeks', '5/s']) expect(() => durationMs(text)).toThrow();
});
