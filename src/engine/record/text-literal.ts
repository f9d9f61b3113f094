// Two looks at the arguments of a text operator, shared by those who compare bytes.
import type { Expr } from '../../kql/index.ts';
import { literalValue } from '../expr/index.ts';

/** The text of a string literal, else null. */
export const literalText = (expr: Expr | undefined): string | null => {
  if (expr?.k !== 'literal' || expr.type !== 'string') return null;
  const value = literalValue('string', expr.value);
  return typeof value === 'string' ? value : null;
};

/** `tostring(x)` compares like `x` wherever x is a string. */
export const unwrapped = (expr: Expr): Expr => (expr.k === 'call' && expr.fn === 'tostring' && expr.args.length === 1 ? expr.args[0]! : expr);
