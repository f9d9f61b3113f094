// make_list, make_set, make_bag and their `if` forms: bounded arrays of the values seen, nulls left out.
import type { Value } from '../../otlp/index.ts';
import { constantOf, type Compiled, type Fn } from '../expr/index.ts';
import { formatDatetime, formatTimespan, groupKey, isBag } from '../values/index.ts';
import type { AccumulatorBuilder, AccumulatorTable, AggregateLimits } from './aggregate.ts';

/** Arrays are dynamic, and dynamics hold times as text. */
const held = (value: Value, arg: Compiled): Value =>
  (typeof value !== 'bigint' ? value : arg.type === 'datetime' ? formatDatetime(value) : arg.type === 'timespan' ? formatTimespan(value) : value);

function bound(args: readonly Compiled[], at: number, limits: AggregateLimits): number {
  const given = args[at]?.constant === true ? constantOf(args[at]!) : null;
  return typeof given === 'number' ? Math.min(given, limits.maxList) : limits.maxList;
}

const list = (testAt: number | null, distinct: boolean): AccumulatorBuilder => (args, limits) => {
  const arg = args[0]!;
  const max = bound(args, testAt === null ? 1 : 2, limits);
  const test: Fn | null = testAt === null ? null : args[testAt]!.run;
  return () => {
    const items: Value[] = [];
    const seen = new Set<string>();
    return {
      add: (frame) => {
        if (items.length >= max || (test !== null && test(frame) !== true)) return;
        const value = held(arg.run(frame), arg);
        if (value === null) return;
        if (distinct) { const key = groupKey(value); if (seen.has(key)) return; seen.add(key); }
        items.push(value);
      },
      value: () => items.slice(),
    };
  };
};

/** The first bag that has a key decides its value. */
const bag: AccumulatorBuilder = (args, limits) => () => {
  const entries = new Map<string, Value>();
  const max = bound(args, 1, limits);
  return {
    add: (frame) => {
      const value = args[0]!.run(frame);
      if (isBag(value)) for (const [key, item] of Object.entries(value)) if (!entries.has(key) && entries.size < max) entries.set(key, item);
    },
    value: () => Object.fromEntries(entries),
  };
};

export const listAccumulators: AccumulatorTable = {
  make_list: { args: 1, build: list(null, false) }, make_list_if: { args: 2, build: list(1, false) },
  make_set: { args: 1, build: list(null, true) }, make_set_if: { args: 2, build: list(1, true) }, make_bag: { args: 1, build: bag },
};
