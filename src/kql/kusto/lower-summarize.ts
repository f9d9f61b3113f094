// summarize and distinct to Plan operators: every output column by name, aggregates one value each (plan.ts says how).
import type { Aggregate, Expr, NamedExpr } from '../plan.ts';
import { aggregateByName } from '../catalogue/aggregates.ts';
import { nearest } from '../nearest.ts';
import { children, items, separated, type KustoNode } from './port.ts';
import { kindOf, textOf, typeName, typeOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { lowerExpression } from './lower-expression.ts';
import type { Lowered } from './lower-operators.ts';
import { closed, type Scope } from './scope.ts';

export function lowerSummarize(context: Context, scope: Scope, node: KustoNode): Lowered {
  const outputs = items(node.ResultType?.Columns).map(({ Name, Type }) => ({ name: Name, type: typeName(Type.Name) }));
  if (node.ByClause?.BinClause) context.problems.error(spanOf(node.ByClause.BinClause), 'weir/parameter', 'summarize … bin = … is not supported.', 'Write by bin(Timestamp, 10s).');
  const groups = separated(node.ByClause?.Expressions);
  const by = groups.map((part, i): NamedExpr => ({ name: outputs[i]?.name ?? '', expr: lowerExpression(context, scope, part) }));
  const names = outputs.slice(groups.length).map(({ name }) => name);
  const aggregates = separated(node.Aggregates).flatMap((part) => lowerAggregate(context, scope, part, names));
  return {
    operator: { op: 'summarize', aggregates, by },
    scope: closed(scope, [...by.map(({ name, expr }) => [name, expr.type] as const), ...aggregates.map(({ name, type }) => [name, type] as const)]),
  };
}

/** Takes as many of `names`, the binder's output names, as the aggregate has columns. */
function lowerAggregate(context: Context, scope: Scope, part: KustoNode, names: string[]): readonly Aggregate[] {
  const call = unwrap(context, part);
  const fn = kindOf(context, call) === 'FunctionCallExpression' ? (call.Name?.SimpleName ?? '') : '';
  if (!aggregateByName.has(fn)) { reportAggregate(context, call, fn); names.shift(); return []; }
  const args = separated(call.ArgumentList?.Expressions);
  if (fn === 'percentiles') {
    const value = lowerExpression(context, scope, args[0]);
    return args.slice(1).map((share) => ({ name: names.shift() ?? '', fn: 'percentile', args: [value, lowerExpression(context, scope, share)], type: typeOf(call) === 'dynamic' ? value.type : typeOf(call) }));
  }
  if (fn === 'arg_max' || fn === 'arg_min') return lowerExtreme(context, scope, fn, args, names);
  if (fn === 'take_any') return expandStar(context, scope, args, []).map((value) => ({ name: names.shift() ?? '', fn, args: [value], type: value.type }));
  return [{ name: names.shift() ?? '', fn, args: args.map((argument) => lowerExpression(context, scope, argument)), type: typeOf(call) }];
}

function unwrap(context: Context, part: KustoNode): KustoNode {
  const kind = kindOf(context, part);
  const inner = kind === 'SimpleNamedExpression' || kind === 'CompoundNamedExpression' || kind === 'ParenthesizedExpression' ? part.Expression : undefined;
  return inner === undefined ? part : unwrap(context, inner);
}

/** `arg_max(t, a, b)`: t itself, then a and b where t is largest. */
function lowerExtreme(context: Context, scope: Scope, fn: string, args: readonly KustoNode[], names: string[]): readonly Aggregate[] {
  const by = lowerExpression(context, scope, args[0]);
  const values = expandStar(context, scope, args.slice(1), by.k === 'column' ? [by.name] : []);
  return [by, ...values].map((value) => ({ name: names.shift() ?? '', fn, args: [by, value], type: value.type }));
}

/** The arguments with `*` as all columns except some. */
function expandStar(context: Context, scope: Scope, args: readonly KustoNode[], except: readonly string[]): readonly Expr[] {
  return args.flatMap((argument): readonly Expr[] => {
    if (kindOf(context, argument) !== 'StarExpression') return [lowerExpression(context, scope, argument)];
    return [...scope.columns].filter(([name]) => !except.includes(name)).map(([name, type]) => ({ k: 'column', type, name }));
  });
}

function reportAggregate(context: Context, node: KustoNode, fn: string): void {
  if (fn === '') {
    context.problems.error(spanOf(node), 'weir/aggregate', `${textOf(context, node)} is not one aggregate.`, 'Give each aggregate its own name and compute from them in a later extend: | extend Share = 1.0 * A / B.');
    return;
  }
  const guess = nearest(fn, [...aggregateByName.keys()]);
  context.problems.error(spanOf(node.Name ?? node), 'weir/aggregate', `Weir does not run the aggregate ${fn}().`, guess === undefined ? `It runs ${[...aggregateByName.keys()].join(', ')}.` : `The nearest is ${aggregateByName.get(guess)!.signature}.`);
}

export function lowerDistinct(context: Context, scope: Scope, node: KustoNode): Lowered {
  const parts = separated(node.Expressions);
  const star = parts.some((part) => kindOf(context, part) === 'StarExpression');
  if (star && scope.columns.size === 0) context.problems.error(spanOf(node), 'weir/star', 'The columns are not known here, so * has no meaning.', 'Name the columns.');
  const by: readonly NamedExpr[] = star
    ? [...scope.columns].map(([name, type]) => ({ name, expr: { k: 'column', type, name } }))
    : parts.map((part) => ({ name: nameOf(context, part), expr: lowerExpression(context, scope, part) }));
  return { operator: { op: 'distinct', by }, scope: closed(scope, by.map(({ name, expr }) => [name, expr.type] as const)) };
}

function nameOf(context: Context, part: KustoNode): string {
  if (kindOf(context, part) === 'SimpleNamedExpression') return part.Name?.SimpleName ?? '';
  return part.SimpleName ?? context.kusto.Language.Binding.Binder.GetExpressionResultName(part, null, null) ?? children(part)[0]?.SimpleName ?? '';
}
