// Checked rules: every kind of problem stands where it is in the document, and what passes is what agents take.
import { beforeAll, expect, test } from 'vitest';
import { createPipeline } from '../../engine/index.ts';
import type { KqlLanguage } from '../../kql/index.ts';
import { queryDocument } from '../../model/index.ts';
import { languageForTests } from '../testing/language-for-tests.ts';
import { checkKqlRule, checkRule } from './check-rule.ts';

let language: KqlLanguage;
beforeAll(async () => { language = await languageForTests(); }, 60_000);

const rule = (kql: string, more = ''): string => `name: a\n${more}kql: |  # why\n    ${kql.replaceAll('\n', '\n    ')}\n`;
/** `severity path ‹text›` of each problem. */
const problems = (text: string): readonly string[] => checkRule(text, language).problems.map(({ severity, path, start, end }) => `${severity} ${path.join('.')} ‹${text.slice(start, end)}›`);

test('a valid rule compiles, with its targets, bounds and end', () => {
  const { compiled, problems: found } = checkRule(rule('Logs\n| where EventName == "x"\n| invoke drop()', 'targets: ServiceName == "shop"\nbudget: { cpu: 2% }\nexpires: 1h\norder: 7\n'), language);
  expect(found).toEqual([]);
  expect(compiled).toMatchObject({ kind: 'query', name: 'a', order: 7, location: 'on-box', expiresAfterMs: 3_600_000, bounds: { cpuShare: 0.02 }, plan: { table: 'Logs', sink: { sink: 'drop' } }, targets: { operators: [{ op: 'where' }] } });
});

test('mistakes in KQL are placed in the document', () => {
  expect(problems(rule('Logs\n| where strlen(Body, 1) > 1\n| invoke drop()'))).toEqual([expect.stringMatching(/^error kql ‹.*strlen/)]);
  expect(problems(rule('Logs\n| invoke drip()'))).toEqual(['error kql ‹drip›']);
  expect(problems(rule('Logs\n| where EventName == "x"'))).toEqual([expect.stringMatching(/^error kql/)]);
  expect(problems(rule('Logs | invoke drop()', "targets: 'nope('\n"))[0]).toMatch(/^error targets/);
});

test('a quick fix of the KQL mends the document', () => {
  const text = rule('Logs\n| invoke dropp()');
  const fix = checkRule(text, language).problems.flatMap((problem) => problem.fixes ?? [])[0]!;
  const mended = fix.edits.toReversed().reduce((now, { start, end, text: by }) => now.slice(0, start) + by + now.slice(end), text);
  expect(checkRule(mended, language).compiled).not.toBeNull();
});

test('what only the engine refuses is an error over the KQL', () => {
  const text = rule('Logs\n| where Body matches regex "(?=x)"\n| invoke drop()');
  const checked = checkRule(text, language);
  expect(checked.compiled).toBeNull();
  expect(checked.document).not.toBeNull();
  expect(checked.problems.some(({ path, severity }) => path[0] === 'kql' && severity === 'error')).toBe(true);
});

test('a document without text is checked in its printed form; a document that does not parse says so', () => {
  expect(checkRule(queryDocument.parse({ name: 'a', kql: 'Logs | invoke drop()' }), language).compiled).not.toBeNull();
  expect(checkRule('name: a\n', language)).toMatchObject({ document: null, compiled: null, problems: [{ code: 'rule/missing-field' }] });
});

test('bare KQL: places are those of the KQL', () => {
  const kql = 'Logs\n| invoke drip()';
  expect(checkKqlRule(kql, 'noise', language).problems.map(({ start, end }) => kql.slice(start, end))).toEqual(['drip']);
  expect(checkKqlRule('Logs | invoke drop()', 'noise', language).compiled).toMatchObject({ name: 'noise' });
});

test('a state machine is checked, too, each guard where it stands', () => {
  const text = `kind: state-machine
name: net
initial: idle
states:
  idle:
    on:
      - { when: 'EventName == "A" and strlen(Body, 1) > 2', to: busy }
      - when: EventName == "B"
        to: nowhere
  busy: {}
`;
  const found = problems(text);
  expect(found).toContain('error states.idle.on.1.to ‹nowhere›');
  expect(found.some((one) => /^error states\.idle\.on\.0\.when ‹.*strlen/.test(one))).toBe(true);
  expect(checkRule(text.replace('nowhere', 'busy').replace(' and strlen(Body, 1) > 2', ''), language).compiled).toMatchObject({ kind: 'state-machine', machine: { initial: 'idle' } });
});

test('what is compiled here, the engine takes', () => {
  for (const kql of ['Logs | where EventName in ("a", "b") | invoke sample(0.1)', 'Spans | where Duration > 1s | invoke route("x")', 'Logs | summarize n = count() by ServiceName, bin(Timestamp, 10s) | invoke to_metric("m")', 'source | invoke redact("email")']) {
    const { compiled } = checkRule(rule(kql), language);
    if (compiled?.kind !== 'query') throw new Error(`${kql} does not compile`);
    expect(createPipeline({ clock: { nowUnixNano: () => 0n, monotonicMs: () => 0 }, resource: {}, recorderBytes: 1, maxGroups: 1 }).replaceRules([{ id: 'a', name: 'a', version: 1, order: 1, plan: compiled.plan }]).ok).toBe(true);
  }
});

test('one check tells all: a wrong field hides no mistake in the KQL, nor one mistake in it another', () => {
  const text = rule('Logs\n| where rand() > 0.5 and strlen(Body, 1) > 1\n| join Spans on TraceId\n| invoke drip()', 'order: soon\nbudgt: 1\ntargets: "nope("\n').replace('name: a', 'name: Not A Name');
  const found = problems(text);
  for (const one of ['name ‹Not A Name›', 'order ‹soon›', 'kql ‹rand›', 'kql ‹join›', 'kql ‹drip›']) expect(found).toContain(`error ${one}`);
  expect(found).toContainEqual(expect.stringMatching(/^error targets/));
  expect(found).toContainEqual(expect.stringMatching(/^error budgt|^error .*‹budgt›/));
  expect(found).toContainEqual(expect.stringMatching(/^error kql ‹.*strlen/));
});

test('a redact rule that asks for a time is warned of records without one; others are not', () => {
  expect(problems(rule('Logs\n| where Timestamp > ago(1h) and EventName == "x"\n| invoke redact("*")'))).toEqual(['warning kql ‹Timestamp›']);
  expect(checkRule(rule('Logs | where Timestamp > ago(1h) | invoke redact("*")'), language).compiled).not.toBeNull();
  for (const fine of ['Logs | where Timestamp > ago(1h) or isnull(Timestamp) | invoke redact("*")', 'Logs | where Timestamp > ago(1h) | invoke drop()', 'Logs | where EventName == "x" | invoke redact("*")']) expect(problems(rule(fine))).toEqual([]);
});

test('a window of a metric that is too long or too short is an error here', () => {
  for (const size of ['7d', '1tick']) expect(problems(rule(`Logs | summarize n = count() by bin(Timestamp, ${size}) | invoke to_metric("m")`))).toEqual([expect.stringMatching(/^error kql/)]);
});
