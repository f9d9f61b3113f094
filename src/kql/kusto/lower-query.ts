// A whole bound query to its steps: the table, the operators one by one, the sinks where they stand. rule-shape.ts judges the order.
import type { Operator, Sink } from '../plan.ts';
import type { CompileMode } from '../language.ts';
import { typeName, kindOf, textOf, type Context } from './context.ts';
import { spanOf, type Span } from './diagnostics.ts';
import { lowerTabular } from './lower-operators.ts';
import { lowerSink } from './lower-sink.ts';
import type { Analysis } from './analysis.ts';
import { separated, type KustoNode } from './port.ts';
import type { Scope } from './scope.ts';
import type { TableDefinition } from '../catalogue/tables.ts';

export type Step =
  | { readonly operator: Operator; readonly sink?: undefined; readonly span: Span; readonly keyword: string }
  | { readonly sink: Sink; readonly operator?: undefined; readonly span: Span; readonly keyword: string };

export interface Steps { readonly table: TableDefinition; readonly steps: readonly Step[]; readonly end: number }

/** Null when there is no query to speak of; that is reported. */
export function lowerQuery(context: Context, analysis: Analysis, mode: CompileMode): Steps | null {
  const statements = separated(analysis.code.Syntax.Statements);
  const queries = statements.filter((statement) => kindOf(context, statement) === 'ExpressionStatement');
  const query = queries[0]?.Expression;
  if (query === undefined || queries.length > 1) {
    const at = queries[1] === undefined ? { start: 0, end: analysis.source.full.length } : spanOf(queries[1]);
    context.problems.error(at, 'weir/one-query', queries.length > 1 ? 'There is more than one query.' : 'There is no query.', 'Write one pipeline that starts from a table: Logs | where …');
    return null;
  }
  return lowerPipeline({ ...context, constants: constantsOf(context, statements) }, analysis, mode, query);
}

/** `let name = expression;` by name; functions and tables are reported. */
function constantsOf(context: Context, statements: readonly KustoNode[]): ReadonlyMap<string, KustoNode> {
  const constants = new Map<string, KustoNode>();
  for (const statement of statements) {
    const kind = kindOf(context, statement);
    if (kind === 'ExpressionStatement') continue;
    const value = kind === 'LetStatement' ? statement.Expression : undefined;
    const type = value?.ResultType?.Name;
    if (value === undefined || kindOf(context, value) === 'FunctionDeclaration' || type === undefined || typeName(type) !== type) context.problems.error(spanOf(statement), 'weir/let', 'Only let name = value; can stand in front of the query.', 'Write functions and sub-queries out where they are used.');
    else constants.set(statement.Name?.SimpleName ?? '', value);
  }
  return constants;
}

function lowerPipeline(context: Context, analysis: Analysis, mode: CompileMode, query: KustoNode): Steps | null {
  const [head, operators] = flatten(context, query);
  const table = analysis.tables.find(({ name }) => name === head.SimpleName);
  if (table === undefined) {
    context.problems.error(spanOf(head), 'weir/table', `${textOf(context, head)} is not a table.`, `Start from ${analysis.tables.map(({ name }) => name).join(', ')}.`);
    return null;
  }
  let scope: Scope = { mode, columns: new Map(table.columns.map(({ name, type }) => [name, type])), implicit: analysis.implicit };
  const steps: Step[] = [];
  for (const node of operators) {
    const span = spanOf(node);
    if (kindOf(context, node) === 'InvokeOperator') {
      const sink = lowerSink(context, scope, node);
      if (sink !== null) steps.push({ sink, span, keyword: 'invoke' });
      continue;
    }
    const lowered = lowerTabular(context, scope, node);
    scope = lowered.scope;
    if (lowered.operator !== null) steps.push({ operator: lowered.operator, span, keyword: textOf(context, node).split(/\s/, 1)[0] ?? '' });
  }
  return { table, steps, end: query.End };
}

/** The head of a pipe and its operators, in order. */
function flatten(context: Context, query: KustoNode): readonly [KustoNode, readonly KustoNode[]] {
  const operators: KustoNode[] = [];
  let node = query;
  while (kindOf(context, node) === 'PipeExpression' && node.Expression !== undefined && node.Operator !== undefined) {
    operators.unshift(node.Operator);
    node = node.Expression;
  }
  return [kindOf(context, node) === 'ParenthesizedExpression' && node.Expression !== undefined ? node.Expression : node, operators];
}

