// Pipes: where rows come from (a table, a name of `let`, a union), and what happens to them operator by operator.
import type { KqlType, SubQuery } from '../plan.ts';
import { insteadOfOperator } from '../catalogue/operators.ts';
import { kindOf, textOf, type Bound, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { operatorsOf, type Flow, type Step } from './flow.ts';
import { insideTabular } from './inline-function.ts';
import { lowerTabular } from './lower-operators.ts';
import { lowerSink } from './lower-sink.ts';
import { checkParameters, choice } from './parameters.ts';
import { separated, type KustoNode } from './port.ts';
import { closed, fits, withColumns, type Scope } from './scope.ts';

/** The scope in which every table starts. */
export type Start = Pick<Scope, 'mode' | 'implicit'>;

/** Null when there are no rows to speak of; that is reported. */
export function lowerRows(context: Context, start: Start, query: KustoNode): Flow | null {
  // A table that let named is lowered again wherever it stands.
  context.size.spend(4);
  if (context.size.exceeded) return null;
  const [head, operators] = flatten(context, query);
  let flow = lowerHead(context, start, head);
  for (const node of operators) {
    if (flow === null || context.size.exceeded) return flow;
    flow = applyOperator(context, start, flow, node);
  }
  return flow === null ? null : { ...flow, span: spanOf(query) };
}

/** The head of a pipe and its operators, in order. A loop, for pipes may be long. */
function flatten(context: Context, query: KustoNode): readonly [KustoNode, readonly KustoNode[]] {
  const operators: KustoNode[] = [];
  let node = query;
  while (kindOf(context, node) === 'PipeExpression' && node.Expression !== undefined && node.Operator !== undefined) {
    operators.unshift(node.Operator);
    node = node.Expression;
  }
  return [node, operators];
}

function lowerHead(context: Context, start: Start, head: KustoNode): Flow | null {
  switch (kindOf(context, head)) {
    case 'ParenthesizedExpression': return head.Expression === undefined ? null : lowerRows(context, start, head.Expression);
    case 'UnionOperator': return lowerUnion(context, start, null, head);
    case 'NameReference': return lowerSource(context, start, head);
    case 'MaterializeExpression': return head.Expression === undefined ? null : lowerRows(context, start, head.Expression);
    case 'FunctionCallExpression': return lowerTableCall(context, start, head);
    default: return reportHead(context, head);
  }
}

function lowerSource(context: Context, start: Start, node: KustoNode): Flow | null {
  const bound = context.names.get(node.SimpleName ?? '');
  if (bound?.as === 'rows') { context.size.spendOperators(operatorsOf(bound.flow)); return bound.flow; }
  if (bound?.as === 'table') return lowerRows({ ...context, names: bound.names }, start, bound.node);
  if (bound?.as === 'function') return lowerFunction(context, start, null, node, bound);
  const table = context.tables.find(({ name }) => name === node.SimpleName);
  if (table !== undefined) return { table, steps: [], scope: { ...start, columns: new Map(table.columns.map(({ name, type }) => [name, type])) }, span: spanOf(node) };
  return reportHead(context, node);
}

/** A function of `let` that gives a table. */
function lowerTableCall(context: Context, start: Start, node: KustoNode): Flow | null {
  const bound = context.names.get(node.Name?.SimpleName ?? '');
  return bound?.as === 'function' ? lowerFunction(context, start, null, node, bound) : reportHead(context, node);
}

function lowerFunction(context: Context, start: Start, input: Flow | null, call: KustoNode, bound: Extract<Bound, { as: 'function' | 'expression' | 'table' }>): Flow | null {
  const inside = insideTabular(context, start.mode, call, bound, input, (part) => lowerRows(context, start, part));
  const body = bound.node.Body?.Expression;
  return body === undefined ? null : lowerRows(inside, start, body);
}

const heads: Readonly<Record<string, string>> = {
  PrintOperator: 'print', RangeOperator: 'range', FindOperator: 'find', SearchOperator: 'search', EvaluateOperator: 'evaluate', DataTableExpression: 'datatable', ExternalDataExpression: 'externaldata',
  ContextualDataTableExpression: 'datatable', MaterializedViewCombineExpression: 'materialized-view-combine', ToTableExpression: 'totable',
};

function reportHead(context: Context, node: KustoNode): null {
  const keyword = heads[kindOf(context, node)] ?? (kindOf(context, node) === 'FunctionCallExpression' ? `${node.Name?.SimpleName ?? ''}()` : '');
  const from = `Start from ${context.tables.map(({ name }) => name).join(', ')}.`;
  if (textOf(context, node).startsWith('.')) context.problems.error(spanOf(node), 'weir/table', 'Weir has no commands that start with a dot.', from);
  else if (keyword === '') context.problems.error(spanOf(node), 'weir/table', `${textOf(context, node)} is not a table.`, from);
  else context.problems.error(spanOf(node), 'weir/operator', `Weir does not run ${keyword}${keyword.endsWith(')') ? '' : ' as the start of a query'}.`, insteadOfOperator[keyword] ?? from);
  return null;
}

function applyOperator(context: Context, start: Start, flow: Flow, node: KustoNode): Flow | null {
  const kind = kindOf(context, node);
  if (kind === 'UnionOperator') return lowerUnion(context, start, flow, node);
  if (kind === 'InvokeOperator') return lowerInvoke(context, start, flow, node);
  const { operators, scope } = lowerTabular(context, flow.scope, node);
  const keyword = textOf(context, node).split(/\s/, 1)[0] ?? '';
  return { ...flow, scope, steps: [...flow.steps, ...operators.map((operator): Step => ({ operator, span: spanOf(node), keyword }))] };
}

function lowerInvoke(context: Context, start: Start, flow: Flow, node: KustoNode): Flow | null {
  const bound = context.names.get(node.Function?.Name?.SimpleName ?? '');
  if (bound?.as === 'function' && node.Function !== undefined) return lowerFunction(context, start, flow, node.Function, bound);
  const sink = lowerSink(context, flow.scope, flow.table, node);
  return sink === null ? flow : { ...flow, steps: [...flow.steps, { sink, span: spanOf(node), keyword: 'invoke' }] };
}

/** `Logs | union Spans` and `union Logs, Spans` alike: the first is the pipe that goes on, the others are its inputs. */
function lowerUnion(context: Context, start: Start, input: Flow | null, node: KustoNode): Flow | null {
  const parameters = checkParameters(context, node, ['kind', 'withsource']);
  const kind = choice(context, parameters.get('kind'), ['outer', 'inner']);
  const legs = separated(node.Expressions).flatMap((part) => lowerLegs(context, start, part));
  const all = input === null ? legs : [input, ...legs];
  const different = clashes(all);
  const [first, ...inputs] = all.map((leg) => withoutClashes(leg, different));
  if (first === undefined) return null;
  const sourceColumn = parameters.get('withsource')?.value ?? null;
  const scope = unionScope(kind, [first, ...inputs], sourceColumn);
  const operator = { op: 'union', kind, inputs: inputs.map(subQuery), sourceColumn } as const;
  return { ...first, scope, steps: [...first.steps, { operator, span: spanOf(node), keyword: 'union', inputs }] };
}

const subQuery = (flow: Flow): SubQuery => ({ table: flow.table.name, operators: operatorsOf(flow) });

/** A leg of a union; a wildcard stands for all tables that fit. */
function lowerLegs(context: Context, start: Start, part: KustoNode): readonly Flow[] {
  const text = textOf(context, part);
  if (/^[\w*]*\*[\w*]*$/.test(text)) {
    const found = context.tables.filter(({ name }) => (name === 'source') === (start.mode === 'table') && fits(name, text.split('*')));
    if (found.length === 0) context.problems.error(spanOf(part), 'weir/table', `No table fits ${text}.`, `Tables are ${context.tables.map(({ name }) => name).join(', ')}.`);
    return found.map((table) => ({ table, steps: [], scope: { ...start, columns: new Map(table.columns.map(({ name, type }) => [name, type])) }, span: spanOf(part) }));
  }
  const flow = lowerRows(context, start, part);
  return flow === null ? [] : [flow];
}

/** Columns that are of different types in the legs: KQL keeps them apart as `N_long` and `N_string`. */
function clashes(legs: readonly Flow[]): ReadonlySet<string> {
  const types = new Map<string, KqlType>();
  const found = new Set<string>();
  for (const { scope } of legs) for (const [name, type] of scope.columns) {
    if (types.has(name) && types.get(name) !== type) found.add(name);
    types.set(name, types.get(name) ?? type);
  }
  return found;
}

/** A leg with its clashing columns renamed. A rule's records are not renamed: there such a column is out of sight behind the union. */
function withoutClashes(flow: Flow, names: ReadonlySet<string>): Flow {
  const own = [...flow.scope.columns].filter(([name]) => names.has(name));
  if (own.length === 0) return flow;
  if (flow.scope.mode !== 'table') return { ...flow, scope: withColumns(flow.scope, [...flow.scope.columns].filter(([name]) => !names.has(name))) };
  const columns = own.map(([from, type]) => ({ from, to: `${from}_${type}` }));
  const renamed = new Map(columns.map(({ from, to }) => [from, to]));
  return { ...flow, scope: withColumns(flow.scope, [...flow.scope.columns].map(([name, type]) => [renamed.get(name) ?? name, type])), steps: [...flow.steps, { operator: { op: 'project-rename', columns }, span: flow.span, keyword: 'union' }] };
}

/** Outer: every column of any leg; inner: those of all. The column that names the source comes first. */
function unionScope(kind: 'outer' | 'inner', legs: readonly Flow[], sourceColumn: string | null): Scope {
  const scopes = legs.map(({ scope }) => scope);
  const all = new Map(scopes.flatMap(({ columns }) => [...columns]));
  const kept = kind === 'outer' ? [...all] : [...all].filter(([name]) => scopes.every(({ columns }) => columns.has(name)));
  const implicit = new Set(scopes.flatMap((scope) => [...scope.implicit]));
  return { ...closed(scopes[0]!, [...(sourceColumn === null ? [] : [[sourceColumn, 'string'] as const]), ...kept]), implicit };
}
