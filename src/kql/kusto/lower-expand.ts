// mv-expand: one row per element of arrays or bags, several side by side.
import type { Expr, ExpandedColumn, KqlType } from '../plan.ts';
import { declaredType, kindOf, textOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { lowerExpression } from './lower-expression.ts';
import { resultName, type Lowered } from './lower-operators.ts';
import { checkParameters, choice } from './parameters.ts';
import { separated, type KustoNode } from './port.ts';
import { addColumns, type Scope } from './scope.ts';

export function lowerExpand(context: Context, scope: Scope, node: KustoNode): Lowered {
  const parameters = checkParameters(context, node, ['bagexpansion', 'kind', 'with_itemindex']);
  const bag = choice(context, parameters.get('bagexpansion') ?? parameters.get('kind'), ['bag', 'array']);
  const columns = separated(node.Expressions).map((part) => lowerColumn(context, scope, part));
  const indexColumn = parameters.get('with_itemindex')?.value ?? null;
  const limit = lowerLimit(context, scope, node.RowLimitClause?.RowLimit);
  const made: readonly (readonly [string, KqlType])[] = [...columns.map(({ name, type }) => [name, type] as const), ...(indexColumn === null ? [] : [[indexColumn, 'long'] as const])];
  return { operators: [{ op: 'mv-expand', columns, bag, indexColumn, limit }], scope: addColumns(scope, made) };
}

function lowerColumn(context: Context, scope: Scope, part: KustoNode): ExpandedColumn {
  const value = part.Expression ?? part;
  const type = separated(part.ToTypeOf?.TypeOf?.Types)[0];
  const name = kindOf(context, value) === 'NameReference' ? (value.SimpleName ?? '') : resultName(context, value);
  const expr = lowerExpression(context, scope, value);
  if (expr.type !== 'dynamic') context.problems.error(spanOf(value), 'weir/expand', `${textOf(context, value)} is of type ${expr.type}; mv-expand needs an array or a bag.`, expr.type === 'string' ? `If it holds JSON, write mv-expand ${name} = parse_json(${textOf(context, value)}).` : 'Expand a field of Attributes, or an array that a function made.');
  return { name, expr, type: type === undefined ? 'dynamic' : declaredType(textOf(context, type)) };
}

function lowerLimit(context: Context, scope: Scope, node: KustoNode | undefined): Expr | null {
  if (node === undefined) return null;
  const limit = lowerExpression(context, scope, node);
  if (limit.k !== 'literal' || typeof limit.value !== 'number' || limit.value < 1) context.problems.error(spanOf(node), 'weir/expand', 'The limit of mv-expand is a number of elements, at least 1.', 'Write limit 100.');
  return limit;
}
