// A redact rule that asks for a time leaves records without one alone: a comparison with null is never true. Senders may leave
// the time out, so a person who writes such a rule should know what it lets pass.
import type { Expr, Operator, Plan } from '../../kql/index.ts';
import type { KqlDiagnostic } from '../../model/index.ts';

const comparisons: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=', '<>', 'between', '!between', 'in', '!in']);

/** The warning, placed at the first `Timestamp` of the text; null for every other rule. */
export function timeOfRedaction({ operators, sink }: Plan, kql: string): KqlDiagnostic | null {
  if (sink?.sink !== 'redact' || !operators.some(comparesTime)) return null;
  const start = Math.max(0, /\bTimestamp\b/.exec(kql)?.index ?? 0);
  return {
    severity: 'warning', code: 'rule/redact-by-time', start, end: Math.min(kql.length, start + 'Timestamp'.length),
    message: 'This rule does not mask records without a time: a comparison with no Timestamp is never true, and senders may leave it out.',
    help: 'Leave the time out of the condition, or add: or isnull(Timestamp).',
  };
}

function comparesTime(operator: Operator): boolean {
  if (operator.op === 'union') return operator.inputs.some(({ operators }) => operators.some(comparesTime));
  return operator.op === 'where' && compares(operator.predicate) && !asksForNone(operator.predicate);
}

const isTime = (expr: Expr): boolean => expr.k === 'column' && expr.name === 'Timestamp';
const readsTime = (expr: Expr): boolean => isTime(expr) || (expr.k === 'call' && expr.args.some(readsTime));
const compares = (expr: Expr): boolean => expr.k === 'call' && (comparisons.has(expr.fn) ? expr.args.some(readsTime) : expr.args.some(compares));
/** Who writes isnull(Timestamp) has thought of it. */
const asksForNone = (expr: Expr): boolean => expr.k === 'call' && ((/^is(not)?(null|empty)$/.test(expr.fn) && expr.args.some(isTime)) || expr.args.some(asksForNone));
