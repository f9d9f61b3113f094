// Which records can matter to a machine at all, so that the others never meet it: those that some guard of some state may hold for, and
// those that some guard asks since() about. Says too much rather than too little: the guards themselves decide.
import type { Expr } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import { conjuncts, unionBindings, type Bindings } from '../record/index.ts';
import { nameOf } from './guard-scope.ts';
import type { MachinePlan } from './types.ts';

const nameColumns: Readonly<Record<Signal, string>> = { logs: 'EventName', spans: 'Name', metrics: 'MetricName' };

/** One condition that is true of every record of the signal that can matter; null when none can. */
export function recordNeeds(plan: MachinePlan, signal: Signal): { readonly condition: Expr; readonly bindings: Bindings } | null {
  const bindings = unionBindings(signal);
  const guards = plan.states.flatMap(({ on }) => on.map(({ when }) => when));
  const asked = new Set(guards.flatMap(namesAsked));
  const needs = [...guards.filter((guard) => mayHold(guard, bindings)), ...[...asked].map((name): Expr => isNamed(nameColumns[signal], name))];
  if (needs.length === 0) return null;
  return { condition: { k: 'call', type: 'bool', fn: 'or', args: needs }, bindings };
}

const isNamed = (column: string, name: string): Expr => ({ k: 'call', type: 'bool', fn: '==', args: [{ k: 'column', type: 'string', name: column }, { k: 'literal', type: 'string', value: name }] });

function namesAsked(expr: Expr): readonly string[] {
  const name = nameOf(expr, 'since');
  if (name !== null) return [name];
  if (expr.k === 'call') return expr.args.flatMap(namesAsked);
  return expr.k === 'member' ? [...namesAsked(expr.base), ...namesAsked(expr.key)] : [];
}

/** False where the guard asks a column of another signal to be some text. */
function mayHold(guard: Expr, bindings: Bindings): boolean {
  return conjuncts(guard).every((part) => {
    if (part.k !== 'call') return true;
    if (part.fn === 'or') return part.args.some((arg) => mayHold(arg, bindings));
    if (part.fn !== '==' && part.fn !== 'in') return true;
    const [left, ...values] = part.args;
    const isMissing = left?.k === 'column' && bindings.get(left.name)?.kind === 'missing';
    return !isMissing || !values.every((value) => value.k === 'literal' && typeof value.value === 'string' && value.value !== '');
  });
}
