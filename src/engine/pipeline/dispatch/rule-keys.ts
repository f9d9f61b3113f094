// What a rule's clauses fix: the durable ids and services it can match at all. The rule index is keyed by these, and rules
// whose keys are disjoint never meet the same record.
import type { Expr } from '../../../kql/index.ts';
import type { Signal } from '../../../model/index.ts';
import { columnId, type ColumnId } from '../../../otlp/index.ts';
import type { Bindings, Clause } from '../../record/index.ts';

/** What must hold, and what its names mean. */
export type Condition = Pick<Clause, 'expr' | 'bindings'>;

export interface RuleKeys {
  /** Durable ids (event name, else `file:line`; span name; metric name), or null when the rule may match any. */
  readonly names: readonly string[] | null;
  readonly services: readonly string[] | null;
}

/** The column that the codec's name hash is made from. */
export const nameColumn: Readonly<Record<Signal, string>> = { logs: 'EventName', spans: 'Name', metrics: 'MetricName' };

/** All clauses must hold, so each narrows what the ones before it left. */
export function ruleKeys(clauses: readonly Condition[], signal: Signal): RuleKeys {
  const name = [columnId(signal, nameColumn[signal]), columnId(signal, 'DurableId')];
  const service = [columnId(signal, 'ServiceName')];
  let names: readonly string[] | null = null;
  let services: readonly string[] | null = null;
  for (const { expr, bindings } of clauses) {
    if (expr === null) continue;
    names = narrowed(names, nonEmpty(valuesOf(expr, isOneOf(name, bindings))));
    services = narrowed(services, valuesOf(expr, isOneOf(service, bindings)));
  }
  return { names, services };
}

export const disjoint = (a: RuleKeys, b: RuleKeys): boolean => apart(a.names, b.names) || apart(a.services, b.services);

function apart(a: readonly string[] | null, b: readonly string[] | null): boolean {
  if (a === null || b === null) return false;
  if (a.length > 8) { const all = new Set(a); return !b.some((one) => all.has(one)); }
  return !a.some((one) => b.includes(one));
}

function narrowed(known: readonly string[] | null, found: readonly string[] | null): readonly string[] | null {
  if (known === null || found === null) return known ?? found;
  const both = new Set(found);
  return known.filter((one) => both.has(one));
}

/** A record without a name may have a durable id all the same, so that it has none fixes nothing. */
const nonEmpty = (names: readonly string[] | null): readonly string[] | null => (names?.includes('') === true ? null : names);

type IsColumn = (expr: Expr | undefined) => boolean;

/** Whether an expression is one of these columns of the record itself, under whatever name. */
const isOneOf = (ids: readonly ColumnId[], bindings: Bindings): IsColumn => (expr) => {
  const binding = expr?.k === 'column' ? bindings.get(expr.name) : undefined;
  return binding?.kind === 'record' && ids.includes(binding.id);
};

/** The values that a column must have one of for the predicate to be true: `==` and `in`, joined by `or` and `and`. Null: any. */
function valuesOf(expr: Expr, isColumn: IsColumn): readonly string[] | null {
  if (expr.k !== 'call') return null;
  if (expr.fn === 'and') return expr.args.map((arg) => valuesOf(arg, isColumn)).reduce(narrowed, null);
  if (expr.fn === 'or') {
    const parts = expr.args.map((arg) => valuesOf(arg, isColumn));
    return parts.every((part) => part !== null) ? [...new Set(parts.flat())] : null;
  }
  const [left, right] = expr.args;
  if (expr.fn === '==' && isColumn(right)) return texts([left!]);
  return (expr.fn === '==' || expr.fn === 'in') && isColumn(left) ? texts(expr.args.slice(1)) : null;
}

function texts(exprs: readonly Expr[]): readonly string[] | null {
  const found = exprs.map((expr) => (expr.k === 'literal' && expr.type === 'string' && typeof expr.value === 'string' ? expr.value : null));
  return found.every((text) => text !== null) ? found : null;
}
