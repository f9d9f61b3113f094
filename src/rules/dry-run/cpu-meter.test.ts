import { expect, it } from 'vitest';
import { CpuMeter, CpuSample } from './cpu-meter.ts';

/** A clock that work moves: so many milliseconds for the rule, so many without it. */
function meterOf(rule: (pass: number) => number, baseline: number) {
  let ms = 0;
  let passes = 0;
  const meter = new CpuMeter(() => ms);
  return { meter, work: { records: 100, rule: () => { ms += rule(passes++); }, baseline: () => { ms += baseline; } }, passes: () => passes };
}

it('takes the median of warm rounds, what runs anyway taken away', () => {
  const { meter, work } = meterOf(pass => (pass < 5 ? 4 : 0.5), 0.3);
  expect(meter.measure(work, Infinity)).toBe(true);
  expect(meter.estimate()!.median).toBeCloseTo(2);
});

it('says how far rounds differ, and one odd round does not count', () => {
  let round = 0;
  const { meter, work } = meterOf(() => (round++ % 40 === 39 ? 9 : 0.5 + (round % 3) * 0.1), 0.3);
  meter.measure(work, Infinity);
  const { median, low, high } = meter.estimate()!;
  expect(low).toBeLessThanOrEqual(median);
  expect(median).toBeLessThanOrEqual(high);
  expect(median).toBeGreaterThan(1.5);
  expect(median).toBeLessThan(6);
});

it('takes the first, cold pass as the high end: an agent is never as warm as many rounds', () => {
  const { meter, work } = meterOf(pass => (pass === 0 ? 4 : 0.5), 0.3);
  meter.measure(work, Infinity);
  expect(meter.estimate()!.high).toBeCloseTo(37);
});

it('has no figure for too few records, and stops at its deadline', () => {
  const { meter, work, passes } = meterOf(() => 0.5, 0.3);
  expect(meter.measure({ ...work, records: 5 }, Infinity)).toBe(true);
  expect(meter.estimate()).toBeNull();
  expect(meter.measure(work, -1)).toBe(false);
  expect(passes()).toBe(1);
});

it('ends when rounds are long, with fewer of them', () => {
  const { meter, work, passes } = meterOf(() => 100, 10);
  expect(meter.measure(work, Infinity)).toBe(true);
  expect(passes()).toBeLessThan(8);
  expect(meter.estimate()!.median).toBe(900);
});

it('keeps the newest requests that hold enough records', () => {
  const sample = new CpuSample<number>();
  for (let i = 0; i < 30; i++) sample.add(i, 100);
  sample.add(99, 0);
  expect([sample.requests[0], sample.requests.at(-1), sample.records]).toEqual([20, 29, 1000]);
});
