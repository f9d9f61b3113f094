// Edits: the value is set, and not one other byte moves.
import fc from 'fast-check';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { editRule } from './edit-rule.ts';
import { newPolicyText } from './new-policy.ts';
import { parseRule } from './parse-rule.ts';
import type { RulePath } from '../types.ts';

const rule = `# head
weir: 1   # version
name: a      # aligned
order:   5
budget: {cpu: 1%,   memory: 2MiB} # b

# about kql
kql: |  # why
    Logs
    | where x


states:
    idle:   # first
      on:
        - when: x == 1   # guard
          to: busy
        - {when: 'y', to: idle}
    busy: {}
tests:
- name: t # c
  given:
  - {EventName: x}
  expect: {matched: 1}
# end
`;
const edited = (path: RulePath, value: unknown, text = rule): string => { const done = editRule(text, [{ path, value }]); if (!done.ok) throw new Error(done.error.message); return done.value; };
/** The one stretch of lines that changed, as a diff. */
function diff(before: string, after: string): string {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [...a.slice(start, a.length - end).map((line) => `-${line}`), ...b.slice(start, b.length - end).map((line) => `+${line}`)].join('\n');
}

const cases: readonly (readonly [path: RulePath, value: unknown, diff: string])[] = [
  [['order'], 7, '-order:   5\n+order:   7'],
  [['order'], 5, ''],
  [['name'], 'b-2', '-name: a      # aligned\n+name: b-2      # aligned'],
  [['kql'], 'Logs\n| where y\n\n| invoke drop()', '-    | where x\n+    | where y\n+\n+    | invoke drop()'],
  [['kql'], 'Logs\n| where x', ''],
  [['description'], 'hello: world', "+description: 'hello: world'"],
  [['description'], 'two\nlines', '+description: |-\n+  two\n+  lines'],
  [['targets'], 'ServiceName == "a"', '+targets: ServiceName == "a"'],
  [['budget', 'output'], '5/s', '-budget: {cpu: 1%,   memory: 2MiB} # b\n+budget: {cpu: 1%,   memory: 2MiB, output: 5/s} # b'],
  [['budget', 'cpu'], undefined, '-budget: {cpu: 1%,   memory: 2MiB} # b\n+budget: {memory: 2MiB} # b'],
  [['budget', 'cpu'], '10%', '-budget: {cpu: 1%,   memory: 2MiB} # b\n+budget: {cpu: 10%,   memory: 2MiB} # b'],
  [['budget'], undefined, '-budget: {cpu: 1%,   memory: 2MiB} # b'],
  [['nothing'], undefined, ''],
  [['expires'], '7d', '+expires: 7d'],
  [['states', 'idle', 'on', 0, 'to'], 'idle', '-          to: busy\n+          to: idle'],
  [['states', 'idle', 'on', 0, 'when'], 'x == "2"', '-        - when: x == 1   # guard\n+        - when: x == "2"   # guard'],
  [['states', 'idle', 'on', 0, 'count'], 5, '+          count: 5'],
  [['states', 'idle', 'on', 1, 'within'], '30s', "-        - {when: 'y', to: idle}\n+        - {when: 'y', to: idle, within: 30s}"],
  [['states', 'idle', 'on', 1, 'when'], "it's", "-        - {when: 'y', to: idle}\n+        - {when: 'it''s', to: idle}"],
  [['states', 'idle', 'on', 2], { when: 'z', to: 'idle' }, '+        - { when: z, to: idle }'],
  [['states', 'idle', 'on', 0], undefined, '-        - when: x == 1   # guard\n-          to: busy'],
  [['states', 'idle', 'on', 1], undefined, "-        - {when: 'y', to: idle}"],
  [['states', 'idle', 'on', 0, 'when'], undefined, '-        - when: x == 1   # guard\n-          to: busy\n+        - to: busy'],
  [['states', 'busy', 'after'], { '5m': 'idle' }, '-    busy: {}\n+    busy: { after: { 5m: idle } }'],
  [['states', 'stuck'], { enter: [{ action: 'cpu-sample' }] }, '+    stuck:\n+      enter:\n+        - { action: cpu-sample }'],
  [['tests', 0], undefined, '-tests:\n-- name: t # c\n-  given:\n-  - {EventName: x}\n-  expect: {matched: 1}\n+tests: []'],
  [['tests', 0, 'given', 1], { EventName: 'y', Attributes: { a: 1 } }, '+  - { EventName: y, Attributes: { a: 1 } }'],
  [['layout', 'idle'], { x: 1, y: 2 }, '+layout: { idle: { x: 1, y: 2 } }'],
];
test.each(cases)('%j = %j', (path, value, expected) => {
  expect(diff(rule, edited(path, value))).toBe(expected);
});

test('several edits are made one after another', () => {
  const done = editRule(rule, [{ path: ['order'], value: 1 }, { path: ['order'], value: undefined }, { path: ['states', 'idle', 'on', 1], value: undefined }, { path: ['states', 'idle', 'on', 0, 'to'], value: 'idle' }]);
  expect(parse((done as { value: string }).value)).toMatchObject({ states: { idle: { on: [{ when: 'x == 1', to: 'idle' }] } } });
});

test('text with syntax errors is refused, and so is a path through a value', () => {
  expect(editRule('a: [1\nb: 2', [{ path: ['a'], value: 1 }])).toMatchObject({ ok: false, error: { code: 'rule.syntax' } });
  expect(editRule(rule, [{ path: ['name', 'x'], value: 1 }])).toMatchObject({ ok: false, error: { code: 'rule.no-place' } });
  expect(editRule(rule, [{ path: ['tests', 5], value: {} }])).toMatchObject({ ok: false, error: { code: 'rule.no-place' } });
});

test('a value that an alias elsewhere stands for is not taken away from it', () => {
  expect(editRule('name: &n a\ndescription: *n\n', [{ path: ['name'], value: 'b' }])).toMatchObject({ ok: false, error: { code: 'rule.anchor' } });
});

test.each([
  ['budget:\nname: a\n', ['budget', 'cpu'], 'two\nlines'],
  ['budget: # mine\nname: a\n', ['budget', 'cpu'], 'two\nlines'],
  ['states:\n  idle:\n  busy: {}\n', ['states', 'idle', 'on', 0, 'when'], 'x\n== 1\n'],
  ['a: {b: , c: 1}\n', ['a', 'b', 'd'], 'two\nlines'],
] as const)('an empty field is filled with text of several lines: %j', (text, path, value) => {
  const after = edited(path, value, text);
  expect(path.reduce<unknown>((node, step) => (node as Record<string | number, unknown>)[step], parse(after))).toBe(value);
  for (const [comment] of text.matchAll(/# \w+/g)) expect(after).toContain(comment);
});

test.each(['  Logs\n| take 1', '\n  Logs\n| take 1', '\n\nLogs', '\tLogs'])('KQL that begins with white space keeps the comment of its header: %j', (kql) => {
  for (const header of ['|- # note', '| # note', '|2- # note']) {
    const text = `name: a\nkql: ${header}\n  Logs\n  | take 2\n\norder: 5 # o\n`;
    const after = edited(['kql'], kql, text);
    expect((parse(after) as { kql: string }).kql.trimEnd()).toBe(kql);
    expect(after).toContain('# note\n');
    expect(after).toContain('\n\norder: 5 # o\n');
    expect(parse(edited(['kql'], 'Logs', after))).toMatchObject({ kql: expect.stringMatching(/^Logs\n?$/) });
  }
});

test('entries with bare brackets stay as they are', () => {
  const text = 'name: a # x\nkey: [ServiceName, Attributes["queue.name"]]   # per queue\norder: 5\n';
  expect(diff(text, edited(['order'], 6, text))).toBe('-order: 5\n+order: 6');
  expect(diff(text, edited(['key', 0], 'Resource["host.name"]', text))).toMatch(/Attributes\["queue\.name"\]\s*\]\s+# per queue/);
});

// Whatever is edited in whatever layout, the value is set and every comment is still there.
const keys = fc.constantFrom('name', 'order', 'kql', 'budget', 'description', 'states', 'tests', 'layout', 'x');
const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.constantFrom('', 'a', 'a: b', '# c', "it's", '- x', 'two\nlines', 'two\nlines\n', '{', 'null', '5', ' lead', 'é "q"'));
const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(fc.constantFrom('a', 'b', 'c'), leaf, { maxKeys: 3 }), fc.constant(undefined));
const path = fc.oneof(fc.tuple(keys), fc.tuple(keys, fc.constantFrom<string | number>('a', 'b', 'idle', 'cpu', 0, 1)), fc.constantFrom<RulePath>(['states', 'idle', 'on', 0, 'to'], ['states', 'idle', 'on', 1], ['tests', 0, 'given', 0, 'EventName'], ['tests', 0, 'expect']));
test('any edit sets its value, reads back, and keeps the comments of what it did not replace', () => {
  fc.assert(fc.property(fc.array(fc.record({ path: path as fc.Arbitrary<RulePath>, value }), { minLength: 1, maxLength: 4 }), (edits) => {
    let text = rule;
    for (const edit of edits) {
      const done = editRule(text, [edit]);
      if (!done.ok) { expect(done.error.code).toBe('rule.no-place'); continue; }
      text = done.value;
      const at = edit.path.reduce<unknown>((node, step) => (node === null || node === undefined ? undefined : (node as Record<string | number, unknown>)[step]), parse(text));
      const wanted = edit.path.length === 1 && edit.path[0] === 'kql' && typeof edit.value === 'string' ? edit.value.trimEnd() : edit.value;
      const came = edit.path.length === 1 && edit.path[0] === 'kql' && typeof at === 'string' ? at.trimEnd() : at;
      if (typeof edit.path.at(-1) !== 'number' || edit.value !== undefined) expect(came).toEqual(wanted);
      for (const comment of ['# head', '# version', '# about kql', '# end']) expect(text).toContain(comment);
    }
  }), { numRuns: 500 });
});

test('a file with CR LF keeps its line ends, whatever is edited; so does one with line feeds', () => {
  const windows = rule.replaceAll('\n', '\r\n');
  for (const [path, value] of [...cases, [['kql'], 'Logs\r\n| where z\r\n| invoke drop()', '']] as const) {
    const after = edited(path, value, windows);
    expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(after).toBe(edited(path, value).replaceAll('\n', '\r\n'));
  }
  expect(edited(['order'], 5, windows)).toBe(windows);
  expect(editRule(windows, [{ path: ['name'], rename: 'title' }])).toMatchObject({ ok: true, value: windows.replace('name: a', 'title: a') });
});

test('a policy is edited in place: comments stay, new fields come where they are printed', () => {
  const text = newPolicyText('mine');
  const edited = editRule(text, [{ path: ['mode'], value: 'hash' }, { path: ['entries', 2], value: { key: 'note', do: 'mask' } }, { path: ['except'], value: ['ipv4'] }]);
  if (!edited.ok) throw new Error(edited.error.message);
  expect(edited.value.split('\n').filter((line) => line.startsWith('#'))).toEqual(text.split('\n').filter((line) => line.startsWith('#')));
  expect(parseRule(edited.value).document).toMatchObject({ mode: 'hash', except: ['ipv4'], entries: [{ do: 'hash' }, { do: 'remove' }, { key: 'note', do: 'mask' }] });
  expect(edited.value.indexOf('\nexcept:')).toBeLessThan(edited.value.indexOf('\nsensitiveKeys:'));
});
