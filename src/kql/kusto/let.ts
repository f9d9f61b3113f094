// `let` in front of a query or inside a function: values, tables and functions by name. Each sees only what was named before it.
import { kindOf, textOf, type Bound, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import type { KustoNode } from './port.ts';

/** The context with the names of these statements; other statements are reported. */
export function bindLets(context: Context, statements: readonly KustoNode[]): Context {
  let names = context.names;
  for (const statement of statements) {
    if (kindOf(context, statement) === 'LetStatement' && statement.Expression !== undefined) names = new Map([...names, [statement.Name?.SimpleName ?? '', boundTo(context, statement.Expression, names)]]);
    else reportStatement(context, statement);
  }
  return names === context.names ? context : { ...context, names };
}

function boundTo(context: Context, node: KustoNode, names: Context['names']): Bound {
  if (kindOf(context, node) === 'FunctionDeclaration') return { as: 'function', node, names };
  return { as: node.ResultType?.IsTabular === true ? 'table' : 'expression', node, names };
}

const instead: Readonly<Record<string, string>> = {
  SetOptionStatement: 'Leave it out; write what it sets where it is used, bin(Timestamp, 1h) for example.',
  QueryParametersStatement: 'Write the value in place, or name it with let.',
  PatternStatement: 'Write the query out.', AliasStatement: 'Write the table where it is used.', RestrictStatement: 'Leave it out; who may read what is set by roles.',
};

function reportStatement(context: Context, statement: KustoNode): void {
  const what = textOf(context, statement).split(/\s/, 1)[0] ?? '';
  context.problems.error(spanOf(statement), 'weir/let', `Weir does not run the statement ${what}.`, instead[kindOf(context, statement)] ?? 'Only let name = …; can stand in front of the query.');
}
