// Hints at a place of the YAML: `§` marks it in the texts below.
import { expect, test } from 'vitest';
import { redactionPlaces, ruleKinds } from '../../model/index.ts';
import { fieldDocs } from './field-docs.ts';
import { ruleSchema, schemaAt } from './rule-schema.ts';
import { schemaHints } from './schema-hints.ts';

const at = (marked: string) => schemaHints(marked.replace('§', ''), marked.indexOf('§'));
const labels = (marked: string): readonly string[] => at(marked).completions.map(({ label }) => label);

test.each<readonly [string, readonly string[]]>([
  ['name: a\nbud§\n', ['weir', 'kind', 'description', 'location', 'targets', 'order', 'expires', 'budget', 'kql', 'tests']],
  ['location: §', ['in-process', 'on-box', 'off-box']],
  ['location: o§n-box', ['in-process', 'on-box', 'off-box']],
  ['kind: §', ['query', 'state-machine', 'redaction-policy', 'language']],
  ['budget: { c§', ['cpu', 'memory', 'output']],
  ['budget: { cpu: 1%, §', ['memory', 'output']],
  ['budget:\n  cpu: 1%\n  §\nkql: x', ['memory', 'output']],
  ['tests:\n  - name: t\n    §', ['given', 'expect']],
  ['tests:\n- name: t\n  expect:\n    §', ['records', 'metrics', 'matched', 'dropped', 'changed']],
  ['kind: state-machine\ninitial: §\nstates:\n  idle:\n  busy: {}\n', ['idle', 'busy']],
  ['kind: state-machine\nstates:\n  idle:\n    §', ['enter', 'on', 'after']],
  ['kind: state-machine\nstates:\n  idle:\n    on:\n      - { when: x, §', ['count', 'within', 'to']],
  ['kind: state-machine\nstates:\n  idle:\n    on:\n      - when: x\n        to: §', ['idle']],
  ['kind: state-machine\nstates:\n  a:\n    after: { 5m: § }', ['a']],
  ['kind: redaction-policy\nmode: §', ['mask', 'partial', 'hash', 'remove', 'drop']],
  ['kind: redaction-policy\nentries:\n  - key: a\n    §', ['in', 'service', 'detectors', 'do', 'keep', 'reason']],
  ['kind: redaction-policy\nentries:\n  - { key: a, do: §', ['mask', 'partial', 'hash', 'remove', 'drop', 'ignore']],
  ['kind: redaction-policy\nentries:\n  - in: [§', [...redactionPlaces]],
  ['kind: redaction-policy\nsignals: [§', ['logs', 'spans', 'metrics']],
  ['kql: |\n  Logs\n  | wh§', []],
  ['name: a # loc§', []],
])('%j', (marked, expected) => {
  expect(labels(marked)).toEqual(expected);
});

test('a policy knows the names of detectors, of its own patterns and of sensitive keys, and what each is', () => {
  const named = at('kind: redaction-policy\npatterns:\n  - { name: customer, pattern: x+, description: One of ours }\nentries:\n  - detectors: [§]').completions;
  expect(named.find(({ label }) => label === 'customer')?.documentation).toBe('One of ours');
  expect(named.find(({ label }) => label === 'email')?.documentation).toMatch(/\w/);
  expect(named.find(({ label }) => label === '*')?.insertText).toBe("'*'");
  expect(labels('kind: redaction-policy\nexcept: [§]')).toContain('sensitive-key');
  expect(labels('kind: redaction-policy\nentries:\n  - key: §')).toContain('user.email');
  expect(at('kind: redaction-policy\nexcept: [ema§il]').hover?.text).toMatch(/^\*\*email\*\*: /);
});

test('a completion replaces the word at the place', () => {
  const text = 'name: a\nbudg: x';
  const done = schemaHints(text, 10).completions.find(({ label }) => label === 'budget')!;
  expect(text.slice(0, done.start) + done.insertText + text.slice(done.end)).toBe('name: a\nbudget: x');
});

test('hover explains the field and its values', () => {
  expect(at('loca§tion: on-box').hover).toMatchObject({ text: expect.stringMatching(/^\*\*location\*\*: Where it runs.*`in-process`, `on-box`, `off-box`.*When left out: `on-box`/s), start: 0, end: 8 });
  expect(at('budget: { cp§u: 1% }').hover?.text).toMatch(/Share of one core/);
  expect(at('# no§thing').hover).toBeNull();
});

test('every documented field is in the schema, and every field of the schema is documented', () => {
  for (const kind of ruleKinds) {
    for (const path of Object.keys(fieldDocs[kind])) expect([path, schemaAt(kind, path.replaceAll('[]', '.0').split('.').map((step) => (step === '0' ? 0 : step)))?.description]).toEqual([path, fieldDocs[kind][path]!.doc]);
    for (const name of Object.keys(schemaAt(kind, [])!.properties!)) expect([name, fieldDocs[kind][name] !== undefined]).toEqual([name, true]);
  }
  expect(ruleSchema.oneOf).toHaveLength(ruleKinds.length);
});
