// What conditions are made of and what they read, as texts of KQL.
import { exprToKql, operatorToKql, type Expr, type Operator } from '../../kql/index.ts';
import type { Clause } from '../record/index.ts';

/** The clause as KQL; a `parse-where`, which is no expression, as the operator that it is. */
export function clauseText({ expr, operator }: Pick<Clause, 'expr' | 'operator'>, operators: readonly Operator[]): string {
  if (expr !== null) return exprToKql(expr);
  const parse = operators[operator];
  return parse === undefined ? 'parse-where' : operatorToKql(parse);
}

/** How a clause is put together of clauses; null when it is a plain comparison. */
export function joinOf(expr: Expr): { readonly join: 'and' | 'or' | 'not'; readonly parts: readonly Expr[] } | null {
  if (expr.k !== 'call') return null;
  const { fn } = expr;
  if (fn === 'not') return { join: 'not', parts: expr.args };
  return fn === 'and' || fn === 'or' ? { join: fn, parts: flattened(expr, fn) } : null;
}

function flattened(expr: Expr, fn: string): readonly Expr[] {
  return expr.k === 'call' && expr.fn === fn ? expr.args.flatMap((arg) => flattened(arg, fn)) : [expr];
}

/** The columns and single attributes that an expression reads, each once, in order. `Attributes["a"]["b"]` is one. */
export function readsOf(expr: Expr): readonly Expr[] {
  const found = new Map<string, Expr>();
  collect(expr, found);
  return [...found.values()];
}

function collect(expr: Expr, found: Map<string, Expr>): void {
  if (expr.k === 'column' || isPath(expr)) { found.set(exprToKql(expr), expr); return; }
  if (expr.k === 'member') { collect(expr.base, found); collect(expr.key, found); }
  if (expr.k === 'call') for (const arg of expr.args) collect(arg, found);
}

/** A column with constant keys behind it. */
function isPath(expr: Expr): boolean {
  return expr.k === 'member' && expr.key.k === 'literal' && (expr.base.k === 'column' || isPath(expr.base));
}

const textual: ReadonlySet<string> = new Set(['string', 'dynamic']);

/** The name that a masker judges a value by: `http.route` for Attributes["http.route"]. Null for columns that hold no text, and so no secret. */
export function keyOf(expr: Expr): string | null {
  if (expr.k === 'member' && expr.key.k === 'literal') return String(expr.key.value);
  return expr.k === 'column' ? (textual.has(expr.type) ? expr.name : null) : '';
}

/** Operators that ask for a text as a whole or for a part of one. */
const textAsked: ReadonlySet<string> = new Set(['==', '=~', 'in', 'in~', 'has', 'has_cs', 'has_any', 'has_all', 'contains', 'contains_cs', 'startswith', 'startswith_cs', 'endswith', 'endswith_cs']);

/** The texts that an expression asks a column or attribute for, as `EventName == "LogLaunch"` does; `name` as in `readsOf`. Negations are left out. */
export function wantedTexts(expr: Expr): readonly { readonly name: string; readonly text: string }[] {
  if (expr.k !== 'call' || expr.fn === 'not') return [];
  if (!textAsked.has(expr.fn)) return expr.args.flatMap(wantedTexts);
  const names = readsOf(expr).map(exprToKql);
  const texts = expr.args.flatMap((arg) => (arg.k === 'literal' && typeof arg.value === 'string' ? [arg.value] : []));
  return names.length === 1 ? texts.map((text) => ({ name: names[0]!, text })) : [];
}
