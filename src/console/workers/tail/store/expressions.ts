// Looks into a Plan: its conjuncts, and which columns each reads.
import type { Expr, Plan } from '../../../../kql/index.ts';

/** Functions whose value changes from call to call; nothing that uses them may be remembered. */
const volatileFunctions = new Set(['now', 'ago', 'rand', 'new_guid']);

/** The predicates of all `where` operators, split at `and`: a row passes when each of them is true. Null when the plan does more than `where`. */
export function conjunctsOf(plan: Plan): readonly Expr[] | null {
  const conjuncts: Expr[] = [];
  for (const operator of plan.operators) {
    if (operator.op !== 'where') return null;
    split(operator.predicate, conjuncts);
  }
  return conjuncts;
}

export function planOf(plan: Plan, conjuncts: readonly Expr[]): Plan {
  return { ...plan, operators: conjuncts.map((predicate) => ({ op: 'where', predicate })) };
}

/** The one column that an expression depends on, or null when there are more, none, or a volatile function. */
export function onlyColumnOf(expr: Expr): string | null {
  const columns = new Set<string>();
  return collect(expr, columns) && columns.size === 1 ? [...columns][0]! : null;
}

function split(expr: Expr, into: Expr[]): void {
  if (expr.k === 'call' && expr.fn === 'and') for (const arg of expr.args) split(arg, into);
  else into.push(expr);
}

function collect(expr: Expr, columns: Set<string>): boolean {
  if (expr.k === 'literal') return true;
  if (expr.k === 'column') { columns.add(expr.name); return true; }
  if (expr.k === 'member') return collect(expr.base, columns) && collect(expr.key, columns);
  return !volatileFunctions.has(expr.fn) && expr.args.every((arg) => collect(arg, columns));
}
