// The tests of a rule document, run on the compiled rule.
import { failure, type Failure, type Result } from '../../base/index.ts';
import type { LanguageTest, MachineTest, QueryTest } from '../../model/index.ts';
import type { NewVm } from '../language/index.ts';
import type { CompiledRule, TestReport, TestResult } from '../types.ts';
import { expectedOfLanguage, runLanguageTest } from './run-language-test.ts';
import { expectedOfMachine, runMachineTest } from './run-machine-test.ts';
import { expectedOfQuery, runQueryTest } from './run-query-test.ts';

export interface TestOptions {
  /** Milliseconds of any clock, to say how long a test took; without it the time is 0. */
  readonly nowMs?: () => number;
  /** For a language rule: see NewVm. */
  readonly newVm?: NewVm;
}

export type RuleTest = QueryTest | MachineTest | LanguageTest;
/** What a test of any kind expects. */
export type RuleExpectation = RuleTest['expect'];

/** Tests hash with a key of their own, so that what a test expects of `redact(mode="hash")` is the same everywhere: the bytes 0 to 31. */
export const testRedactionKey: Uint8Array = Uint8Array.from({ length: 32 }, (_, i) => i);

/** A test never throws for what a person wrote: that is one of its failures. */
export async function runTests(rule: CompiledRule, tests: readonly RuleTest[] = [], options: TestOptions = {}): Promise<TestReport> {
  const { nowMs = () => 0 } = options;
  const results: TestResult[] = [];
  for (const test of tests) {
    const start = nowMs();
    const failures = await failuresOf(rule, test, options);
    results.push({ name: test.name, ok: failures.length === 0, failures, milliseconds: nowMs() - start });
  }
  return { rule: rule.name, results };
}

const noSandbox = 'A script cannot run here: no sandbox was handed in.';

async function failuresOf(rule: CompiledRule, test: RuleTest, { nowMs = () => 0, newVm }: TestOptions): Promise<readonly string[]> {
  switch (rule.kind) {
    case 'state-machine': return runMachineTest(rule, test as MachineTest);
    case 'language': return newVm === undefined ? [noSandbox] : runLanguageTest(rule, test as LanguageTest, await newVm());
    case 'query': case 'redaction-policy': return runQueryTest(rule, test as QueryTest, testRedactionKey, nowMs);
  }
}

/** What the rule makes of given records now, as a test would expect it: the start of a test. Error `rule.test-record`. */
export async function expectationOf(rule: CompiledRule, given: QueryTest['given'], newVm?: NewVm): Promise<Result<RuleExpectation, Failure>> {
  switch (rule.kind) {
    case 'state-machine': return expectedOfMachine(rule, given);
    case 'language': return newVm === undefined ? failure('rule.no-sandbox', noSandbox) : expectedOfLanguage(rule, given, await newVm());
    case 'query': case 'redaction-policy': return expectedOfQuery(rule, given, testRedactionKey);
  }
}
