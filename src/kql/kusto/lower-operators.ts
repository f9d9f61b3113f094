// Tabular operators of the syntax tree to Plan operators; summarize, distinct, parse and mv-expand have files of their own. Each takes the
// scope before it and gives the one behind it. union and invoke work on whole pipes: see lower-rows.ts.
import type { Expr, NamedExpr, Operator, SortKey } from '../plan.ts';
import { insteadOfOperator } from '../catalogue/operators.ts';
import { items, separated, type KustoNode } from './port.ts';
import { kindOf, textOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { lowerExpression } from './lower-expression.ts';
import { warnUnknownColumn } from './lower-names.ts';
import { lowerExpand } from './lower-expand.ts';
import { lowerParse } from './lower-parse.ts';
import { lowerDistinct, lowerSummarize } from './lower-summarize.ts';
import { checkParameters } from './parameters.ts';
import { addColumns, closed, expandWildcard, resolve, withColumns, type Scope } from './scope.ts';

/** No operators when it is not one that Weir runs; that is reported. */
export interface Lowered { readonly operators: readonly Operator[]; readonly scope: Scope }
const lowered = (operator: Operator, scope: Scope): Lowered => ({ operators: [operator], scope });

const runs = new Set(['FilterOperator', 'ExtendOperator', 'ProjectOperator', 'SummarizeOperator', 'DistinctOperator', 'SortOperator', 'TopOperator', 'TakeOperator', 'SampleOperator', 'CountOperator']);

export function lowerTabular(context: Context, scope: Scope, node: KustoNode): Lowered {
  const kind = kindOf(context, node);
  if (kind === 'ParseOperator' || kind === 'ParseWhereOperator') return lowerParse(context, scope, node);
  if (kind === 'MvExpandOperator') return lowerExpand(context, scope, node);
  if (runs.has(kind)) checkParameters(context, node, []);
  switch (kind) {
    case 'FilterOperator': return lowered({ op: 'where', predicate: lowerExpression(context, scope, node.Condition) }, scope);
    case 'ExtendOperator': return lowerExtend(context, scope, node);
    case 'ProjectOperator': return lowerProject(context, scope, node);
    case 'ProjectAwayOperator': return lowerAway(context, scope, node);
    case 'ProjectKeepOperator': return lowerKeep(context, scope, node);
    case 'ProjectRenameOperator': return lowerRename(context, scope, node);
    case 'SummarizeOperator': return lowerSummarize(context, scope, node);
    case 'DistinctOperator': return lowerDistinct(context, scope, node);
    case 'SortOperator': return lowered({ op: 'sort', by: separated(node.Expressions).map((by) => lowerSortKey(context, scope, by)) }, scope);
    case 'TopOperator': return lowered({ op: 'top', count: lowerExpression(context, scope, node.Expression), by: [lowerSortKey(context, scope, node.ByExpression)] }, scope);
    case 'TakeOperator': return lowered({ op: 'take', count: lowerExpression(context, scope, node.Expression) }, scope);
    case 'SampleOperator': return lowered({ op: 'sample', count: lowerExpression(context, scope, node.Expression) }, scope);
    case 'CountOperator': return lowerCount(context, scope, node);
    default: return unsupported(context, scope, node);
  }
}

function unsupported(context: Context, scope: Scope, node: KustoNode): Lowered {
  const name = /^[\w-]*/.exec(textOf(context, node))?.[0] ?? '';
  context.problems.error({ start: node.TextStart, end: node.TextStart + name.length }, 'weir/operator', `Weir does not run the operator ${name}.`, insteadOfOperator[name] ?? 'Completion after the pipe lists the operators that it runs.');
  return { operators: [], scope };
}

function lowerCount(context: Context, scope: Scope, node: KustoNode): Lowered {
  if (node.AsIdentifier !== null && node.AsIdentifier !== undefined) context.problems.error(spanOf(node.AsIdentifier), 'weir/parameter', 'count gives a column named Count; it cannot be named here.', 'Write | summarize Name = count().');
  return lowered({ op: 'count' }, closed(scope, [['Count', 'long']]));
}

function lowerSortKey(context: Context, scope: Scope, node: KustoNode | undefined): SortKey {
  const ordering = node !== undefined && kindOf(context, node) === 'OrderedExpression' ? node.Ordering : null;
  const word = (token: KustoNode | null | undefined): string => (token === null || token === undefined ? '' : textOf(context, token));
  const descending = word(ordering?.AscOrDescKeyword) !== 'asc';
  const nulls = word(ordering?.NullsClause?.FirstOrLastKeyword);
  const expr = lowerExpression(context, scope, ordering === null ? node : node?.Expression);
  return { expr, descending, nullsFirst: nulls === '' ? !descending : nulls === 'first' };
}

/** Columns with the names that KQL gives them; unnamed calls are Column1, Column2, … as the binder counts them. */
function lowerNamed(context: Context, scope: Scope, node: KustoNode): readonly NamedExpr[] {
  const taken = new Set(scope.columns.keys());
  const unnamed = items(node.ResultType?.Columns).map(({ Name }) => Name).filter((name) => /^Column\d+$/.test(name) && !taken.has(name));
  return separated(node.Expressions).flatMap((part) => {
    if (kindOf(context, part) === 'CompoundNamedExpression') {
      context.problems.error(spanOf(part), 'weir/names', 'Several names for one value need a function that gives several values.', 'Write name = value for each.');
      return [];
    }
    if (kindOf(context, part) === 'StarExpression') return [...scope.columns].map(([name, type]): NamedExpr => ({ name, expr: { k: 'column', type, name } }));
    const name = resultName(context, part);
    return [{ name: name === '' ? (unnamed.shift() ?? 'Column1') : name, expr: lowerExpression(context, scope, part) }];
  });
}

/** The name that KQL gives an expression's column; empty when it has none of its own. */
export function resultName(context: Context, part: KustoNode): string {
  if (kindOf(context, part) === 'SimpleNamedExpression') return part.Name?.SimpleName ?? '';
  return context.kusto.Language.Binding.Binder.GetExpressionResultName(part, null, null) ?? '';
}

const typed = ({ name, expr }: NamedExpr): readonly [string, Expr['type']] => [name, expr.type];

function lowerExtend(context: Context, scope: Scope, node: KustoNode): Lowered {
  const columns = lowerNamed(context, scope, node);
  return lowered({ op: 'extend', columns }, addColumns(scope, columns.map(typed)));
}

/** Two columns that would get the same name from their expressions: the binder calls the later one `n1`. */
function distinctNames(columns: readonly NamedExpr[], names: readonly string[]): readonly NamedExpr[] {
  const same = new Set(columns.map(({ name }) => name)).size < columns.length;
  return same && names.length === columns.length ? columns.map((column, i) => ({ ...column, name: names[i]! })) : columns;
}

function lowerProject(context: Context, scope: Scope, node: KustoNode): Lowered {
  const columns = distinctNames(lowerNamed(context, scope, node), items(node.ResultType?.Columns).map(({ Name }) => Name));
  return lowered({ op: 'project', columns }, closed(scope, columns.map(typed)));
}

/** The column and attribute names of project-away and project-keep, wildcards expanded, each once. */
function lowerNames(context: Context, scope: Scope, node: KustoNode): readonly string[] {
  const names = separated(node.Expressions).flatMap((part) => {
    const text = textOf(context, part);
    if (text.includes('*') && !text.startsWith('[')) return expandWildcard(scope, text);
    const name = part.SimpleName ?? '';
    if (resolve(scope, name).as === 'nothing') { lowerExpression(context, scope, part); return []; }
    warnUnknownColumn(context, scope, part, name);
    return [name];
  });
  return [...new Set(names)];
}

function lowerAway(context: Context, scope: Scope, node: KustoNode): Lowered {
  const columns = lowerNames(context, scope, node);
  const gone = new Set(columns);
  return lowered({ op: 'project-away', columns }, withColumns(scope, [...scope.columns].filter(([name]) => !gone.has(name))));
}

function lowerKeep(context: Context, scope: Scope, node: KustoNode): Lowered {
  const columns = lowerNames(context, scope, node);
  const kept = new Set(columns);
  return lowered({ op: 'project-keep', columns }, withColumns(scope, [...scope.columns].filter(([name]) => kept.has(name))));
}

function lowerRename(context: Context, scope: Scope, node: KustoNode): Lowered {
  const columns = separated(node.Expressions).flatMap((part) => {
    const to = part.Name?.SimpleName;
    const from = part.Expression?.SimpleName;
    if (to === undefined || from === undefined) { context.problems.error(spanOf(part), 'weir/rename', 'project-rename takes new = old.', 'Write project-rename New = Old.'); return []; }
    if (resolve(scope, from).as === 'nothing') { lowerExpression(context, scope, part.Expression); return []; }
    warnUnknownColumn(context, scope, part.Expression!, from);
    return [{ from, to }];
  });
  const renamed = new Map(columns.map(({ from, to }) => [from, to]));
  const attributes = columns.filter(({ from }) => !scope.columns.has(from)).map(({ to }): readonly [string, 'dynamic'] => [to, 'dynamic']);
  return lowered({ op: 'project-rename', columns }, withColumns(scope, [...[...scope.columns].map(([name, type]) => [renamed.get(name) ?? name, type] as const), ...attributes]));
}
