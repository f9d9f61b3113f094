// The last step of a table query: datetimes and timespans, bigint nanoseconds inside, leave as the text KQL writes.
import type { Expr, KqlType, Operator, Plan } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import type { Row } from '../expr/index.ts';
import { formatDatetime, formatTimespan } from '../values/index.ts';

type Types = ReadonlyMap<string, KqlType>;

/** What an operator's columns are, as far as the Plan says; a column of the input keeps what it came with. */
function typesAfter(before: Types, operator: Operator): Types {
  switch (operator.op) {
    case 'extend': return new Map([...before, ...operator.columns.map(({ name, expr }) => [name, expr.type] as const)]);
    case 'project': return new Map(operator.columns.map(({ name, expr }) => [name, expr.type] as const));
    case 'distinct': return new Map(operator.by.map(({ name, expr }) => [name, expr.type] as const));
    case 'project-rename': { const names = new Map(operator.columns.map(({ from, to }) => [from, to])); return new Map([...before].map(([name, type]) => [names.get(name) ?? name, type])); }
    case 'summarize': return new Map([...operator.by.map(({ name, expr }) => [name, expr.type] as const), ...operator.aggregates.map(({ name, type }) => [name, type] as const)]);
    default: return before;
  }
}

/** Types of the input's columns, from wherever the Plan mentions them. */
function inputTypes(operators: readonly Operator[]): Types {
  const types = new Map<string, KqlType>();
  const visit = (expr: Expr): void => {
    if (expr.k === 'column' && !types.has(expr.name)) types.set(expr.name, expr.type);
    if (expr.k === 'call') expr.args.forEach(visit);
    if (expr.k === 'member') visit(expr.base);
  };
  for (const operator of operators) {
    if (operator.op === 'where') visit(operator.predicate);
    else if (operator.op === 'sort' || operator.op === 'top') operator.by.forEach((key) => visit(key.expr));
    else if (operator.op === 'extend') operator.columns.forEach((column) => visit(column.expr));
    else if (operator.op !== 'take') break;
  }
  return types;
}

export async function* renderRows(rows: AsyncIterable<Row> | Iterable<Row>, plan: Plan): AsyncIterable<Row> {
  const types = plan.operators.reduce<Types>(typesAfter, inputTypes(plan.operators));
  for await (const row of rows) yield needsText(row) ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, rendered(value, types.get(name))])) : row;
}

function needsText(row: Row): boolean {
  for (const name in row) if (typeof row[name] === 'bigint') return true;
  return false;
}

function rendered(value: Value, type: KqlType | undefined): Value {
  if (typeof value !== 'bigint') return value;
  if (type === 'datetime') return formatDatetime(value);
  return type === 'timespan' ? formatTimespan(value) : value;
}
