// The operators of a query that stream over lazy records, compiled: where, extend, project and their kin.
import type { Clock } from '../../base/index.ts';
import type { Operator } from '../../kql/index.ts';
import type { Clause } from './clauses.ts';
import type { Bindings } from './record-scope.ts';
import { StepCompiler, streams } from './step-compiler.ts';
import type { Step } from './step-plan.ts';

export interface RecordSteps {
  /** Runs a record through; tests run in the order that costs least. */
  readonly run: Step;
  /** Computes every column and tests nothing: for explanations, before the clauses are asked one by one. */
  readonly compute: Step;
  /** The clauses of every `where`, as written. */
  readonly clauses: readonly Clause[];
  /** What names mean behind the last step, and before the first. */
  readonly bindings: Bindings;
  readonly table: Bindings;
  readonly slots: number;
  /** Attributes that project-away or project-rename took out of the bag. */
  readonly removedAttributes: ReadonlySet<string>;
  /** Operators from the first that does not stream over records. */
  readonly rest: readonly Operator[];
}

/** Of one table's operators, up to the first that does not stream. Throws CompileError. */
export function compileRecordSteps(operators: readonly Operator[], start: Bindings, clock: Clock, useBytes = true): RecordSteps {
  const compiler = new StepCompiler(start, clock, useBytes);
  let taken = 0;
  for (; taken < operators.length && streams(operators[taken]!); taken++) compiler.add(operators[taken]!);
  return stepsOf(compiler, operators.slice(taken));
}

export function stepsOf(compiler: StepCompiler, rest: readonly Operator[]): RecordSteps {
  const { clauses, bindings, table, slots, removedAttributes } = compiler;
  return { run: compiler.step(), compute: compiler.computing(), clauses, bindings, table, slots, removedAttributes, rest };
}
