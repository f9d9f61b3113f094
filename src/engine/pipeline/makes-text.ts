// Whether a rule can make text that stood in no record: put together, decoded, cut out, or under another name than before. What it
// makes was looked at by no redact rule, so all of them look at it before it leaves.
import type { Expr, Operator, Plan } from '../../kql/index.ts';

export const makesText = ({ operators }: Pick<Plan, 'operators'>): boolean => operators.some(operatorMakes);

function operatorMakes(operator: Operator): boolean {
  switch (operator.op) {
    case 'extend': case 'project': return operator.columns.some(({ expr }) => isMade(expr));
    case 'summarize': return operator.by.some(({ expr }) => isMade(expr)) || operator.aggregates.some(({ args }) => args.some(isMade));
    case 'parse': case 'mv-expand': case 'project-rename': return true;
    case 'union': return operator.inputs.some(makesText);
    default: return false;
  }
}

/** Numbers, times and truths are no text; what is read from a record as it stands there was looked at there. */
function isMade(expr: Expr): boolean {
  if (expr.k !== 'call' || (expr.type !== 'string' && expr.type !== 'dynamic')) return false;
  const [only, ...others] = expr.args;
  return !(expr.fn === 'tostring' && others.length === 0 && only !== undefined && !isMade(only));
}
