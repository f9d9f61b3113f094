// What the rule's own tests say before it is deployed.
import { plural } from '../../../ui/index.ts';
import type { DocumentTests, RuleTests } from '../tests/index.ts';
import type { BlastLine } from './blast-radius.ts';

export interface CheckedTests {
  readonly lines: readonly BlastLine[];
  readonly failed: number;
  /** Why the answer is not there yet, in a sentence; null when it is, or never will be. */
  readonly wait: string | null;
}

const named = 3;

export function testLines(tests: DocumentTests, { report, stale, failure }: Pick<RuleTests, 'report' | 'stale' | 'failure'>): CheckedTests {
  if (tests.length === 0) return { lines: [], failed: 0, wait: null };
  if (failure !== null) return { lines: [{ tone: 'attention', strong: 'Its tests could not run', rest: `${failure} Whether they pass is not known.` }], failed: 0, wait: null };
  if (report === null || stale) return { lines: [{ tone: 'plain', strong: plural(tests.length, 'test'), rest: tests.length === 1 ? 'is running.' : 'are running.' }], failed: 0, wait: 'Its tests are running. They end in a moment.' };
  const failing = report.results.filter(({ ok }) => !ok);
  if (failing.length === 0) return { lines: [{ tone: 'plain', strong: `${report.results.length} of ${plural(report.results.length, 'test')}`, rest: tests.length === 1 ? 'passes.' : 'pass.' }], failed: 0, wait: null };
  const lines = failing.slice(0, named).map(({ name, failures }): BlastLine => ({ tone: 'attention', strong: `The test "${name}" fails:`, rest: failures[0]?.split('\n')[0] ?? 'no reason given.' }));
  return { lines: failing.length > named ? [...lines, { tone: 'attention', strong: plural(failing.length - named, 'more test'), rest: failing.length - named === 1 ? 'fails.' : 'fail.' }] : lines, failed: failing.length, wait: null };
}
