// runTable: a Plan over row objects. Operators that work row by row stream; take stops the input; sort, top, summarize,
// distinct, count, sample and union gather what they must.
import type { Clock } from '../../base/index.ts';
import type { Operator, Plan, PlanTable } from '../../kql/index.ts';
import { CompileError, noClock } from '../expr/index.ts';
import { constantCount } from './constant-count.ts';
import { renderRows } from './render.ts';
import { compileExpansion, compileRowStep } from './row-steps.ts';
import { SharedRows } from './shared-rows.ts';
import { comparator, counted, distinct, expanded, mapped, sampled, sorted, summarize, taken, type Rows, type RowSource, type Stream } from './streams.ts';
import { unionRows } from './union.ts';

/** What a query may ask of its surroundings. `random`: in [0, 1), for `sample`; without one the choice is the same every time. */
interface TableContext { readonly clock: Clock; readonly random: () => number }

/** Throws CompileError when the Plan does not compile. Times come out as KQL writes them. */
export function runTable(plan: Plan, rows: RowSource, clock: Clock = noClock, random: () => number = sameEveryTime()): Rows {
  const context = { clock, random };
  const source = usesUnion(plan.operators) ? new SharedRows(rows) : rows;
  const run = compileBranch(plan.operators, plan.table, source, context);
  return renderRows(run(source), plan);
}

const usesUnion = (operators: readonly Operator[]): boolean => operators.some(({ op }) => op === 'union');

function compileBranch(operators: readonly Operator[], table: PlanTable, source: RowSource, context: TableContext): (rows: RowSource) => RowSource {
  const streams = operators.map((operator) => compileStream(operator, table, source, context));
  return (rows) => streams.reduce<RowSource>((input, stream) => stream(input), rows);
}

const counts = { what: 'The number of rows', help: 'Write a number: take 10.' };

function compileStream(operator: Operator, table: PlanTable, source: RowSource, context: TableContext): Stream {
  const { clock } = context;
  const step = compileRowStep(operator, clock);
  if (step !== null) return mapped(step);
  switch (operator.op) {
    case 'summarize': return summarize(operator, clock);
    case 'distinct': return distinct(operator, clock);
    case 'sort': return sorted(comparator(operator.by, clock), Infinity);
    case 'top': return sorted(comparator(operator.by, clock), constantCount(operator.count, clock, counts.what, counts.help));
    case 'take': return taken(constantCount(operator.count, clock, counts.what, counts.help));
    case 'sample': return sampled(constantCount(operator.count, clock, counts.what, counts.help), context.random);
    case 'count': return counted;
    case 'mv-expand': return expanded(compileExpansion(operator, clock));
    case 'union': return compileUnion(operator, table, source, context);
    default: throw new CompileError(`${operator.op} is not known to this engine.`, 'A newer version may know it.');
  }
}

/** There is one table here, the rows given: an input that starts from another has nothing to read. */
function compileUnion({ kind, inputs, sourceColumn }: Extract<Operator, { op: 'union' }>, table: PlanTable, source: RowSource, context: TableContext): Stream {
  const compiled = new Map<string, (rows: RowSource) => RowSource>();
  const branches = inputs.map((input) => {
    if (input.table !== table && input.table !== 'source') throw new CompileError(`This query runs over ${table} alone; there are no rows of ${input.table} here.`, `Start each input of the union from ${table}.`);
    // Equal legs, as a table that let named gives, are compiled once.
    const key = JSON.stringify(input);
    const run = compiled.get(key) ?? compileBranch(input.operators, input.table, source, context);
    compiled.set(key, run);
    return { table: input.table, run };
  });
  return (rows) => unionRows([{ table, rows }, ...branches.map((branch) => ({ table: branch.table, rows: branch.run(source) }))], kind, sourceColumn);
}

/** A small generator with a fixed start (xorshift32). */
function sameEveryTime(): () => number {
  let state = 0x2545f491;
  return () => {
    state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
