// Quick fixes: a text with a mistake, the fix's title, and the text behind it. What a fix makes must compile better than what was there.
import { describe, expect, it } from 'vitest';
import type { ColumnHint, CompileMode } from '../language.ts';
import { languageForTests } from './kusto-for-tests.ts';

const kql = await languageForTests();
const columns: readonly ColumnHint[] = [{ name: 'level', type: 'string' }, { name: 'n', type: 'long' }];

function fixed(text: string, title: string, mode: CompileMode): string | undefined {
  const fix = kql.compile(text, { mode, columns }).diagnostics.flatMap(({ fixes = [] }) => fixes).find((one) => one.title === title);
  return fix?.edits.toReversed().reduce((current, { start, end, text: insert }) => current.slice(0, start) + insert + current.slice(end), text);
}

const rules: readonly (readonly [text: string, title: string, result: string])[] = [
  // Names
  ['Logs | where severitynumber > 3 | invoke drop()', 'Write SeverityNumber', 'Logs | where SeverityNumber > 3 | invoke drop()'],
  ['Logs | where queue == "x" | invoke drop()', 'Write Attributes["queue"]', 'Logs | where Attributes["queue"] == "x" | invoke drop()'],
  ['Logs | where Attributes.http.route == "/" | invoke drop()', 'Write Attributes["http.route"]', 'Logs | where Attributes["http.route"] == "/" | invoke drop()'],
  ['logs | where ServiceName == "a" | invoke drop()', 'Write Logs', 'Logs | where ServiceName == "a" | invoke drop()'],
  ['Logs | WHERE ServiceName == "a" | invoke drop()', 'Write where', 'Logs | where ServiceName == "a" | invoke drop()'],
  ['Logs | where tolowr(EventName) == "a" | invoke drop()', 'Write tolower', 'Logs | where tolower(EventName) == "a" | invoke drop()'],
  ['Logs | where EventName == "a" | invoke smaple(0.1)', 'Write sample', 'Logs | where EventName == "a" | invoke sample(0.1)'],
  ['Logs | invoke redact("emial")', 'Write "email"', 'Logs | invoke redact("email")'],
  ['Logs | project ServiceName | where ServiceNam == "x" | invoke drop()', 'Write ServiceName', 'Logs | project ServiceName | where ServiceName == "x" | invoke drop()'],
  // Signs and words of other languages
  ['Logs | where ServiceName = "cart" | invoke drop()', 'Write ==', 'Logs | where ServiceName == "cart" | invoke drop()'],
  ['Logs | where ServiceName === "cart" | invoke drop()', 'Write ==', 'Logs | where ServiceName == "cart" | invoke drop()'],
  ['Logs | where a == 1&&b == 2 | invoke drop()', 'Write and', 'Logs | where a == 1 and b == 2 | invoke drop()'],
  ['Logs | where a == 1 || b == 2 | invoke drop()', 'Write or', 'Logs | where a == 1 or b == 2 | invoke drop()'],
  ['Logs | where a == 1 AND b == 2 | invoke drop()', 'Write and', 'Logs | where a == 1 and b == 2 | invoke drop()'],
  ['Logs | where !isempty(EventName) | invoke drop()', 'Write not(…)', 'Logs | where not(isempty(EventName)) | invoke drop()'],
  ['Logs | where EventName == "x\n| invoke drop()', 'Close it with "', 'Logs | where EventName == "x"\n| invoke drop()'],
  ['Logs | where EventName matches regex "\\d" | invoke drop()', 'Write @"\\d"', 'Logs | where EventName matches regex @"\\d" | invoke drop()'],
  ['Logs where a == 1 | invoke drop()', 'Write | where', 'Logs | where a == 1 | invoke drop()'],
  ['where a == 1 | invoke drop()', 'Start from Logs', 'Logs | where a == 1 | invoke drop()'],
  ['Logs | where (a == 1 | invoke drop()', 'Write )', 'Logs | where (a == 1) | invoke drop()'],
  ['Logs | where now > Timestamp | invoke drop()', 'Write now()', 'Logs | where now() > Timestamp | invoke drop()'],
  // Types
  ['Logs | summarize N = count() by who, bin(Timestamp, 1m) | invoke to_metric("x")', 'Write tostring(who)', 'Logs | summarize N = count() by tostring(who), bin(Timestamp, 1m) | invoke to_metric("x")'],
  ['Logs | where flag | invoke drop()', 'Write tobool(flag)', 'Logs | where tobool(flag) | invoke drop()'],
  ['Logs | where ServiceName | invoke drop()', 'Ask isnotempty(ServiceName)', 'Logs | where isnotempty(ServiceName) | invoke drop()'],
  ['Logs | summarize x = SeverityNumber by bin(Timestamp, 1m) | invoke to_metric("x")', 'Write take_any(SeverityNumber)', 'Logs | summarize x = take_any(SeverityNumber) by bin(Timestamp, 1m) | invoke to_metric("x")'],
  ['Logs | where EventName contains "timeout" | invoke drop()', 'Write has', 'Logs | where EventName has "timeout" | invoke drop()'],
  // Sinks and streams
  ['Logs | where a == 1', 'End with drop()', 'Logs | where a == 1\n| invoke drop()'],
  ['Logs | extend a = 1', 'End with update()', 'Logs | extend a = 1\n| invoke update()'],
  ['Logs | summarize N = count() by bin(Timestamp, 1m)', 'End with to_metric("records")', 'Logs | summarize N = count() by bin(Timestamp, 1m)\n| invoke to_metric("records")'],
  ['Logs | invoke to_metric("x")', 'Put summarize in front', 'Logs | summarize Count = count() by ServiceName, bin(Timestamp, 10s)\n| invoke to_metric("x")'],
  ['Logs | summarize N = count() by ServiceName | invoke to_metric("x")', 'Add bin(Timestamp, 10s)', 'Logs | summarize N = count() by ServiceName, bin(Timestamp, 10s) | invoke to_metric("x")'],
  ['Logs | summarize N = count() | invoke to_metric("x")', 'Add bin(Timestamp, 10s)', 'Logs | summarize N = count() by bin(Timestamp, 10s) | invoke to_metric("x")'],
  ['Logs | invoke sample(10)', 'Write 0.1', 'Logs | invoke sample(0.1)'],
  ['Logs | where a == 1 | invoke sample(0)', 'Write drop()', 'Logs | where a == 1 | invoke drop()'],
  ['Logs | where a == 1\n| sort by Timestamp\n| invoke sample(0.5)', 'Leave sort out', 'Logs | where a == 1\n| invoke sample(0.5)'],
  ['Logs | take 10', 'Write invoke sample(0.01)', 'Logs | invoke sample(0.01)'],
  ['Logs | take 10 | invoke record("r")', 'Leave take out', 'Logs | invoke record("r")'],
  ['Logs | where a == 1 | count', 'Write summarize Rows = count() by bin(Timestamp, 10s) | invoke to_metric("rows")', 'Logs | where a == 1 | summarize Rows = count() by bin(Timestamp, 10s)\n| invoke to_metric("rows")'],
  ['Logs | distinct ServiceName', 'Write summarize Seen = count() by ServiceName, bin(Timestamp, 1m) | invoke to_metric("seen")', 'Logs | summarize Seen = count() by ServiceName, bin(Timestamp, 1m)\n| invoke to_metric("seen")'],
];

describe('in rules', () => {
  it.each(rules)('%s → %s', (text, title, result) => {
    expect(fixed(text, title, 'rule')).toBe(result);
    const count = (one: string): number => kql.compile(one, { mode: 'rule' }).diagnostics.reduce((sum, { severity }) => sum + (severity === 'error' ? 100 : 1), 0);
    expect(count(result)).toBeLessThan(count(text));
  });
});

describe('in other modes', () => {
  it.each([
    ['source | where levl == "x"', 'Write level', 'source | where level == "x"', 'table'], ['ServiceName = "x"', 'Write ==', 'ServiceName == "x"', 'targets'], ['EventName = "x"', 'Write ==', 'EventName == "x"', 'guard'],
    ['Logs | where ServiceName == "x"', 'Keep the condition only', 'ServiceName == "x"', 'targets'], ['last("memory-dmp") > 1h', 'Write "memory-dump"', 'last("memory-dump") > 1h', 'guard'], ['SeverityNumber >= 9 AND a == 1', 'Write and', 'SeverityNumber >= 9 and a == 1', 'filter'],
  ] as const)('%s → %s', (text, title, result, mode) => expect(fixed(text, title, mode)).toBe(result));
  it('never touch what was put in front of the text', () => {
    for (const mode of ['filter', 'targets', 'guard'] as const) for (const text of ['a AND', '(a == 1', '"x', '&& b', 'a = ']) {
      for (const { fixes = [] } of kql.compile(text, { mode }).diagnostics) for (const { start, end } of fixes.flatMap(({ edits }) => edits)) expect([mode, text, start >= 0 && end <= text.length]).toEqual([mode, text, true]);
    }
  });
});
