// Which columns of a query hold the record's durable id, and which its service, at each of its operators: `extend d = DurableId`, `project-rename`
// and `summarize by` give them other names, and a query may take the names for something else.
import type { Expr, Operator } from './plan.ts';

type Call = Extract<Expr, { readonly k: 'call' }>;
export interface IdColumns { readonly ids: ReadonlySet<string>; readonly services: ReadonlySet<string> }

/** As records come. */
export const recordColumns: IdColumns = { ids: new Set(['DurableId']), services: new Set(['ServiceName']) };

/** `DurableId`, under whatever name, or as text. */
export function isColumnOf(expr: Expr | undefined, columns: ReadonlySet<string>): boolean {
  if (expr?.k === 'call' && expr.fn === 'tostring' && expr.args.length === 1) return isColumnOf(expr.args[0], columns);
  return expr?.k === 'column' && columns.has(expr.name);
}

/** Bottom up through whatever holds calls (a Plan, one Expr, the plan of a machine); what did not change stays the same object, and literals are
 *  left alone. `change` is told what the columns mean where the call stands. */
export function mapCalls(node: unknown, change: (call: Call, columns: IdColumns) => Expr, columns = recordColumns): unknown {
  if (typeof node !== 'object' || node === null || (node as { readonly k?: unknown }).k === 'literal') return node;
  if (Array.isArray(node)) return sameOr(node, node.map((item) => mapCalls(item, change, columns)));
  const entries = Object.entries(node).map(([key, value]) => [key, key === 'operators' && Array.isArray(value) ? mapOperators(value as readonly Operator[], change) : mapCalls(value, change, columns)] as const);
  const next: unknown = entries.every(([key, value]) => value === (node as Readonly<Record<string, unknown>>)[key]) ? node : Object.fromEntries(entries);
  return isCall(next) ? change(next, columns) : next;
}

/** Every query begins with the columns of its records. */
function mapOperators(operators: readonly Operator[], change: (call: Call, columns: IdColumns) => Expr): readonly unknown[] {
  let columns = recordColumns;
  return sameOr(operators, operators.map((operator) => {
    const mapped = mapCalls(operator, change, columns);
    columns = { ids: after(operator, columns.ids), services: after(operator, columns.services) };
    return mapped;
  }));
}

const sameOr = <T>(before: readonly T[], after: readonly unknown[]): readonly unknown[] => (after.every((item, i) => item === before[i]) ? before : after);
const isCall = (node: unknown): node is Call => { const { k, fn, args } = node as Partial<Call>; return k === 'call' && typeof fn === 'string' && Array.isArray(args); };

/** Of the names that meant one thing before an operator, and its new ones, those that mean it behind it. */
function after(operator: Operator, before: ReadonlySet<string>): ReadonlySet<string> {
  const made = (columns: readonly { readonly name: string; readonly expr: Expr }[]): readonly string[] => columns.flatMap(({ name, expr }) => (isColumnOf(expr, before) ? [name] : []));
  const without = (names: readonly string[]): readonly string[] => [...before].filter((name) => !names.includes(name));
  switch (operator.op) {
    case 'extend': return new Set([...without(operator.columns.map(({ name }) => name)), ...made(operator.columns)]);
    case 'project': return new Set(made(operator.columns));
    case 'project-away': return new Set(without(operator.columns));
    case 'project-keep': return new Set(operator.columns.filter((name) => before.has(name)));
    case 'project-rename': return new Set([...without(operator.columns.flatMap(({ from, to }) => [from, to])), ...operator.columns.flatMap(({ from, to }) => (before.has(from) ? [to] : []))]);
    case 'summarize': case 'distinct': return new Set(made(operator.by));
    case 'parse': return new Set(without(operator.parts.flatMap((part) => (part.part === 'column' ? [part.name] : []))));
    case 'mv-expand': return new Set(without(operator.columns.map(({ name }) => name)));
    default: return before;
  }
}
