import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Measures, type MeasureKind } from './measures.ts';

const nothing = { lost: 0, missed: 0 };

it('adds up over flushes: the total is what all points together say', () => {
  fc.assert(fc.property(fc.constantFrom<MeasureKind>('metric', 'timer'), fc.array(fc.array(fc.double({ min: -10, max: 1e6, noNaN: true }), { maxLength: 10 }), { maxLength: 8 }), (kind, flushes) => {
    const measures = new Measures(kind, 0n);
    const points = flushes.flatMap((values, at) => {
      for (const value of values) measures.add(value);
      return measures.take('m', BigInt(at + 1), nothing) ?? [];
    });
    const [all, total] = [flushes.flat(), measures.total()];
    expect(total).toMatchObject({ unit: kind === 'timer' ? 'ms' : '1', count: all.length, min: all.length === 0 ? 0 : Math.min(...all), max: all.length === 0 ? 0 : Math.max(...all) });
    expect(total.sum).toBeCloseTo(all.reduce((sum, value) => sum + value, 0), 3);
    expect(total.buckets).toEqual(total.bounds.concat(0).map((_, i) => points.reduce((sum, point) => sum + (point.buckets[i] ?? 0), 0)));
  }));
});

it('counts hits that were not seen, without buckets', () => {
  const measures = new Measures('count', 0n);
  for (let i = 0; i < 3; i++) measures.add(1);
  expect(measures.total()).toMatchObject({ unit: '{hit}', count: 3, sum: 3, bounds: [], buckets: [] });
  measures.take('m', 1n, { lost: 2, missed: 4.6 });
  expect(measures.total()).toMatchObject({ count: 10, sum: 10 });
});
