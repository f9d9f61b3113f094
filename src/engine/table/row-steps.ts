// Operators that work on one row object at a time: where, extend, project and its kin.
import type { Clock } from '../../base/index.ts';
import type { NamedExpr, Operator } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { compileExpr, newFrame, type Fn, type Row } from '../expr/index.ts';
import { cell, RowScope } from './row-scope.ts';

/** A new row, or null when the row leaves the query. Input rows are never changed. */
export type RowStep = (row: Row) => Row | null;

/** An expression over rows. */
export function compileRowFn(expr: NamedExpr['expr'], clock: Clock): (row: Row) => Value {
  const run: Fn = compileExpr(expr, { scope: new RowScope(), clock }).run;
  const frame = newFrame();
  return (row) => { frame.row = row; return run(frame); };
}

/** Null for an operator that needs more than one row at a time. */
export function compileRowStep(operator: Operator, clock: Clock): RowStep | null {
  switch (operator.op) {
    case 'where': { const test = compileRowFn(operator.predicate, clock); return (row) => (test(row) === true ? row : null); }
    case 'extend': { const columns = named(operator.columns, clock); return (row) => ({ ...row, ...columns(row) }); }
    case 'project': return named(operator.columns, clock);
    case 'project-away': { const gone = new Set(operator.columns); return (row) => Object.fromEntries(Object.entries(row).filter(([name]) => !gone.has(name))); }
    case 'project-keep': { const kept = new Set(operator.columns); return (row) => Object.fromEntries(Object.entries(row).filter(([name]) => kept.has(name))); }
    case 'project-rename': { const names = new Map(operator.columns.map(({ from, to }) => [from, to])); return (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [names.get(name) ?? name, value])); }
    default: return null;
  }
}

/** All expressions see the input row. */
export function named(columns: readonly NamedExpr[], clock: Clock): (row: Row) => Row {
  const compiled = columns.map(({ name, expr }) => [name, compileRowFn(expr, clock)] as const);
  return (row) => Object.fromEntries(compiled.map(([name, run]) => [name, run(row)]));
}

export { cell };
