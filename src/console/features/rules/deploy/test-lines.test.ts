import { describe, expect, it } from 'vitest';
import type { TestReport } from '../../../../rules/index.ts';
import { testLines } from './test-lines.ts';

const test = (name: string) => ({ name, given: [{ Body: 'x' }], expect: { dropped: 1 } });
const result = (name: string, ...failures: string[]): TestReport['results'][number] => ({ name, ok: failures.length === 0, failures, milliseconds: 1 });
const ran = (...results: TestReport['results']) => ({ report: { rule: 'r', results }, stale: false, failure: null });

describe('tests before a deployment', () => {
  it('say nothing where there are none, and are waited for', () => {
    expect(testLines([], { report: null, stale: false, failure: null })).toEqual({ lines: [], failed: 0, wait: null });
    expect(testLines([test('a')], { report: null, stale: false, failure: null }).wait).toMatch(/running/);
    expect(testLines([test('a')], { ...ran(result('a')), stale: true }).wait).toMatch(/running/);
  });

  it('name what fails and how', () => {
    const { lines, failed } = testLines([test('a'), test('b')], ran(result('a'), result('b', 'dropped: expected 1, got 0\nmore')));
    expect(failed).toBe(1);
    expect(lines).toEqual([{ tone: 'attention', strong: 'The test "b" fails:', rest: 'dropped: expected 1, got 0' }]);
    expect(testLines([test('a')], ran(result('a'))).lines[0]).toMatchObject({ tone: 'plain', strong: '1 of 1 test' });
    expect(testLines(['1', '2', '3', '4', '5'].map(test), ran(...['1', '2', '3', '4', '5'].map(name => result(name, 'no')))).lines.at(-1)).toMatchObject({ strong: '2 more tests', rest: 'fail.' });
  });

  it('that cannot run do not hold anybody up', () => {
    expect(testLines([test('a')], { report: null, stale: false, failure: 'The worker ended.' })).toMatchObject({ wait: null, failed: 0 });
  });
});
