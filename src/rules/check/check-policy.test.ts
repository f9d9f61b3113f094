// What is wrong with a policy, and where in its text that stands.
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { KqlLanguage } from '../../kql/index.ts';
import { newPolicyText, parseRule, printRule } from '../document/index.ts';
import { languageForTests } from '../testing/language-for-tests.ts';
import { runTests } from '../tests/index.ts';
import { checkRule } from './check-rule.ts';

let language: KqlLanguage;
beforeAll(async () => { language = await languageForTests(); }, 60_000);

const example = readFileSync(new URL('../testing/example-policy.yaml', import.meta.url), 'utf8');
const policy = (more: string): string => `kind: redaction-policy\nname: mine\n${more}\n`;
/** `severity code ‹text›` of each problem. */
const problems = (text: string): readonly string[] => checkRule(text, language).problems.map(({ severity, code, start, end }) => `${severity} ${code} ‹${text.slice(start, end)}›`);

test('the example and a new policy are valid, and their tests pass', async () => {
  for (const text of [example, newPolicyText('fresh')]) {
    const { document, compiled, problems: found } = checkRule(text, language);
    expect(found).toEqual([]);
    expect(compiled).toMatchObject({ kind: 'redaction-policy', policy: { mode: 'mask' } });
    expect((await runTests(compiled!, document!.tests)).results.map(({ ok, failures }) => [ok, failures])).toEqual(document!.tests!.map(() => [true, []]));
  }
});

test('what is printed is read as the same document, defaults left out', () => {
  const { document } = parseRule(example);
  expect(parseRule(printRule(document!)).document).toEqual(document);
  const least = parseRule(policy('')).document!;
  expect(printRule(least)).toBe('weir: 1\nkind: redaction-policy\nname: mine\n');
  expect(least).toMatchObject({ mode: 'mask', detectors: ['*'], sensitiveKeys: true, annotate: 'silent', entries: [] });
});

test.each([
  ['detectors: [emial]', ['error policy/unknown-detector ‹emial›']],
  ['except: [ipv5]', ['error policy/unknown-detector ‹ipv5›']],
  ['entries:\n  - { detectors: [email, nobody], do: mask }', ['error policy/unknown-detector ‹nobody›']],
  ['patterns: [{ name: mine, pattern: "x+" }]\nentries: [{ detectors: [mine], do: mask }]', []],
  ['patterns: [{ name: email, pattern: "x+" }]', ['error policy/pattern-name ‹email›']],
  ['patterns: [{ name: a, pattern: "(?=x)" }]', ['error policy/pattern ‹"(?=x)"›']],
  ['patterns: [{ name: a, pattern: "((x{900}){900})y" }]', ['error policy/pattern ‹"((x{900}){900})y"›']],
  ['entries:\n  - key: a\n    do: ignore', ['error policy/no-reason ‹ignore›']],
  ['entries:\n  - { key: a, do: mask, keep: 3 }', ['warning policy/keep ‹3›']],
  ['keep: 3', ['warning policy/keep ‹3›']],
  ['entries:\n  - { key: user.*, do: mask }\n  - { key: user.id, do: hash }', ['warning policy/never-fits ‹{ key: user.id, do: hash }›']],
  ['entries:\n  - { key: user.*, do: mask, service: a }\n  - { key: user.id, do: hash }', []],
  ['entries:\n  - { key: user.*, detectors: [email], do: mask }\n  - { key: user.id, do: hash }', []],
  ['entries:\n  - { in: [body], do: mask }\n  - { in: [body, attribute], do: hash }', []],
  ['entries:\n  - { do: ignore, reason: x }', ['warning policy/ignores-all ‹{ do: ignore, reason: x }›']],
  ['entries:\n  - { key: geo.postal_code, detectors: [email], do: ignore, reason: x }', ['hint policy/sensitive-stays ‹{ key: geo.postal_code, detectors: [email], do: ignore, reason: x }›']],
  ['allow: [{ keys: [http.route], in: [body] }]', ['warning policy/allows-nothing ‹[http.route]›']],
  ['allow: [{ keys: ["*"] }]', ['warning policy/allows-all ‹["*"]›']],
  ['except: ["*"]\nsensitiveKeys: false', ['warning policy/does-nothing ‹["*"]›']],
  ['targets: nope(', [expect.stringMatching(/^error /)]],
  ['mode: masc', ['error rule/value ‹masc›']],
  ['entries:\n  - { key: a, doo: mask }', ['error rule/missing-field ‹{ key: a, doo: mask }›', 'error rule/unknown-field ‹doo›']],
])('%s', (more, expected) => {
  const found = problems(policy(more));
  expect(found).toEqual(expected);
  expect(checkRule(policy(more), language).compiled === null).toBe(found.some((one) => one.startsWith('error')));
});

test('a misspelt detector comes with a fix that mends the text', () => {
  const text = policy('detectors: [emial]');
  const [fix] = checkRule(text, language).problems[0]!.fixes!;
  const { start, end, text: by } = fix!.edits[0]!;
  expect(text.slice(0, start) + by + text.slice(end)).toContain('detectors: [email]');
});

test('an end is said to be the end of hiding, for a policy and for a rule that redacts', () => {
  expect(problems(policy('expires: 7d'))).toContainEqual(expect.stringContaining('warning weir/redaction-ends ‹7d›'));
  expect(problems('name: q\nexpires: 1h\nkql: Logs | invoke redact("email")\n')).toContainEqual(expect.stringContaining('warning weir/redaction-ends ‹1h›'));
  expect(problems('name: q\nexpires: 1h\nkql: Logs | invoke drop()\n').join()).not.toContain('redaction-ends');
});
