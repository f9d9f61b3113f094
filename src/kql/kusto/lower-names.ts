// A name in an expression: a column, something that `let` named, or an attribute that goes by its bare name.
import type { Expr } from '../plan.ts';
import { columnTables } from '../catalogue/tables.ts';
import { kqlString } from '../literals.ts';
import { nearest } from '../nearest.ts';
import type { Bound, Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { guessed, replaceWith } from './fixes.ts';
import { lowerExpression } from './lower-expression.ts';
import type { KustoNode } from './port.ts';
import { bagOf, closed, resolve, type Scope } from './scope.ts';

export const nothing: Expr = { k: 'literal', type: 'dynamic', value: null };
export const key = (name: string): Expr => ({ k: 'literal', type: 'string', value: name });

/** Columns come first, then what `let` named, then attributes. */
export function lowerName(context: Context, scope: Scope, node: KustoNode): Expr {
  const name = node.SimpleName ?? '';
  const resolved = resolve(scope, name);
  if (resolved.as === 'column' && (scope.columns.has(name) || !context.names.has(name))) {
    warnUnknownColumn(context, scope, node, name);
    return { k: 'column', type: resolved.type, name };
  }
  const bound = context.names.get(name);
  if (bound !== undefined) return lowerBound(context, scope, node, name, bound);
  if (resolved.as === 'attribute') return attributeByName(context, scope, node, name);
  const known = [...scope.columns.keys()];
  const help = known.length === 0 ? 'Only constants and parameters can stand here.' : `Known here: ${known.slice(0, 12).join(', ')}.`;
  context.problems.error(spanOf(node), 'weir/unknown-name', `${name} is not a column here.`, help, guessed(spanOf(node), nearest(name, known)));
  return nothing;
}

function lowerBound(context: Context, scope: Scope, node: KustoNode, name: string, bound: Bound): Expr {
  if (bound.as === 'value') { context.size.spendAgain(bound.expr); return bound.expr; }
  if (bound.as === 'expression') return lowerExpression({ ...context, names: bound.names, aggregate: null }, closed(scope, []), bound.node);
  const what = bound.as === 'function' ? `a function; write ${name}(…)` : 'a table, and a table cannot be a value';
  context.problems.error(spanOf(node), 'weir/let', `${name} is ${what}.`, bound.as === 'function' ? undefined : 'Start the pipeline from it, or put the values in a list: in ("a", "b").');
  return nothing;
}

/** Table queries run over loose rows, so a name that no row has is legal and reads as null. Said when the rows' columns are known. */
export function warnUnknownColumn(context: Context, scope: Scope, node: KustoNode, name: string): void {
  if (scope.mode !== 'table' || scope.columns.has(name) || !scope.implicit.has(name)) return;
  if (warnNull(context, node, name) || scope.columns.size === 0) return;
  const guess = nearest(name, [...scope.columns.keys()]);
  context.problems.warn(spanOf(node), 'weir/unknown-column', `No row seen so far has a field ${name}; it is null.`, guess === undefined ? undefined : `Did you mean ${guess}?`, guessed(spanOf(node), guess));
}

/** `x == null`, as other languages write it. */
function warnNull(context: Context, node: KustoNode, name: string): boolean {
  if (!/^(null|nil|none|undefined)$/i.test(name)) return false;
  context.problems.warn(spanOf(node), 'weir/null', `KQL has no value ${name}: it is read as the name of a field.`, 'To ask whether a value is missing, write isnull(x); for text, isempty(x).');
  return true;
}

function attributeByName(context: Context, scope: Scope, node: KustoNode, name: string): Expr {
  const bag = bagOf(scope.mode);
  const access = `${bag}[${kqlString(name)}]`;
  if (scope.mode === 'targets' && recordColumns.has(name)) {
    context.problems.error(spanOf(node), 'weir/targets', `${name} belongs to a record, and targets choose agents and resources.`, 'Use ServiceName, Resource["…"] or Agent["…"] here; put this condition into the query.');
    return nothing;
  }
  if (scope.mode !== 'targets') warnNull(context, node, name);
  const column = nearest(name, [...scope.columns.keys()]);
  const message = `${name} is no column and is read as ${access}.`;
  const report = column?.toLowerCase() === name.toLowerCase() ? 'warn' : 'hint';
  context.problems[report](spanOf(node), 'weir/attribute', message, column === undefined ? undefined : `Did you mean ${column}?`, [...guessed(spanOf(node), column), replaceWith(spanOf(node), access)]);
  return { k: 'member', type: 'dynamic', base: { k: 'column', type: 'dynamic', name: bag }, key: key(name) };
}

const recordColumns = new Set(columnTables.flatMap(({ columns }) => columns.map(({ name }) => name)));
