// Comparing with a constant number: the value is looked at as it comes from the record, and only what is no plain number goes
// the general way, which knows nulls, text and mixed kinds.
import type { Expr } from '../../kql/index.ts';
import { compileExpr, literalValue, type Compiled, type Fn } from '../expr/index.ts';
import type { RecordScope } from './record-scope.ts';

type Call = Extract<Expr, { k: 'call' }>;

const tests: Readonly<Record<string, (value: Fn, bound: number, slow: Fn) => Fn>> = {
  '<': (value, bound, slow) => (frame) => { const found = value(frame); return typeof found === 'number' ? found < bound : slow(frame); },
  '<=': (value, bound, slow) => (frame) => { const found = value(frame); return typeof found === 'number' ? found <= bound : slow(frame); },
  '>': (value, bound, slow) => (frame) => { const found = value(frame); return typeof found === 'number' ? found > bound : slow(frame); },
  '>=': (value, bound, slow) => (frame) => { const found = value(frame); return typeof found === 'number' ? found >= bound : slow(frame); },
  '==': (value, bound, slow) => (frame) => { const found = value(frame); return typeof found === 'number' ? found === bound : slow(frame); },
  '!=': (value, bound, slow) => (frame) => { const found = value(frame); return typeof found === 'number' ? found !== bound : slow(frame); },
};
const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' };

/** The short form of a call, or null when the call has none. */
export function numberPredicate(call: Call, scope: RecordScope): Compiled | null {
  const [left, right] = call.args;
  if (left === undefined || right === undefined || call.args.length !== 2 || mirrored[call.fn] === undefined) return null;
  const [subject, literal, fn] = right.k === 'literal' ? [left, right, call.fn] : [right, left, mirrored[call.fn]!];
  const bound = numberOf(literal);
  if (bound === null || subject.k === 'literal') return null;
  const value = compileExpr(subject, { scope, clock: scope.clock });
  const slow = compileExpr(call, { scope: scope.decoded(), clock: scope.clock });
  return value.constant ? null : { type: 'bool', constant: false, run: tests[fn]!(notNaN(value.run), bound, slow.run) };
}

/** NaN has no order and equals nothing: the general way says what that means. */
const notNaN = (run: Fn): Fn => (frame) => { const found = run(frame); return found === found ? found : null; };

function numberOf(expr: Expr): number | null {
  if (expr.k !== 'literal' || (expr.type !== 'int' && expr.type !== 'long' && expr.type !== 'real')) return null;
  const value = literalValue(expr.type, expr.value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
