// Documents that people write, and what they are told about the wrong ones: where, and in plain words.
import { expect, test } from 'vitest';
import { maxRuleText } from '../../model/index.ts';
import { parseKqlRule, parseRule } from './parse-rule.ts';
import { printRule } from './print-rule.ts';

/** The examples of rules.md of the product's design. */
export const queryExample = `weir: 1
kind: query                 # query | state-machine | language
name: launch-log-to-metric
description: 3,500 rows an hour nobody reads; keep the count.
location: on-box            # in-process | on-box | off-box
targets: ServiceName == "frontend"      # KQL predicate over agent and resource attributes
order: 100                  # redaction rules always run first, whatever their order
expires: 7d                 # optional; a rule can end by itself
budget: { cpu: 1%, memory: 32MiB, output: 200/s }
kql: |
  Logs
  | where EventName == "LogLaunch"
  | summarize Launches = count() by ServiceName, bin(Timestamp, 10s)
  | invoke to_metric("app.launches")
`;
const machineExample = `weir: 1
kind: state-machine
name: checkout-queue-stuck
location: on-box
key: [ServiceName, Attributes["queue.name"]]   # one machine per key, bounded, least recently used goes first
initial: idle
states:
  idle:
    on: [{ when: 'EventName == "QueueDepth" and toint(Attributes.depth) > 200', to: growing }]
  growing:
    after: { 60s: idle }
    on: [{ when: 'EventName == "QueueDepth" and toint(Attributes.depth) > 200', count: 5, within: 30s, to: stuck }]
  stuck:
    enter:
      - { action: cpu-sample, duration: 10s, as: cpu }
      - { action: collect-recorder, recorder: checkout-verbose }
      - { action: memory-dump, if: 'last("memory-dump") > 1h' }
    after: { 5m: idle }
limits: { actions: 5, per: 1h, cooldown: 10m }      # kept across restarts
train: { depth: p99 over 7d by ServiceName }        # optional: replaces a hard-coded bound by a measured one
`;

test('the query example reads field for field', () => {
  const { document, problems } = parseRule(queryExample);
  expect(problems).toEqual([]);
  expect(document).toEqual({
    weir: 1, kind: 'query', name: 'launch-log-to-metric', description: '3,500 rows an hour nobody reads; keep the count.', location: 'on-box', targets: 'ServiceName == "frontend"', order: 100, expires: '7d',
    budget: { cpu: '1%', memory: '32MiB', output: '200/s' },
    kql: 'Logs\n| where EventName == "LogLaunch"\n| summarize Launches = count() by ServiceName, bin(Timestamp, 10s)\n| invoke to_metric("app.launches")',
  });
});

test('the state-machine example reads, and a hint says what strict YAML wants', () => {
  const { document, problems } = parseRule(machineExample);
  expect(document).toMatchObject({ kind: 'state-machine', key: ['ServiceName', 'Attributes["queue.name"]'], states: { stuck: { after: { '5m': 'idle' } } } });
  expect(problems).toMatchObject([{ severity: 'hint', code: 'yaml/unquoted' }]);
  expect(machineExample.slice(problems[0]!.start, problems[0]!.end)).toBe('Attributes["queue.name"]');
});

test.each([queryExample, machineExample])('an example round-trips through its canonical form, which is stable', (text) => {
  const { document } = parseRule(text);
  const printed = printRule(document!);
  expect(parseRule(printed)).toEqual({ document, problems: [] });
  expect(printRule(parseRule(printed).document!)).toBe(printed);
});

const minimal = (more: string): string => `name: a\nkql: Logs | invoke drop()\n${more}`;
const wrong: readonly (readonly [text: string, place: string, message: RegExp])[] = [
  [minimal('budgt: { cpu: 1% }\n'), 'budgt', /^There is no field "budgt" in a rule of kind query\. Did you mean budget\?$/],
  [minimal('budget: { cpu: 1%, memry: 1MiB }\n'), 'memry', /^There is no field "memry" in budget\. Did you mean memory\?$/],
  [minimal('budget: { cpu: 1 }\n'), '1', /^budget\.cpu must be text; this is the number 1\.$/],
  [minimal('order: soon\n'), 'soon', /^order must be a number; this is the text "soon"\.$/],
  [minimal('order: 1.5\n'), '1.5', /^order must be a whole number/],
  [minimal('order: 10001\n'), '10001', /^order is at most 10,000; this is 10001\.$/],
  [minimal('location: onbox\n'), 'onbox', /^location is in-process, on-box or off-box, not "onbox"\. Did you mean on-box\?$/],
  [minimal('expires: 7days\n'), '7days', /^expires is "7days"\. Write a duration such as 500ms, 30s, 5m, 1h or 7d\.$/],
  [minimal('weir: 2\n'), '2', /^weir: 2 is not a version of rule documents/],
  [minimal('kind: language\n'), 'kql', /^There is no field "kql" in a rule of kind language\.$/],
  [minimal('kind: querry\n'), 'querry', /^"querry" is no kind of rule\. Did you mean query\?$/],
  [minimal('description:\n'), 'description', /^description must be text; this is empty\.$/],
  [minimal('tests:\n  - name: t\n    given: []\n'), 'name: t', /^The field expect is missing in tests 1\.$/],
  [minimal('tests:\n  - { name: t, given: [5], expect: {} }\n'), '5', /^tests 1, given 1 must be a set of fields; this is the number 5\.$/],
  ['kql: Logs | invoke drop()\n', 'kql: Logs | invoke drop()', /^The field name is missing\.$/],
  ['name: a\n', 'name: a', /^The field kql is missing\.$/],
  ['name: 7\nkql: x\n', '7', /^name must be text; this is the number 7\.$/],
  ['name: No Name\nkql: x\n', 'No Name', /^name is "No Name"\. Use 1 to 63 lower-case letters/],
  ['name: a\nkql: ""\n', '""', /^There is no KQL yet\.$/],
  ['name: a\nname: b\nkql: x\n', 'name', /^This field is given twice\.$/],
  ['name: a\nbudget:\n\tcpu: 1%\n', '\t', /^There is a tab where YAML wants spaces\.$/],
  ['name: "a\nkql: x\n', '"a', /^A quotation mark is opened here and never closed\.$/],
  ['name: a\nbudget: { cpu: 1%\nkql: x\n', 'k', /bracket above is not closed/],
  ['name: a\n---\nname: b\n', '---\nname: b\n', /^A file holds one rule/],
  ['name: a\nkql: %x\n', '%', /^A value without quotes cannot begin with this character\.$/],
  ['- a\n- b\n', '- a', /^There is no rule document here/],
  ['Logs | where x', 'Logs | where x', /^There is no rule document here/],
  ['name: !secret a\nkql: x\n', '!secret', /^A rule has no tags/],
];
test.each(wrong)('%j', (text, place, message) => {
  const { document, problems } = parseRule(text);
  expect(document).toBeNull();
  const found = problems.find((problem) => message.test(problem.message));
  expect(problems.map((problem) => problem.message).join('\n')).toMatch(new RegExp(message.source, 'm'));
  expect(text.slice(found!.start, found!.end)).toBe(place);
});

test('nothing throws, whatever is cut off', () => {
  for (const text of [queryExample, machineExample]) for (let end = 0; end < text.length; end++) {
    const { document, problems } = parseRule(text.slice(0, end));
    expect(document === null).toBe(problems.some(({ severity }) => severity === 'error'));
    for (const { start, end: stop } of problems) expect(start >= 0 && start <= stop && stop <= Math.max(end, 1)).toBe(true);
  }
});

test('fixes change what they say', () => {
  const text = minimal('locaton: on-box\n');
  const [fix] = parseRule(text).problems[0]!.fixes!;
  const [edit] = fix!.edits;
  expect(parseRule(text.slice(0, edit!.start) + edit!.text + text.slice(edit!.end)).problems).toEqual([]);
});

test('a megabyte is refused before it is read, a KQL text of 70,000 characters with its reason', () => {
  expect(parseRule(`name: a\nkql: ${'x'.repeat(1_000_000)}`)).toMatchObject({ document: null, problems: [{ code: 'rule/too-long', message: expect.stringMatching(/1,000,013 characters; at most 262,144 are read/) }] });
  expect(parseRule(`name: a\nkql: ${'x'.repeat(70_000)}`).problems[0]!.message).toMatch(/^KQL of more than 64,000 characters is refused/);
  expect(parseRule(`# ${'x'.repeat(maxRuleText)}`).problems[0]!.code).toBe('rule/too-long');
});

test('aliases that stand for far more than the text are refused', () => {
  const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`).join('\n')}\n`;
  expect(parseRule(bomb)).toMatchObject({ document: null, problems: [{ code: 'yaml/alias' }] });
});

test('bare KQL is a query of the name that the caller gives', () => {
  expect(parseKqlRule('Logs\n| invoke drop()\n', 'noise')).toMatchObject({ document: { name: 'noise', kql: 'Logs\n| invoke drop()' }, problems: [] });
  expect(parseKqlRule('Logs', 'No Name')).toMatchObject({ document: null, problems: [{ message: expect.stringMatching(/^"No Name" cannot be the name of a rule/) }] });
});

test('documents that no person writes are refused without a long search: thousands of unknown fields, thousands of bare brackets', () => {
  const fields = parseRule(Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n'));
  expect([fields.document, fields.problems.length]).toEqual([null, 50]);
  const brackets = parseRule(`name: a\nkind: state-machine\nkey: [${Array.from({ length: 3000 }, () => 'Attributes["queue.name"]').join(', ')}]\n`);
  expect([brackets.document, brackets.problems.length]).toEqual([null, 1]);
  const aliases = parseRule(`name: a\nkql: &k Logs | invoke drop()\n${Array.from({ length: 5000 }, (_, i) => `x${i}: *k`).join('\n')}`);
  expect(aliases.problems.map(({ code }) => code)).toEqual(['yaml/alias']);
});

test('what the YAML parser says again and again of one mistake is said once', () => {
  const found = (text: string): readonly string[] => parseRule(text).problems.map(({ code, start }) => `${code} ${start}`);
  expect(found('a: b: c: d: e\n')).toEqual(['yaml/block-as-implicit-key 3']);
  expect(found('a: b: c\nd: e\nf: g\nh: i: j\n')).toEqual(['yaml/block-as-implicit-key 3', 'yaml/block-as-implicit-key 21']);
  expect(found('a: 1\na: 2\na: 3\n')).toHaveLength(2);
});
