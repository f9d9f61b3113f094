// What a rule's `where` fixes: the names and services it can match at all. The rule index is keyed by these, and rules
// whose names are disjoint never meet the same record.
import type { Expr, Plan } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';

export interface RuleKeys {
  /** Values of the durable name (EventName, span Name, MetricName), or null when the rule may match any. */
  readonly names: readonly string[] | null;
  readonly services: readonly string[] | null;
}

/** The column that the codec's name hash is made from. */
export const nameColumn: Readonly<Record<Signal, string>> = { logs: 'EventName', spans: 'Name', metrics: 'MetricName' };

export function ruleKeys(plan: Plan, signal: Signal): RuleKeys {
  let names: readonly string[] | null = null;
  let services: readonly string[] | null = null;
  for (const operator of plan.operators) {
    // Only what stands before any renaming is known to speak of the record's own columns.
    if (operator.op !== 'where') break;
    for (const clause of conjuncts(operator.predicate)) {
      names = narrowed(names, literalsOf(clause, nameColumn[signal]));
      services = narrowed(services, literalsOf(clause, 'ServiceName'));
    }
  }
  return { names, services };
}

export const disjoint = (a: RuleKeys, b: RuleKeys): boolean => apart(a.names, b.names) || apart(a.services, b.services);

const apart = (a: readonly string[] | null, b: readonly string[] | null): boolean => a !== null && b !== null && !a.some((one) => b.includes(one));

function narrowed(known: readonly string[] | null, found: readonly string[] | null): readonly string[] | null {
  if (known === null || found === null) return known ?? found;
  return known.filter((one) => found.includes(one));
}

/** The clauses of a predicate that must all hold. */
export function conjuncts(expr: Expr): readonly Expr[] {
  return expr.k === 'call' && expr.fn === 'and' ? expr.args.flatMap(conjuncts) : [expr];
}

const textLiteral = (expr: Expr): string | null => (expr.k === 'literal' && expr.type === 'string' && typeof expr.value === 'string' ? expr.value : null);

/** `column == "x"`, `"x" == column`, `column in ("x", "y")`. */
function literalsOf(expr: Expr, column: string): readonly string[] | null {
  if (expr.k !== 'call') return null;
  const isColumn = (arg: Expr | undefined): boolean => arg?.k === 'column' && arg.name === column;
  const [left, right] = expr.args;
  if (expr.fn === '==' && isColumn(right) && left !== undefined) { const text = textLiteral(left); return text === null ? null : [text]; }
  if ((expr.fn !== '==' && expr.fn !== 'in') || !isColumn(left)) return null;
  const texts = expr.args.slice(1).map(textLiteral);
  return texts.every((text) => text !== null) ? texts : null;
}
