// Which lines of code a rule can touch, read from its plan: the values that its first `where`s pin columns to.
import type { Expr, Plan } from '../../kql/index.ts';

/** Column name to the values that it must equal for a record to match; a column that is absent is not pinned. */
export type PlanScope = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads conjunctions of `column == "text"` and `column in ("a", "b")` before any operator that makes columns; says less rather than too much. */
export function planScope(plan: Plan): PlanScope {
  const scope = new Map<string, ReadonlySet<string>>();
  for (const operator of plan.operators) {
    if (operator.op !== 'where') break;
    for (const [column, values] of pins(operator.predicate)) scope.set(column, both(values, scope.get(column)));
  }
  return scope;
}

const both = (values: ReadonlySet<string>, earlier: ReadonlySet<string> | undefined): ReadonlySet<string> =>
  (earlier === undefined ? values : new Set([...values].filter((value) => earlier.has(value))));

function pins(expr: Expr): [string, Set<string>][] {
  if (expr.k !== 'call') return [];
  if (expr.fn === 'and') return expr.args.flatMap(pins);
  if (expr.fn !== '==' && expr.fn !== 'in') return [];
  const [first, ...rest] = expr.args;
  if (first === undefined) return [];
  // Equality may be written either way round.
  if (expr.fn === '==' && first.k === 'literal') return pins({ ...expr, args: [...rest, first] });
  const values = rest.map(textOf);
  return first.k === 'column' && values.every((value) => value !== null) ? [[first.name, new Set(values)]] : [];
}

const textOf = (expr: Expr): string | null => (expr.k === 'literal' && typeof expr.value === 'string' ? expr.value : null);

/** True when the scope pins the durable id (by itself or as EventName or Name) to this one and contradicts nothing else known. */
export function scopeCovers(scope: PlanScope, line: { readonly durableId: string; readonly service: string }): boolean {
  const named = ['DurableId', 'EventName', 'Name', 'MetricName'].filter((column) => scope.has(column));
  return named.length > 0 && named.every((column) => scope.get(column)?.has(line.durableId)) && (scope.get('ServiceName')?.has(line.service) ?? true);
}
