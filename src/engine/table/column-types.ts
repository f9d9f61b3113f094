// The types of a query's last columns, as far as the Plan says them: what operators make, and what expressions say about the input.
import type { Expr, KqlType, NamedExpr, Operator } from '../../kql/index.ts';
import { parsedColumns } from '../operators/index.ts';

type Types = ReadonlyMap<string, KqlType>;

export function columnTypes(operators: readonly Operator[]): Types {
  return operators.reduce<Types>((before, operator) => typesAfter(withMentions(before, expressionsOf(operator)), operator), new Map());
}

const typed = ({ name, expr }: NamedExpr): readonly [string, KqlType] => [name, expr.type];

function typesAfter(before: Types, operator: Operator): Types {
  switch (operator.op) {
    case 'extend': return new Map([...before, ...operator.columns.map(typed)]);
    case 'project': return new Map(operator.columns.map(typed));
    case 'distinct': return operator.by.length === 0 ? before : new Map(operator.by.map(typed));
    case 'project-rename': { const names = new Map(operator.columns.map(({ from, to }) => [from, to])); return new Map([...before].map(([name, type]) => [names.get(name) ?? name, type])); }
    case 'summarize': return new Map([...operator.by.map(typed), ...operator.aggregates.map(({ name, type }) => [name, type] as const)]);
    case 'parse': return new Map([...before, ...parsedColumns(operator.parts).map(({ name, type }) => [name, type] as const)]);
    case 'mv-expand': return new Map([...before, ...operator.columns.map(({ name, type }) => [name, type] as const)]);
    case 'union': return new Map([...operator.inputs.flatMap((input) => [...columnTypes(input.operators)]), ...before]);
    default: return before;
  }
}

/** Columns of the input show their type where an expression reads them. */
function withMentions(before: Types, exprs: readonly Expr[]): Types {
  const types = new Map(before);
  const visit = (expr: Expr): void => {
    if (expr.k === 'column' && !types.has(expr.name)) types.set(expr.name, expr.type);
    if (expr.k === 'call') expr.args.forEach(visit);
    if (expr.k === 'member') visit(expr.base);
  };
  exprs.forEach(visit);
  return types;
}

function expressionsOf(operator: Operator): readonly Expr[] {
  switch (operator.op) {
    case 'where': return [operator.predicate];
    case 'extend': case 'project': case 'mv-expand': return operator.columns.map(({ expr }) => expr);
    case 'summarize': return [...operator.by.map(({ expr }) => expr), ...operator.aggregates.flatMap(({ args }) => args)];
    case 'distinct': case 'sort': case 'top': return operator.by.map(({ expr }) => expr);
    case 'parse': return [operator.source];
    default: return [];
  }
}
