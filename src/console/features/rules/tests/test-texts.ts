// A test as three texts that a person edits, and back: its name, its records one JSON a line, what must come out as JSON.
import { languageTest, machineTest, queryTest, type RuleKind } from '../../../../model/index.ts';
import type { RuleTest } from '../../../../rules/index.ts';

export interface TestTexts { readonly name: string; readonly given: string; readonly expect: string }
type Test = RuleTest;

export const textsOf = ({ name, given, expect }: Test): TestTexts => ({ name, given: given.map(record => JSON.stringify(record)).join('\n'), expect: JSON.stringify(expect, null, 1) });

export type ReadTest = { readonly test: Test; readonly problems: null } | { readonly test: null; readonly problems: Partial<TestTexts> };

/** @param taken names of the other tests */
export function readTest({ name, given, expect }: TestTexts, taken: readonly string[]): ReadTest {
  const records = recordsOf(given);
  const wanted = objectOf(expect);
  const problems: Partial<TestTexts> = {
    ...(name.trim() === '' && { name: 'A test needs a name.' }), ...(taken.includes(name.trim()) && { name: 'Another test has this name.' }),
    ...(typeof records === 'string' && { given: records }), ...(typeof wanted === 'string' && { expect: wanted }),
  };
  if (Object.keys(problems).length > 0 || typeof records === 'string' || typeof wanted === 'string') return { test: null, problems };
  return { test: { name: name.trim(), given: records, expect: wanted } as Test, problems: null };
}

/** One JSON object a line, or one over many lines; else what is wrong. */
function recordsOf(text: string): Test['given'] | string {
  const whole = parsed(text);
  if (isRecord(whole)) return [whole];
  if (Array.isArray(whole) && whole.every(isRecord)) return whole;
  const lines = text.split('\n').map((line, at) => ({ line: line.trim(), at })).filter(({ line }) => line !== '');
  const records = lines.map(({ line }) => parsed(line));
  const wrong = records.findIndex(record => !isRecord(record));
  return wrong < 0 ? records as Test['given'] : `Line ${lines[wrong]!.at + 1} is no JSON object. Write one record a line, such as {"EventName": "A"}.`;
}

function objectOf(text: string): Readonly<Record<string, unknown>> | string {
  const value = parsed(text);
  return isRecord(value) ? value : 'This is no JSON object. Write what must come out, such as {"matched": 1, "records": []}.';
}

/** What the document's own shape says of a test; null when it is right. */
export function shapeProblem(test: Test, kind: RuleKind): string | null {
  const shape = (kind === 'state-machine' ? machineTest : kind === 'language' ? languageTest : queryTest).safeParse(test);
  return shape.success ? null : shape.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' ');
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try { return JSON.parse(text) as unknown; } catch { return undefined; }
}
