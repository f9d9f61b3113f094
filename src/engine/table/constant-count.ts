// The number of rows in take, top, sample and the like: an expression without columns.
import type { Clock } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import { CompileError, compileExpr, newFrame } from '../expr/index.ts';
import { isNumeric } from '../values/index.ts';
import { RowScope } from './row-scope.ts';

/** Throws CompileError when it is no number. */
export function constantCount(expr: Expr, clock: Clock, what: string, help: string): number {
  const value = compileExpr(expr, { scope: new RowScope(), clock }).run(newFrame());
  if (!isNumeric(value)) throw new CompileError(`${what} must be a constant number.`, help);
  return Number(value);
}
