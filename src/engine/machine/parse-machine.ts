// A MachinePlan as it arrives from outside: checked for shape and size before anything of it runs. Its expressions are checked as those of
// a query would be.
import { z } from 'zod';
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import { parsePlan, planVersion, type Expr, type Operator } from '../../kql/index.ts';
import { boundPlanText } from '../budget/index.ts';
import { machinePlanVersion, type MachinePlan } from './types.ts';

const nanos = z.string().regex(/^\d{1,18}$/);
const name = z.string().min(1).max(63);
const text = z.string().max(65_536);
const expr = z.custom<Expr>((value) => typeof value === 'object' && value !== null);
const keyed = z.object({ text, expr });

const machineSchema = z.object({
  version: z.literal(machinePlanVersion), initial: name, key: z.array(keyed).max(8),
  states: z.array(z.object({
    name,
    on: z.array(z.object({ when: expr, text, count: z.number().int().min(1).max(10_000), withinNanos: nanos.nullable(), to: name })).max(50),
    enter: z.array(z.object({ action: name, as: name.nullable(), if: expr.nullable(), ifText: text.nullable(), parameters: z.record(z.string().max(64), z.unknown()) })).max(20),
    after: z.array(z.object({ nanos, to: name })).max(50),
  })).min(1).max(200),
  limits: z.object({ actions: z.number().int().min(0).max(10_000), perNanos: nanos, cooldownNanos: nanos, maxKeys: z.number().int().min(1).max(100_000) }),
  train: z.array(z.object({ name, text, value: expr, percentile: z.number().gt(0).lte(100), overNanos: nanos, by: z.array(keyed).max(8), adopted: z.boolean() })).max(20).optional(),
});

/** Errors: `machine-invalid`. */
export function parseMachine(given: unknown): Result<MachinePlan, Failure> {
  const bounded = boundPlanText(given);
  if (!bounded.ok) return bounded;
  const parsed = machineSchema.safeParse(given);
  if (!parsed.success) return failure('machine-invalid', `The machine is malformed at ${parsed.error.issues[0]?.path.join('.') || 'its root'}: ${parsed.error.issues[0]?.message ?? 'unknown fault'}`, 'Save the rule again, so that it is compiled anew.');
  return checked(parsed.data);
}

/** Columns of one `extend`. */
const perOperator = 1000;

/** All expressions of the machine as one query: its parser knows their bounds. */
function checked(machine: MachinePlan): Result<MachinePlan, Failure> {
  const exprs = expressionsOf(machine);
  const operators: Operator[] = [];
  for (let i = 0; i < exprs.length; i += perOperator) operators.push({ op: 'extend', columns: exprs.slice(i, i + perOperator).map((one, at) => ({ name: `e${i + at}`, expr: one })) });
  const parsed = parsePlan({ version: planVersion, table: 'source', operators, sink: null });
  if (!parsed.ok) return failure('machine-invalid', parsed.error.message.replace('The plan', 'The machine'), parsed.error.help);
  const clean = parsed.value.operators.flatMap((operator) => (operator.op === 'extend' ? operator.columns.map((column) => column.expr) : []));
  let next = 0;
  return ok(mapExpressions(machine, () => clean[next++]!));
}

function expressionsOf(machine: MachinePlan): readonly Expr[] {
  const found: Expr[] = [];
  mapExpressions(machine, (one) => { found.push(one); return one; });
  return found;
}

/** Always in the same order. */
function mapExpressions(machine: MachinePlan, map: (one: Expr) => Expr): MachinePlan {
  const all = <T extends { readonly expr: Expr }>(list: readonly T[]): T[] => list.map((one) => ({ ...one, expr: map(one.expr) }));
  return {
    ...machine, key: all(machine.key),
    states: machine.states.map((state) => ({ ...state, on: state.on.map((one) => ({ ...one, when: map(one.when) })), enter: state.enter.map((one) => ({ ...one, if: one.if === null ? null : map(one.if) })) })),
    ...(machine.train !== undefined && { train: machine.train.map((one) => ({ ...one, value: map(one.value), by: all(one.by) })) }),
  };
}
