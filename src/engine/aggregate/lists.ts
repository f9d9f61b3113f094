// make_list, make_set, make_bag and their `if` forms: bounded arrays of the values seen, nulls left out.
import type { Value } from '../../otlp/index.ts';
import { constantOf, type Compiled } from '../expr/index.ts';
import { formatDatetime, formatTimespan, groupKey, isBag } from '../values/index.ts';
import type { AccumulatorBuilder, AccumulatorTable, AggregateLimits } from './aggregate.ts';
import { when } from './conditional.ts';
import { entryBytes, objectBytes, sizeOf } from './memory.ts';

/** Arrays are dynamic, and dynamics hold times as text. */
const held = (value: Value, arg: Compiled): Value =>
  (typeof value !== 'bigint' ? value : arg.type === 'datetime' ? formatDatetime(value) : arg.type === 'timespan' ? formatTimespan(value) : value);

/** How many items: what the query asks for, never more than the limit. */
function bound(arg: Compiled | undefined, limits: AggregateLimits): number {
  const given = arg?.constant === true ? constantOf(arg) : null;
  return typeof given === 'number' ? Math.min(given, limits.maxList) : limits.maxList;
}

const list = (distinct: boolean, withNulls = false): AccumulatorBuilder => (args, limits) => {
  const arg = args[0]!;
  const max = bound(args[1], limits);
  return () => {
    const items: Value[] = [];
    const seen = new Set<string>();
    let size = objectBytes;
    return {
      add: (frame) => {
        if (items.length >= max) return;
        const value = held(arg.run(frame), arg);
        if (value === null && !withNulls) return;
        if (distinct) { const key = groupKey(value); if (seen.has(key)) return; seen.add(key); size += entryBytes + 2 * key.length; }
        items.push(value);
        size += 8 + sizeOf(value);
      },
      value: () => items.slice(),
      bytes: () => size,
    };
  };
};

/** The first bag that has a key decides its value. */
const bag: AccumulatorBuilder = (args, limits) => () => {
  const entries = new Map<string, Value>();
  const max = bound(args[1], limits);
  let size = objectBytes;
  const put = (key: string, item: Value): void => {
    if (entries.has(key) || entries.size >= max) return;
    entries.set(key, item);
    size += entryBytes + 2 * key.length + sizeOf(item);
  };
  return {
    add: (frame) => { const value = args[0]!.run(frame); if (isBag(value)) for (const [key, item] of Object.entries(value)) put(key, item); },
    value: () => Object.fromEntries(entries),
    bytes: () => size,
  };
};

export const listAccumulators: AccumulatorTable = {
  make_list: { args: 1, grows: true, build: list(false) }, make_list_if: { args: 2, grows: true, build: when(1, list(false)) },
  make_set: { args: 1, grows: true, build: list(true) }, make_set_if: { args: 2, grows: true, build: when(1, list(true)) },
  make_bag: { args: 1, grows: true, build: bag }, make_bag_if: { args: 2, grows: true, build: when(1, bag) },
  make_list_with_nulls: { args: 1, grows: true, build: list(false, true) },
};
