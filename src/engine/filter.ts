// compileFilter: a where-only Plan as a predicate over the records of a walked request.
import { failure, ok, type Clock, type Failure, type Result } from '../base/index.ts';
import { parsePlan, type Plan } from '../kql/index.ts';
import type { Signal } from '../model/index.ts';
import { codec, type RequestView } from '../otlp/index.ts';
import { CompileError, newFrame, noClock } from './expr/index.ts';
import { compileRecordSteps } from './record/index.ts';
import { bindingsFor, tableSignals } from './tables.ts';

export type RecordFilter = (view: RequestView, index: number) => boolean;

/** Code of every failure to compile a Plan. */
export const badPlan = 'plan-invalid';

/** Turns what the compilers throw into a Failure; other exceptions are bugs and go on. */
export function compiling<T>(compile: () => T): Result<T, Failure> {
  try { return ok(compile()); } catch (error) {
    if (error instanceof CompileError) return failure(badPlan, error.message, error.help);
    throw error;
  }
}

/** A record of another signal than the Plan's table never matches. The Plan may come from outside: its shape is checked.
 *  Not re-entrant: the filter owns one cursor. */
export function compileFilter(given: Plan, signal: Signal, clock: Clock = noClock, useBytes = true): Result<RecordFilter, Failure> {
  const parsed = parsePlan(given);
  if (!parsed.ok) return failure(badPlan, parsed.error.message, parsed.error.help);
  const plan = parsed.value;
  if (!tableSignals(plan.table).includes(signal)) return ok(() => false);
  return compiling(() => {
    const steps = compileRecordSteps(plan.operators, bindingsFor(plan.table, signal), clock, useBytes);
    if (steps.rest.length > 0 || plan.sink !== null) throw new CompileError(`A filter cannot use ${steps.rest[0]?.op ?? 'a sink'}.`, 'Use where, extend and project only.');
    const frame = { ...newFrame(), cursor: codec.cursor() };
    let held: RequestView | null = null;
    return (view: RequestView, index: number): boolean => {
      if (view !== held) { frame.cursor.reset(view); held = view; }
      frame.cursor.moveTo(index);
      return steps.run(frame);
    };
  });
}
