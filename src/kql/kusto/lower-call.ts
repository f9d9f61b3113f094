// Calls: the catalogue's functions, those that the compiler itself writes out, aggregates inside summarize, and functions of `let`.
import type { Expr } from '../plan.ts';
import { aggregateByName } from '../catalogue/aggregates.ts';
import { functionByName, insteadOfFunction } from '../catalogue/functions.ts';
import { ownFunction, type OwnFunction } from '../catalogue/own-functions.ts';
import { machineActions } from '../../model/index.ts';
import { nearest } from '../nearest.ts';
import { kindOf, typeOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { guessed } from './fixes.ts';
import { inlineScalar } from './inline-function.ts';
import { lowerExpression } from './lower-expression.ts';
import { key } from './lower-names.ts';
import { separated, type KustoNode } from './port.ts';
import type { Scope } from './scope.ts';
import { unalias } from './source.ts';

export function lowerCall(context: Context, scope: Scope, node: KustoNode): Expr {
  const fn = unalias(node.Name?.SimpleName ?? '');
  const bound = context.names.get(fn);
  if (bound?.as === 'function') return inlineScalar(context, scope, node, bound);
  const parts = separated(node.ArgumentList?.Expressions);
  if (context.aggregate !== null && aggregateByName.has(fn)) return context.aggregate(node, fn);
  const written = writtenOut(context, scope, fn, parts);
  if (written !== null) return written;
  const own = ownFunction(fn, scope.mode);
  if (own !== undefined) return lowerOwn(context, scope, node, own, parts);
  const args = parts.map((part) => lowerExpression(context, scope, part));
  if (fn !== 'not' && !functionByName.has(fn)) reportFunction(context, node.Name ?? node, fn);
  return { k: 'call', type: typeOf(node), fn, args };
}

/** Functions over the names of columns are known when the query is compiled. Null for all others. */
function writtenOut(context: Context, scope: Scope, fn: string, parts: readonly KustoNode[]): Expr | null {
  switch (fn) {
    case 'column_ifexists': return columnIfExists(context, scope, parts);
    case 'bag_pack_columns': return packColumns(parts.flatMap((part) => (part.SimpleName === undefined ? [] : [part.SimpleName])), (name) => lowerExpression(context, scope, parts.find((part) => part.SimpleName === name)));
    case 'pack_all': {
      if (parts.length > 0) context.problems.error(spanOf(parts[0]!), 'weir/function', 'Weir runs pack_all() without an argument only.', 'Leave the argument out: nulls stay in the bag.');
      return packColumns([...scope.columns.keys()], (name) => ({ k: 'column', type: scope.columns.get(name)!, name }));
    }
    default: return null;
  }
}

function columnIfExists(context: Context, scope: Scope, [name, otherwise]: readonly KustoNode[]): Expr {
  const wanted = lowerExpression(context, scope, name);
  const column = wanted.k === 'literal' && typeof wanted.value === 'string' ? wanted.value : null;
  if (column === null) context.problems.error(spanOf(name!), 'weir/function', 'column_ifexists() needs the name of a column as a string.', 'Write column_ifexists("Name", "").');
  const type = column === null ? undefined : scope.columns.get(column);
  return column === null || type === undefined ? lowerExpression(context, scope, otherwise) : { k: 'column', type, name: column };
}

const packColumns = (names: readonly string[], value: (name: string) => Expr): Expr => ({ k: 'call', type: 'dynamic', fn: 'bag_pack', args: names.flatMap((name) => [key(name), value(name)]) });

/** event("name") and field("name"); since("EventName"), last("action") and trained("name", otherwise), which a machine measures itself. */
function lowerOwn(context: Context, scope: Scope, node: KustoNode, { name: fn, type, example }: OwnFunction, parts: readonly KustoNode[]): Expr {
  const args = parts.map((part) => lowerExpression(context, scope, part));
  const [what, otherwise] = args;
  const at = spanOf(parts[0] ?? node);
  if (what?.k !== 'literal' || typeof what.value !== 'string' || what.value === '') {
    context.problems.error(at, fn === 'event' || fn === 'field' ? 'weir/name' : 'weir/guard', `${fn}() needs a name in quotes.`, example);
  } else if (fn === 'trained' && (otherwise?.k !== 'literal' || !isNumber(otherwise.value))) {
    context.problems.error(spanOf(parts[1] ?? node), 'weir/guard', 'trained() needs a number to go by until its bound is adopted.', example);
  } else if (fn === 'last' && !(machineActions as readonly string[]).includes(what.value)) {
    const guess = nearest(what.value, machineActions);
    context.problems.error(at, 'weir/guard', `There is no action ${what.value}.`, guess === undefined ? `Actions are ${machineActions.join(', ')}.` : `Did you mean ${guess}?`, guessed(at, guess === undefined ? undefined : `"${guess}"`));
  }
  return { k: 'call', type, fn, args };
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));

function reportFunction(context: Context, at: KustoNode, fn: string): void {
  if (aggregateByName.has(fn)) {
    context.problems.error(spanOf(at), 'weir/aggregate', `${fn}() is an aggregate: it stands in summarize, and not inside another aggregate or a by.`, `Write | summarize ${fn}(…) by …, and compute from its columns behind it.`);
    return;
  }
  const guess = nearest(fn, [...functionByName.keys()]);
  const help = insteadOfFunction[fn] ?? (guess === undefined ? 'Completion lists the functions that it runs.' : `The nearest is ${functionByName.get(guess)!.signature}.`);
  context.problems.error(spanOf(at), 'weir/function', `Weir does not run the function ${fn}().`, help, insteadOfFunction[fn] === undefined ? guessed(spanOf(at), guess) : []);
}

/** Whether an aggregate is called anywhere in the expression. */
export function callsAggregate(context: Context, node: KustoNode): boolean {
  if (node.IsToken) return false;
  if (kindOf(context, node) === 'FunctionCallExpression' && aggregateByName.has(node.Name?.SimpleName ?? '')) return true;
  for (let i = 0; i < node.ChildCount; i++) { const child = node.GetChild(i); if (child !== null && callsAggregate(context, child)) return true; }
  return false;
}
