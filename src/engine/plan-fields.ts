// planFields: what a Plan reads of a record, for completion, for cost estimates, and for what a tail filter must keep.
import type { Expr, Operator, Plan, PlanTable } from '../kql/index.ts';
import { columnId } from '../otlp/index.ts';
import { tableSignals } from './tables.ts';

export interface PlanFields { readonly columns: readonly string[]; readonly attributes: readonly string[]; readonly resourceAttributes: readonly string[] }

/** Columns of the table and single attributes by name, each once, in the order of first use. A bag read whole counts as its column. */
export function planFields(plan: Plan): PlanFields {
  const found = { columns: new Set<string>(), attributes: new Set<string>(), resourceAttributes: new Set<string>() };
  const made = new Set<string>();
  visitOperators(plan.operators, made, found);
  if (plan.sink?.sink === 'dedup') for (const name of plan.sink.key) visitName(name, plan.table, made, found);
  return { columns: [...found.columns], attributes: [...found.attributes], resourceAttributes: [...found.resourceAttributes] };
}

type Found = { readonly columns: Set<string>; readonly attributes: Set<string>; readonly resourceAttributes: Set<string> };

/** Adds to `made` what the operators compute. A leg of a union starts with the columns of its table. */
function visitOperators(operators: readonly Operator[], made: Set<string>, found: Found): void {
  for (const operator of operators) {
    for (const expr of exprsOf(operator)) visit(expr, made, found);
    for (const name of namesMade(operator)) made.add(name);
    if (operator.op === 'union') for (const input of operator.inputs) {
      const own = new Set<string>();
      visitOperators(input.operators, own, found);
      for (const name of own) made.add(name);
    }
  }
}

/** A name in a sink: a computed column, one of the table, or an attribute. */
function visitName(name: string, table: PlanTable, made: ReadonlySet<string>, found: Found): void {
  if (made.has(name)) return;
  const isColumn = tableSignals(table).some((signal) => columnId(signal, name) >= 0);
  (isColumn ? found.columns : found.attributes).add(name);
}

function visit(expr: Expr, made: ReadonlySet<string>, found: Found): void {
  if (expr.k === 'column' && !made.has(expr.name)) found.columns.add(expr.name);
  if (expr.k === 'call') for (const arg of expr.args) visit(arg, made, found);
  if (expr.k !== 'member') return;
  const bag = expr.base.k === 'column' && !made.has(expr.base.name) && expr.key.k === 'literal' && typeof expr.key.value === 'string' ? expr.base.name : '';
  if (bag === 'Attributes') found.attributes.add((expr.key as { value: string }).value);
  else if (bag === 'Resource') found.resourceAttributes.add((expr.key as { value: string }).value);
  else { visit(expr.base, made, found); visit(expr.key, made, found); }
}

function exprsOf(operator: Operator): readonly Expr[] {
  switch (operator.op) {
    case 'where': return [operator.predicate];
    case 'extend': case 'project': return operator.columns.map((column) => column.expr);
    case 'summarize': return [...operator.by.map((key) => key.expr), ...operator.aggregates.flatMap((aggregate) => aggregate.args)];
    case 'distinct': return operator.by.map((key) => key.expr);
    case 'sort': return operator.by.map((key) => key.expr);
    case 'top': return [operator.count, ...operator.by.map((key) => key.expr)];
    case 'take': case 'sample': return [operator.count];
    case 'parse': return [operator.source];
    case 'mv-expand': return [...operator.columns.map((column) => column.expr), ...(operator.limit === null ? [] : [operator.limit])];
    default: return [];
  }
}

function namesMade(operator: Operator): readonly string[] {
  switch (operator.op) {
    case 'extend': return operator.columns.map((column) => column.name);
    case 'project': return operator.columns.filter((column) => !(column.expr.k === 'column' && column.expr.name === column.name)).map((column) => column.name);
    case 'project-rename': return operator.columns.map((column) => column.to);
    case 'summarize': return [...operator.by.map((key) => key.name), ...operator.aggregates.map((aggregate) => aggregate.name)];
    case 'distinct': return operator.by.map((key) => key.name);
    case 'parse': return operator.parts.flatMap((part) => (part.part === 'column' ? [part.name] : []));
    case 'mv-expand': return [...operator.columns.map((column) => column.name), ...(operator.indexColumn === null ? [] : [operator.indexColumn])];
    case 'count': return ['Count'];
    case 'union': return operator.sourceColumn === null ? [] : [operator.sourceColumn];
    default: return [];
  }
}
