// The tests of a rule document, run on the compiled rule.
import type { Failure, Result } from '../../base/index.ts';
import type { MachineTest, QueryTest } from '../../model/index.ts';
import type { CompiledRule, TestReport, TestResult } from '../types.ts';
import { expectedOfMachine, runMachineTest } from './run-machine-test.ts';
import { expectedOfQuery, runQueryTest } from './run-query-test.ts';

export interface TestOptions {
  /** Milliseconds of any clock, to say how long a test took; without it the time is 0. */
  readonly nowMs?: () => number;
}

/** Tests hash with a key of their own, so that what a test expects of `redact(mode="hash")` is the same everywhere: the bytes 0 to 31. */
export const testRedactionKey: Uint8Array = Uint8Array.from({ length: 32 }, (_, i) => i);

/** A test never throws for what a person wrote: that is one of its failures. */
export function runTests(rule: CompiledRule, tests: readonly (QueryTest | MachineTest)[] = [], { nowMs = () => 0 }: TestOptions = {}): TestReport {
  const results = tests.map((test): TestResult => {
    const start = nowMs();
    const failures = rule.kind === 'state-machine' ? runMachineTest(rule, test as MachineTest) : runQueryTest(rule, test as QueryTest, testRedactionKey, nowMs);
    return { name: test.name, ok: failures.length === 0, failures, milliseconds: nowMs() - start };
  });
  return { rule: rule.name, results };
}

/** What the rule makes of given records now, as a test would expect it: the start of a test. Error `rule.test-record`. */
export function expectationOf(rule: CompiledRule, given: QueryTest['given']): Result<QueryTest['expect'] | MachineTest['expect'], Failure> {
  return rule.kind === 'state-machine' ? expectedOfMachine(rule, given) : expectedOfQuery(rule, given, testRedactionKey);
}
