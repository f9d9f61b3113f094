// Operators over a stream of rows that need more than one row at a time, or make more than one.
import type { Clock } from '../../base/index.ts';
import type { Operator, SortKey } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { compileAggregate, RowGroups, tableLimits } from '../aggregate/index.ts';
import { asComparable, compileExpr, newFrame, type Row } from '../expr/index.ts';
import { groupKey, sortOrder } from '../values/index.ts';
import { RowLimitError } from './row-limit.ts';
import { RowScope } from './row-scope.ts';
import { compileKeyFn, type RowStep } from './row-steps.ts';

export type Rows = AsyncIterable<Row>;
export type RowSource = Rows | Iterable<Row>;
export type Stream = (rows: RowSource) => Rows;

/** Groups of one summarize over finished data; past it the rest fall into one group whose keys are null. */
const maxGroups = 1_000_000;

export const mapped = (step: RowStep): Stream => async function* (rows) {
  for await (const row of rows) { const next = step(row); if (next !== null) yield next; }
};

/** Rows that one mv-expand may add to those that come in: two of a million elements each would else go on for days. */
const maxAddedRows = 2_000_000;

/** Throws RowLimitError. */
export const expanded = (expand: (row: Row) => Iterable<Row>, most = maxAddedRows): Stream => async function* (rows) {
  let left = most;
  for await (const row of rows) {
    left++;
    for (const made of expand(row)) {
      if (--left < 0) throw new RowLimitError(most);
      yield made;
    }
  }
};

export const taken = (count: number): Stream => async function* (rows) {
  if (count <= 0) return;
  let seen = 0;
  for await (const row of rows) { yield row; if (++seen >= count) return; }
};

export const counted: Stream = async function* (rows) {
  let Count = 0;
  for await (const _ of rows) Count++;
  yield { Count };
};

/** A uniform choice of `count` rows (algorithm R), in the order in which they came. */
export const sampled = (count: number, random: () => number): Stream => async function* (rows) {
  const held: { readonly at: number; readonly row: Row }[] = [];
  let seen = 0;
  for await (const row of rows) {
    const at = seen++;
    const place = held.length < count ? held.length : Math.floor(random() * seen);
    if (place < count) held[place] = { at, row };
  }
  for (const { row } of held.sort((a, b) => a.at - b.at)) yield row;
};

interface Comparator { readonly keys: (row: Row) => readonly Value[]; readonly compare: (a: readonly Value[], b: readonly Value[]) => number }

export function comparator(by: readonly SortKey[], clock: Clock): Comparator {
  const runs = by.map((key) => compileKeyFn(key.expr, clock));
  const compare: Comparator['compare'] = (a, b) => {
    for (let i = 0; i < by.length; i++) {
      const [x, y] = [a[i] ?? null, b[i] ?? null];
      const { descending, nullsFirst } = by[i]!;
      if (x === null || y === null) { if (x === y) continue; return (x === null) === nullsFirst ? -1 : 1; }
      const order = sortOrder(x, y);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
  return { keys: (row) => runs.map((run) => run(row)), compare };
}

/** Stable. `top` keeps no more than twice its count in memory. */
export const sorted = ({ keys, compare }: Comparator, count: number): Stream => async function* (rows) {
  const held: { readonly keys: readonly Value[]; readonly row: Row }[] = [];
  const order = (): void => { held.sort((a, b) => compare(a.keys, b.keys)); if (held.length > count) held.length = Math.max(0, count); };
  for await (const row of rows) {
    held.push({ keys: keys(row), row });
    if (held.length > 2 * count + 64) order();
  }
  order();
  for (const { row } of held) yield row;
};

export function distinct(operator: Extract<Operator, { op: 'distinct' }>, clock: Clock): Stream {
  const columns = operator.by.map(({ name, expr }) => [name, compileKeyFn(expr, clock)] as const);
  return async function* (rows) {
    const seen = new Set<string>();
    for await (const row of rows) {
      const next = columns.length === 0 ? row : Object.fromEntries(columns.map(([name, key]) => [name, key(row)]));
      const key = Object.values(next).map(groupKey).join('|');
      if (seen.has(key)) continue;
      seen.add(key);
      yield next;
    }
  };
}

export function summarize(operator: Extract<Operator, { op: 'summarize' }>, clock: Clock): Stream {
  const context = { scope: new RowScope(), clock };
  const aggregates = operator.aggregates.map((aggregate) => compileAggregate(aggregate, context, tableLimits));
  const keys = operator.by.map((key) => asComparable(compileExpr(key.expr, context)));
  const frame = newFrame();
  return async function* (rows) {
    const groups = new RowGroups(aggregates, maxGroups);
    for await (const row of rows) { frame.row = row; groups.add(keys.map((key) => key(frame)), frame); }
    if (keys.length === 0) groups.ensureOne();
    for (const group of groups) {
      const cells: [string, Value][] = operator.by.map(({ name }, i) => [name, group.keys?.[i] ?? null]);
      group.accumulators.forEach((accumulator, i) => cells.push([aggregates[i]!.name, accumulator.value()]));
      yield Object.fromEntries(cells);
    }
  };
}
