// One aggregate call to the Plan's aggregates: one value each (plan.ts says how).
import type { Aggregate, Expr, KqlType } from '../plan.ts';
import { aggregateAliases, aggregateByName, aggregates, insteadOfAggregate } from '../catalogue/aggregates.ts';
import { nearest } from '../nearest.ts';
import { items, separated, type KustoNode } from './port.ts';
import { kindOf, textOf, typeName, typeOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { guessed } from './fixes.ts';
import { lowerExpression } from './lower-expression.ts';
import type { Scope } from './scope.ts';

/** A column as the binder names it; `of` is the column it was before, where `*` stands for several. */
export interface Output { readonly name: string; readonly type: KqlType; readonly of?: string | undefined }

export function unwrapAggregate(context: Context, part: KustoNode): KustoNode {
  const kind = kindOf(context, part);
  const inner = kind === 'SimpleNamedExpression' || kind === 'CompoundNamedExpression' || kind === 'ParenthesizedExpression' ? part.Expression : undefined;
  return inner === undefined ? part : unwrapAggregate(context, inner);
}

/** An aggregate that stands on its own: as many aggregates as it has columns. Their arguments see the rows; other aggregates have no place in them. */
export function lowerDirect(outer: Context, scope: Scope, call: KustoNode, fn: string, outputs: readonly Output[]): readonly Aggregate[] {
  const context = { ...outer, aggregate: null };
  const args = separated(call.ArgumentList?.Expressions);
  const nameOf = (i: number): string => outputs[i]?.name ?? '';
  if (fn === 'percentiles' || fn === 'percentilesw') return lowerPercentiles(context, scope, call, fn, args, nameOf);
  if (fn === 'arg_max' || fn === 'arg_min') return lowerExtreme(context, scope, fn, args, outputs);
  const renamed = aggregateAliases[fn] ?? fn;
  const share = shareAt[renamed] === undefined ? undefined : args[shareAt[renamed]];
  if (renamed === 'take_any') return expandStar(context, scope, args, outputs).map((value, i) => ({ name: nameOf(i), fn: renamed, args: [value], type: value.type }));
  const lowered = args.map((argument) => lowerExpression(context, scope, argument));
  if (share !== undefined) checkShare(context, share, lowered[args.indexOf(share)]!);
  return [{ name: nameOf(0), fn: renamed, args: lowered, type: typeOf(call) }];
}

/** One that stands inside an expression: it must give one value. */
export function aggregateOf(context: Context, scope: Scope, call: KustoNode, fn: string): Aggregate | null {
  const [only, ...more] = lowerDirect(context, scope, call, fn, []);
  if (only !== undefined && more.length === 0) return only;
  context.problems.error(spanOf(call), 'weir/aggregate', `${fn}() gives several columns here, and an expression needs one value.`, 'Let it stand on its own in summarize, and compute from its columns in a later extend.');
  return null;
}

function lowerPercentiles(context: Context, scope: Scope, call: KustoNode, fn: string, args: readonly KustoNode[], nameOf: (i: number) => string): readonly Aggregate[] {
  const weighted = fn === 'percentilesw';
  const values = args.slice(0, weighted ? 2 : 1).map((argument) => lowerExpression(context, scope, argument));
  const types = items(call.ResultType?.Columns).map(({ Type }) => typeName(Type.Name));
  return sharesOf(context, scope, args.slice(values.length)).map((share, i) => ({ name: nameOf(i), fn: weighted ? 'percentilew' : 'percentile', args: [...values, share], type: types[i] ?? values[0]?.type ?? 'real' }));
}

/** Shares one by one, or as one array. */
function sharesOf(context: Context, scope: Scope, args: readonly KustoNode[]): readonly Expr[] {
  return args.flatMap((argument): readonly Expr[] => {
    const share = lowerExpression(context, scope, argument);
    const shares = share.k !== 'literal' || !Array.isArray(share.value) ? [share] : share.value.map((value): Expr => ({ k: 'literal', type: Number.isInteger(value) ? 'long' : 'real', value }));
    for (const one of shares) checkShare(context, argument, one);
    return shares;
  });
}

/** Where the share stands among the arguments. */
const shareAt: Readonly<Record<string, number>> = { percentile: 1, percentilew: 2 };

function checkShare(context: Context, node: KustoNode, share: Expr): void {
  if (share.k === 'literal' && typeof share.value === 'number' && share.value >= 0 && share.value <= 100) return;
  if (share.k === 'call') return;
  const message = share.k === 'literal' ? `${String(share.value)} is no share of a percentile.` : 'The share of a percentile must be a constant number.';
  context.problems.error(spanOf(node), 'weir/percentile', message, 'It is a number of percent, from 0 to 100: percentile(x, 95).');
}

/** `arg_max(t, a, b)`: t itself, then a and b where t is largest. */
function lowerExtreme(context: Context, scope: Scope, fn: string, args: readonly KustoNode[], outputs: readonly Output[]): readonly Aggregate[] {
  const by = lowerExpression(context, scope, args[0]);
  const values = expandStar(context, scope, args.slice(1), outputs.slice(1));
  return [by, ...values].map((value, i) => ({ name: outputs[i]?.name ?? '', fn, args: [by, value], type: value.type }));
}

/** The arguments with `*` as the columns that the binder says it stands for. */
function expandStar(context: Context, scope: Scope, args: readonly KustoNode[], outputs: readonly Output[]): readonly Expr[] {
  return args.flatMap((argument, i): readonly Expr[] => {
    if (kindOf(context, argument) !== 'StarExpression') return [lowerExpression(context, scope, argument)];
    return outputs.slice(i).flatMap(({ of: name }): readonly Expr[] => (name === undefined || !scope.columns.has(name) ? [] : [{ k: 'column', type: scope.columns.get(name)!, name }]));
  });
}

export function reportAggregate(context: Context, node: KustoNode, fn: string): void {
  if (fn === '') {
    context.problems.error(spanOf(node), 'weir/aggregate', `${textOf(context, node)} is not an aggregate.`, 'A column that groups the rows belongs behind by; a value of one row needs an aggregate such as max(…) or take_any(…).');
    return;
  }
  const instead = insteadOfAggregate[fn];
  if (instead !== undefined) { context.problems.error(spanOf(node.Name ?? node), 'weir/aggregate', `Weir does not run the aggregate ${fn}().`, instead); return; }
  const guess = nearest(fn, [...aggregateByName.keys()]);
  context.problems.error(spanOf(node.Name ?? node), 'weir/aggregate', `Weir does not run the aggregate ${fn}().`, guess === undefined ? `It runs ${aggregates.filter(({ writtenOut }) => writtenOut === undefined).map(({ name }) => name).join(', ')}.` : `The nearest is ${aggregateByName.get(guess)!.signature}.`, guessed(spanOf(node.Name ?? node), guess));
}
