// The order of execution of a query's steps over one record: each test runs as soon as the columns that it reads are
// computed, cheap ones first, so that nothing is computed for a record that leaves anyway.
import type { Fn, Frame } from '../expr/index.ts';

/** False when the record leaves the query here. */
export type Step = (frame: Frame) => boolean;

/** `after`: how many computations must have run before it. */
export interface PlannedTest { readonly run: Fn; readonly after: number; readonly cost: number }
export type Computation = (frame: Frame) => void;

export function chainOf(computations: readonly Computation[], tests: readonly PlannedTest[]): Step {
  const steps: Step[] = [];
  for (let done = 0; done <= computations.length; done++) {
    for (const { run } of tests.filter((test) => test.after === done).sort((a, b) => a.cost - b.cost)) steps.push((frame) => run(frame) === true);
    const compute = computations[done];
    if (compute !== undefined) steps.push((frame) => { compute(frame); return true; });
  }
  if (steps.length === 0) return () => true;
  return steps.reduceRight((rest, first) => (frame) => first(frame) && rest(frame));
}
