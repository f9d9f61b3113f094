// Operators that work on one row object at a time: where, extend, project and its kin, parse; and mv-expand, which makes several.
import type { Clock } from '../../base/index.ts';
import type { NamedExpr, Operator } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { asComparable, compileExpr, newFrame, type Fn, type Row } from '../expr/index.ts';
import { compileParse, conform, expandSideBySide, expandValue, parsedColumns } from '../operators/index.ts';
import { toText } from '../values/index.ts';
import { constantCount } from './constant-count.ts';
import { RowScope } from './row-scope.ts';

/** A new row, or null when the row leaves the query. Input rows are never changed. */
export type RowStep = (row: Row) => Row | null;

/** An expression over rows. */
function compileRowFn(expr: NamedExpr['expr'], clock: Clock): (row: Row) => Value {
  const run: Fn = compileExpr(expr, { scope: new RowScope(), clock }).run;
  const frame = newFrame();
  return (row) => { frame.row = row; return run(frame); };
}

/** The same as a key of rows: a string is never null, so a missing one is empty. */
export function compileKeyFn(expr: NamedExpr['expr'], clock: Clock): (row: Row) => Value {
  const run = asComparable(compileExpr(expr, { scope: new RowScope(), clock }));
  const frame = newFrame();
  return (row) => { frame.row = row; return run(frame); };
}

/** Null for an operator that needs more than one row at a time, or makes more than one. */
export function compileRowStep(operator: Operator, clock: Clock): RowStep | null {
  switch (operator.op) {
    case 'where': { const test = compileRowFn(operator.predicate, clock); return (row) => (test(row) === true ? row : null); }
    case 'extend': { const columns = named(operator.columns, clock); return (row) => ({ ...row, ...columns(row) }); }
    case 'project': return named(operator.columns, clock);
    case 'project-away': { const gone = new Set(operator.columns); return (row) => Object.fromEntries(Object.entries(row).filter(([name]) => !gone.has(name))); }
    case 'project-keep': { const kept = new Set(operator.columns); return (row) => Object.fromEntries(Object.entries(row).filter(([name]) => kept.has(name))); }
    case 'project-rename': return renaming(operator.columns);
    case 'parse': return parsing(operator, clock);
    default: return null;
  }
}

/** All expressions see the input row. */
function named(columns: readonly NamedExpr[], clock: Clock): (row: Row) => Row {
  const compiled = columns.map(({ name, expr }) => [name, compileRowFn(expr, clock)] as const);
  return (row) => Object.fromEntries(compiled.map(([name, run]) => [name, run(row)]));
}

function renaming(columns: readonly { readonly from: string; readonly to: string }[]): RowStep {
  const names = new Map(columns.map(({ from, to }) => [from, to]));
  return (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [names.get(name) ?? name, value]));
}

/** A string that is not of the pattern's form makes all columns null, or takes the row out with parse-where. */
function parsing({ source, parts, mode, flags, keepOnlyParsed }: Extract<Operator, { op: 'parse' }>, clock: Clock): RowStep {
  const text = compileRowFn(source, clock);
  const parse = compileParse(parts, mode, flags);
  const names = parsedColumns(parts).map(({ name }) => name);
  return (row) => {
    const values = parse(toText(text(row), source.type));
    if (values === null && keepOnlyParsed) return null;
    return { ...row, ...Object.fromEntries(names.map((name, i) => [name, values?.[i] ?? null])) };
  };
}

/** mv-expand of one row: the rows it becomes, none when all its arrays are empty. */
export function compileExpansion({ columns, bag, indexColumn, limit }: Extract<Operator, { op: 'mv-expand' }>, clock: Clock): (row: Row) => Iterable<Row> {
  const most = limit === null ? Infinity : constantCount(limit, clock, 'The limit of mv-expand', 'Write limit 10.');
  const runs = columns.map(({ name, expr, type }) => ({ name, type, run: compileRowFn(expr, clock) }));
  return function* (row) {
    const lists = runs.map(({ run }) => expandValue(run(row), bag));
    let index = 0;
    for (const cells of expandSideBySide(lists, most)) {
      yield { ...row, ...Object.fromEntries(runs.map(({ name, type }, i) => [name, conform(cells[i]!, type)])), ...(indexColumn === null ? {} : { [indexColumn]: index++ }) };
    }
  };
}
