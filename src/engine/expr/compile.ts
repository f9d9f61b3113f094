// Expr -> closures. No eval, no Function: a tree of small closures over a reused frame, constants folded once.
import { clearShortfall, shortfall } from '../../base/index.ts';
import { noNames, resolveNames, type Expr } from '../../kql/index.ts';
import { CompileError, constantOf, type CompileContext, type Compiled, type Fn } from './frame.ts';
import { functionNamed } from './functions.ts';
import { literalValue } from './literal.ts';
import { memberOf } from './member.ts';

/** Nesting that no person writes: a hostile plan must not overflow the stack. */
const maxDepth = 400;

/** Throws CompileError for an unknown column or function, a bad argument count, or a bad constant regex. */
export function compileExpr(expr: Expr, context: CompileContext, depth = 0): Compiled {
  if (depth > maxDepth) throw new CompileError(`The expression nests deeper than ${maxDepth} levels.`, 'Use let statements or `in (…)` in place of long chains.');
  const short = context.scope.shortcut(expr);
  if (short !== null) return short;
  switch (expr.k) {
    case 'literal': { const value = literalValue(expr.type, expr.value); return { type: expr.type, run: () => value, constant: true }; }
    case 'column': return compileColumn(expr.name, context);
    case 'member': return compileMember(expr, context, depth);
    default: return compileCall(expr, context, depth);
  }
}

function compileColumn(name: string, context: CompileContext): Compiled {
  const column = context.scope.column(name);
  if (column === null) throw new CompileError(`There is no column ${name} at this point of the query.`, 'Check the spelling, and what project and summarize left.');
  return column;
}

function compileMember(expr: Extract<Expr, { k: 'member' }>, context: CompileContext, depth: number): Compiled {
  const [base, key] = [compileExpr(expr.base, context, depth + 1), compileExpr(expr.key, context, depth + 1)];
  const [object, name] = [base.run, key.run];
  if (key.constant) { const fixed = constantOf(key); return { type: 'dynamic', constant: base.constant, run: (frame) => memberOf(object(frame), fixed) }; }
  return { type: 'dynamic', constant: false, run: (frame) => memberOf(object(frame), name(frame)) };
}

function compileCall(expr: Extract<Expr, { k: 'call' }>, context: CompileContext, depth: number): Compiled {
  // Nobody said what else these names mean.
  if (expr.fn === 'event' || expr.fn === 'field') return compileExpr(resolveNames(expr, noNames), context, depth + 1);
  const definition = functionNamed(expr.fn);
  if (definition === null) throw new CompileError(`The function or operator ${expr.fn} is not known to this engine.`, 'A newer agent may know it; see the list of functions in rules.md.');
  if (expr.args.length < definition.min || expr.args.length > definition.max) throw new CompileError(`${expr.fn} takes ${definition.min} to ${definition.max} arguments, not ${expr.args.length}.`, 'See the KQL reference for its arguments.');
  const args = expr.args.map((arg) => compileExpr(arg, context, depth + 1));
  const run = definition.build(args, { fn: expr.fn, type: expr.type, clock: context.clock });
  const constant = definition.pure && args.every((arg) => arg.constant);
  return (constant ? folded(expr.type, run) : null) ?? { type: expr.type, run, constant: false };
}

/** Null when the value cannot be had whole: then every record that asks for it must hear of that. */
function folded(type: Expr['type'], run: Fn): Compiled | null {
  clearShortfall();
  const value = constantOf({ type, run, constant: true });
  if (shortfall() !== null) return null;
  return { type, run: () => value, constant: true };
}
