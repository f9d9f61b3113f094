// The clauses of a `where`: what `and` joins, and how dear each is to evaluate. Expressions have no effects and a row stays
// only when all clauses are true, so the cheap ones may go first: null and false alike end it.
import type { Expr } from '../../kql/index.ts';
import type { Fn } from '../expr/index.ts';
import type { Bindings } from './record-scope.ts';

/** One clause as written, for indexes and explanations. */
export interface Clause {
  /** Place of its operator in the query, and of the clause among those that `and` joins there. */
  readonly operator: number;
  readonly clause: number;
  /** Null for the filter that parse-where is. */
  readonly expr: Expr | null;
  /** What names mean where it stands. */
  readonly bindings: Bindings;
  /** Valid once all computations of the query have run over the record. */
  readonly run: Fn;
}

/** The parts of a predicate that must all be true. */
export function conjuncts(expr: Expr): readonly Expr[] {
  if (expr.k !== 'call' || expr.fn !== 'and') return [expr];
  const found: Expr[] = [];
  const open: Expr[] = [expr];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.k === 'call' && next.fn === 'and') open.push(...next.args.toReversed());
    else found.push(next);
  }
  return found;
}

/** Columns that lie apart from the record or are found by the walk: next to nothing. */
const nearColumns: ReadonlySet<string> = new Set(['EventName', 'Name', 'MetricName', 'ServiceName', 'SeverityNumber', 'ScopeName', 'ScopeVersion', 'Kind']);
const bags: ReadonlySet<string> = new Set(['Attributes', 'Resource', 'Events', 'Links']);
const searches = /^!?(contains|has|hasprefix|hassuffix|endswith)(_cs)?$/;
const heavy = /regex|^extract|^parse_|^replace|^split$|^hash|^todynamic/;

/** A rough figure in nanoseconds; only the order of two matters. */
export function costOf(expr: Expr, bindings: Bindings): number {
  if (expr.k === 'literal') return 0;
  if (expr.k === 'column') return bindings.get(expr.name)?.kind !== 'record' ? 2 : nearColumns.has(expr.name) ? 6 : bags.has(expr.name) ? 400 : 25;
  if (expr.k === 'member') return expr.base.k === 'column' && expr.key.k === 'literal' ? (expr.base.name === 'Resource' ? 15 : 40) : 20 + costOf(expr.base, bindings) + costOf(expr.key, bindings);
  const own = heavy.test(expr.fn) ? 500 : searches.test(expr.fn) ? 60 : expr.fn.startsWith('has_') ? 200 : 4;
  return expr.args.reduce((sum, arg) => sum + costOf(arg, bindings), own);
}
