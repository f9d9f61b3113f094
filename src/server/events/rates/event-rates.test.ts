import { expect, test } from 'vitest';
import { EventRates } from './index.ts';

const t0 = Date.UTC(2026, 4, 10, 12);
/** Reports every two seconds, `perSecond` records of 100 bytes. */
function run(rates: EventRates, fromMs: number, seconds: number, perSecond: number): number {
  let now = fromMs;
  for (; now < fromMs + seconds * 1000; ) {
    now += 2000;
    rates.noteReport(now);
    rates.add('e', { records: perSecond * 2, bytes: perSecond * 200 }, 2000, now);
  }
  return now;
}

test('tells the rate of the last half minute as soon as there are two seconds of it', () => {
  const rates = new EventRates();
  expect(rates.perSecond('e', t0)).toEqual({ records: 0, bytes: 0 });
  const now = run(rates, t0, 4, 10);
  expect(rates.perSecond('e', now).records).toBeCloseTo(10, 6);
  expect(rates.perSecond('e', now + 1900).records).toBeCloseTo(10, 6);
  const later = run(rates, now, 60, 40);
  expect(rates.perSecond('e', later).records).toBeCloseTo(40, 6);
  expect(rates.perSecond('e', later).bytes).toBeCloseTo(4000, 3);
});

test('tells what came between two times, also within a bucket, as far back as it is kept', () => {
  const rates = new EventRates();
  expect(rates.between('e', t0, Infinity, t0 + 10_000)).toBeNull();
  const now = run(rates, run(rates, t0, 20, 10), 20, 40);
  for (const seconds of [4, 8, 13, 20]) expect(rates.between('e', now - seconds * 1000, Infinity, now)!.records).toBeCloseTo(40 * seconds, 2);
  expect(rates.between('e', t0, now, now)!.records).toBeCloseTo(1000, 2);
  expect(rates.between('e', t0 - 60_000, now, now)).toMatchObject({ fromMs: t0 });
  expect(rates.between('e', t0, t0 + 13_000, now)!.records).toBeCloseTo(130, 2);
  expect(rates.between('e', t0 + 13_000, t0 + 27_000, now)!.bytes).toBeCloseTo(100 * (70 + 280), 0);
  expect(rates.between('e', now - 1000, now, now)).toBeNull();
  expect(rates.between('e', t0 - 9000, t0 - 1000, now)).toBeNull();
  const later = run(rates, now, 600, 7);
  const { records, fromMs } = rates.between('e', t0, Infinity, later)!;
  expect((records * 1000) / (later - fromMs)).toBeCloseTo(7, 4);
});

test('silence is told as silence', () => {
  const rates = new EventRates();
  const now = run(rates, t0, 60, 10);
  expect(rates.perSecond('e', now + 60_000)).toEqual({ records: 0, bytes: 0 });
  rates.tidy(now + 700_000);
  expect(rates.history('e', now + 700_000).every((one) => one === null)).toBe(true);
});

test('the history is five minutes in buckets of five seconds, null before the event was seen', () => {
  const rates = new EventRates();
  const now = run(rates, t0, 60, 10);
  const history = rates.history('e', now);
  expect(history).toHaveLength(59);
  expect(history.slice(0, 47)).toEqual(Array<null>(47).fill(null));
  expect(history.slice(47)).toEqual(Array<number>(12).fill(10));
});

test('what came over a long time is spread over it', () => {
  const rates = new EventRates();
  rates.noteReport(t0 + 100_000);
  rates.add('e', { records: 1000, bytes: 1 }, 100_000, t0 + 100_000);
  expect(rates.perSecond('e', t0 + 100_000).records).toBeCloseTo(10, 1);
});
