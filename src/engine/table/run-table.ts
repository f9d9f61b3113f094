// runTable: a Plan over row objects. Operators that work row by row stream; take stops the input; sort, top, summarize,
// distinct and count gather what they must.
import type { Clock } from '../../base/index.ts';
import { compileAggregate, RowGroups, unlimited } from '../aggregate/index.ts';
import type { Expr, Operator, Plan, SortKey } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { CompileError, compileExpr, newFrame, noClock, type Row } from '../expr/index.ts';
import { groupKey, isNumeric, sortOrder } from '../values/index.ts';
import { renderRows } from './render.ts';
import { RowScope } from './row-scope.ts';
import { compileRowFn, compileRowStep, named, type RowStep } from './row-steps.ts';

export type Rows = AsyncIterable<Row>;
type RowSource = Rows | Iterable<Row>;
type Stream = (rows: RowSource) => Rows;

/** Groups of one summarize over finished data; past it the rest fall into one group whose keys are null. */
const maxGroups = 1_000_000;

/** Throws CompileError at the first row asked for when the Plan does not compile. Times come out as KQL writes them. */
export function runTable(plan: Plan, rows: RowSource, clock: Clock = noClock): Rows {
  const streams = plan.operators.map((operator) => compileStream(operator, clock));
  const result = streams.reduce<RowSource>((input, stream) => stream(input), rows);
  return renderRows(result, plan);
}

function compileStream(operator: Operator, clock: Clock): Stream {
  const step = compileRowStep(operator, clock);
  if (step !== null) return (rows) => mapped(rows, step);
  switch (operator.op) {
    case 'summarize': return summarize(operator, clock);
    case 'distinct': return distinct(operator, clock);
    case 'sort': { const compare = comparator(operator.by, clock); return (rows) => sorted(rows, compare, Infinity); }
    case 'top': { const [compare, count] = [comparator(operator.by, clock), constantCount(operator.count, clock)]; return (rows) => sorted(rows, compare, count); }
    case 'take': { const count = constantCount(operator.count, clock); return (rows) => taken(rows, count); }
    case 'count': return counted;
    default: throw new CompileError(`${operator.op} is not known to this engine.`, 'A newer version may know it.');
  }
}

async function* mapped(rows: RowSource, step: RowStep): Rows {
  for await (const row of rows) { const next = step(row); if (next !== null) yield next; }
}

async function* taken(rows: RowSource, count: number): Rows {
  if (count <= 0) return;
  let seen = 0;
  for await (const row of rows) { yield row; if (++seen >= count) return; }
}

async function* counted(rows: RowSource): Rows {
  let Count = 0;
  for await (const _ of rows) Count++;
  yield { Count };
}

function constantCount(expr: Expr, clock: Clock): number {
  const value = compileRowFn(expr, clock)({});
  if (!isNumeric(value)) throw new CompileError('The number of rows must be a number.', 'Write take 10.');
  return Number(value);
}

type Compare = (a: readonly Value[], b: readonly Value[]) => number;
interface Comparator { readonly keys: (row: Row) => readonly Value[]; readonly compare: Compare }

function comparator(by: readonly SortKey[], clock: Clock): Comparator {
  const runs = by.map((key) => compileRowFn(key.expr, clock));
  const compare: Compare = (a, b) => {
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
async function* sorted(rows: RowSource, { keys, compare }: Comparator, count: number): Rows {
  let held: { readonly keys: readonly Value[]; readonly row: Row }[] = [];
  const order = (): void => { held.sort((a, b) => compare(a.keys, b.keys)); if (held.length > count) held.length = count; };
  for await (const row of rows) {
    held.push({ keys: keys(row), row });
    if (held.length > 2 * count + 64) order();
  }
  order();
  for (const { row } of held) yield row;
}

function distinct(operator: Extract<Operator, { op: 'distinct' }>, clock: Clock): Stream {
  const columns = named(operator.by, clock);
  return async function* (rows) {
    const seen = new Set<string>();
    for await (const row of rows) {
      const next = operator.by.length === 0 ? row : columns(row);
      const key = Object.values(next).map(groupKey).join('|');
      if (seen.has(key)) continue;
      seen.add(key);
      yield next;
    }
  };
}

function summarize(operator: Extract<Operator, { op: 'summarize' }>, clock: Clock): Stream {
  const context = { scope: new RowScope(), clock };
  const aggregates = operator.aggregates.map((aggregate) => compileAggregate(aggregate, context, unlimited));
  const keys = operator.by.map((key) => compileExpr(key.expr, context).run);
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

