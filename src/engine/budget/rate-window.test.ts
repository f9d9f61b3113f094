import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { bucketMs, lately, leftOut, longSpan, RateWindow, shortSpan } from './rate-window.ts';

/** The same by hand: every amount kept, buckets put together when asked. */
function naive(amounts: readonly { readonly amount: number; readonly atMs: number }[], nowMs: number, span: number): { sum: number; sustained: number } {
  const now = Math.floor(nowMs / bucketMs);
  const byBucket = new Map<number, number>();
  for (const { amount, atMs } of amounts) {
    const bucket = Math.floor(atMs / bucketMs);
    if (bucket > now - span && bucket <= now) byBucket.set(bucket, (byBucket.get(bucket) ?? 0) + amount);
  }
  const sums = [...byBucket.values()].sort((a, b) => b - a);
  const add = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
  return { sum: add(sums), sustained: (add(sums.slice(leftOut(span))) * 1000) / ((span - leftOut(span)) * bucketMs) };
}

const step = fc.record({ amount: fc.nat(1000), waitMs: fc.oneof(fc.nat(50), fc.nat(1000), fc.nat(30_000)) });

test.each([shortSpan, longSpan])('over %i buckets it says what a list of all amounts says', (span) => {
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), fc.nat(5000), (steps, laterMs) => {
    const window = new RateWindow();
    let atMs = 0;
    const amounts = steps.map(({ amount, waitMs }) => {
      atMs += waitMs;
      window.add(amount, atMs);
      return { amount, atMs };
    });
    const found = window.lately(atMs + laterMs, span);
    const expected = naive(amounts, atMs + laterMs, span);
    expect(found.sum).toBe(expected.sum);
    expect(found.sustainedPerSecond).toBeCloseTo(expected.sustained, 6);
    expect(found.overMs).toBeGreaterThanOrEqual(bucketMs);
  }));
});

test('several windows are judged as one', () => {
  const [a, b] = [new RateWindow(), new RateWindow()];
  for (let ms = 0; ms < 4000; ms += 10) (ms % 400 < 200 ? a : b).add(10, ms);
  expect(a.lately(3999, shortSpan).sustainedPerSecond).toBeLessThan(600);
  expect(lately([a, b], 3999, shortSpan).sustainedPerSecond).toBeCloseTo(1000, 6);
});

describe('what is sustained', () => {
  it('leaves one moment out, however large', () => {
    const window = new RateWindow();
    window.add(1e9, 1000);
    expect(window.lately(1100, shortSpan)).toMatchObject({ sum: 1e9, sustainedPerSecond: 0 });
  });
  it('is the rate of what goes on evenly', () => {
    const window = new RateWindow();
    for (let ms = 0; ms < 4000; ms += 10) window.add(10, ms);
    expect(window.lately(3999, shortSpan).sustainedPerSecond).toBeCloseTo(1000, 6);
  });
  it('is never more than what was, whatever the amounts', () => {
    fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const window = new RateWindow();
      let atMs = 0;
      for (const { amount, waitMs } of steps) window.add(amount, atMs += waitMs);
      const { sum, sustainedPerSecond } = window.lately(atMs, shortSpan);
      expect(sustainedPerSecond * (((shortSpan - 1) * bucketMs) / 1000)).toBeLessThanOrEqual(sum + 1e-6);
    }));
  });
});
