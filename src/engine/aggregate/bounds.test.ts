// Memory of aggregates: bounded, told truly enough, and what is given up for the bound is within the stated error.
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { call, col, lit } from '../../testing/index.ts';
import { newFrame } from '../expr/index.ts';
import { RowScope } from '../table/row-scope.ts';
import { compileAggregate, RowGroups, streamLimits, tableLimits, type AggregateLimits, type CompiledAggregate } from './index.ts';

const context = { scope: new RowScope(), clock: new ManualClock() };
const v = col('v', 'dynamic');
const aggregate = (fn: string, args: readonly Expr[] = [v], limits: AggregateLimits = streamLimits): CompiledAggregate => compileAggregate({ name: fn, fn, args, type: 'long' }, context, limits);

/** The accumulator after these values. */
function over(of: CompiledAggregate, values: Iterable<Value>) {
  const [accumulator, frame] = [of.create(), newFrame()];
  for (const value of values) { frame.row = { v: value }; accumulator.add(frame); }
  return accumulator;
}
function* upTo(count: number, make: (i: number) => Value = (i) => i): Generator<Value> { for (let i = 0; i < count; i++) yield make(i); }

describe('distinct counts', () => {
  test('are exact up to the bound', () => {
    expect(over(aggregate('dcount'), upTo(5000, (i) => i % 1000)).value()).toBe(1000);
  });

  test.each([[0, 0.016], [1, 0.008]])('with accuracy %i stay within four standard errors beyond it', (accuracy, error) => {
    for (const count of [3000, 50_000, 200_000]) {
      const counted = over(aggregate('dcount', [v, lit(accuracy)]), upTo(count, (i) => `user-${i}`)).value() as number;
      expect(Math.abs(counted - count) / count).toBeLessThan(4 * error);
    }
  });

  test('hold no more than their registers', () => {
    expect(over(aggregate('dcount'), upTo(100_000, (i) => `a rather long key, number ${i}`)).bytes()).toBeLessThan(20_000);
  });
});

describe('percentiles', () => {
  test('are exact up to the bound: nearest rank', () => {
    const shares = [0, 1, 50, 99, 100].map((share) => over(aggregate('percentile', [v, lit(share)]), upTo(1000, (i) => ((i * 7) % 1000) + 1)).value());
    expect(shares).toEqual([1, 10, 500, 990, 1000]);
  });

  test('are near the true rank beyond it, and bounded', () => {
    const median = over(aggregate('percentile', [v, lit(50)]), upTo(100_000, (i) => (i * 7919) % 100_000));
    expect(Math.abs((median.value() as number) - 50_000)).toBeLessThan(5000);
    expect(median.bytes()).toBeLessThan(40_000);
  });

  test('with weights count each value so often', () => {
    const weighted = compileAggregate({ name: 'p', fn: 'percentilew', args: [col('v', 'long'), col('w', 'long'), lit(50)], type: 'long' }, context, tableLimits);
    const [accumulator, frame] = [weighted.create(), newFrame()];
    for (const [value, weight] of [[1, 1], [2, 0], [3, 8], [9, 2], [0, null]] as const) { frame.row = { v: value, w: weight }; accumulator.add(frame); }
    expect(accumulator.value()).toBe(3);
  });
});

describe('lists', () => {
  test.each(['make_list', 'make_set'])('%s ends at its bound', (fn) => {
    const list = over(aggregate(fn), upTo(5000));
    expect(list.value()).toHaveLength(1000);
    expect(list.bytes()).toBeLessThan(100_000);
  });

  test('at the size that the query asks for', () => {
    expect(over(aggregate('make_list', [v, lit(3)]), upTo(9)).value()).toEqual([0, 1, 2]);
  });
});

test('bytes grow with what is held', () => {
  for (const fn of ['make_list', 'make_set', 'dcount', 'percentile', 'max']) {
    const of = aggregate(fn, fn === 'percentile' ? [v, lit(50)] : [v]);
    const make = (i: number): Value => (fn === 'percentile' ? i : `${'x'.repeat(100)}${i}`);
    expect(over(of, upTo(100, make)).bytes(), fn).toBeGreaterThan(of.create().bytes());
  }
});

describe('groups', () => {
  const frame = newFrame();
  const filled = (count: number, maxGroups: number): RowGroups => {
    const groups = new RowGroups([aggregate('count', []), aggregate('make_list')], maxGroups);
    for (let i = 0; i < count; i++) { frame.row = { v: `value ${i}` }; groups.add([`key ${i}`], frame); }
    return groups;
  };

  test('past the bound share one, which is seen and counted', () => {
    const groups = filled(25, 10);
    expect([groups.size, groups.overflowed]).toEqual([10, 15]);
    expect([...groups].at(-1)).toMatchObject({ keys: null });
    expect([...groups].reduce((sum, group) => sum + (group.accumulators[0]!.value() as number), 0)).toBe(25);
  });

  test('below it none does', () => { expect(filled(10, 10).overflowed).toBe(0); });

  test('know what they hold: more groups, more bytes; the sum of their parts at least', () => {
    const [few, many] = [filled(10, 1000), filled(500, 1000)];
    expect(many.bytes).toBeGreaterThan(30 * few.bytes);
    expect(many.bytes).toBeGreaterThanOrEqual([...many].reduce((sum, group) => sum + group.accumulators.reduce((inner, one) => inner + one.bytes(), 0), 0));
  });

  test('an explosion of groups stays within what the bound allows', () => {
    expect(filled(100_000, 100).bytes).toBeLessThan(200_000);
  });
});

test('null is a key; a predicate that is null does not count', () => {
  const groups = new RowGroups([aggregate('countif', [call('>', col('v', 'long'), lit(1))])], 10);
  const frame = newFrame();
  for (const value of [null, 5, null]) { frame.row = { v: value }; groups.add([value], frame); }
  expect([...groups].map(({ keys, accumulators }) => [keys, accumulators[0]!.value()])).toEqual([[[null], 0], [[5], 1]]);
});
