// Reports as JUnit XML, the form that CI systems read (testsuites, testsuite, testcase, failure; times in seconds).
import type { TestReport, TestResult } from '../types.ts';

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\n': '&#10;', '\t': '&#9;' };

/** Text for an attribute or an element. Characters that XML 1.0 cannot hold at all become U+FFFD. */
const escapeXml = (text: string): string => text
  // oxlint-disable-next-line no-control-regex -- those are the ones meant
  .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
  .replaceAll(/[&<>"'\n\t]/g, (char) => named[char] ?? char);

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
const totalOf = (results: readonly TestResult[]): string => seconds(results.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
const failed = (results: readonly TestResult[]): number => results.filter(({ ok }) => !ok).length;

/** One suite per rule. Ends in a line break. */
export function junit(reports: readonly TestReport[]): string {
  const all = reports.flatMap(({ results }) => results);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="weir rules" tests="${all.length}" failures="${failed(all)}" errors="0" time="${totalOf(all)}">`,
    ...reports.flatMap(suite),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function suite({ rule, results }: TestReport): readonly string[] {
  return [
    `  <testsuite name="${escapeXml(rule)}" tests="${results.length}" failures="${failed(results)}" errors="0" skipped="0" time="${totalOf(results)}">`,
    ...results.flatMap((result) => testCase(rule, result)),
    '  </testsuite>',
  ];
}

function testCase(rule: string, { name, ok, failures, milliseconds }: TestResult): readonly string[] {
  const open = `    <testcase classname="${escapeXml(rule)}" name="${escapeXml(name)}" time="${seconds(milliseconds)}"`;
  if (ok) return [`${open}/>`];
  const first = failures[0]?.split('\n')[0] ?? 'failed';
  return [`${open}>`, `      <failure type="difference" message="${escapeXml(first)}">${escapeXml(failures.join('\n\n'))}</failure>`, '    </testcase>'];
}
