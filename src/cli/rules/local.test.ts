// `weir rules validate` and `weir rules test` as a person and a CI system run them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFiles } from '../testing/files.ts';
import { runWeirHere } from '../testing/run-weir-here.ts';
import { runWeir } from '../testing/run-weir.ts';

const file = temporaryFiles();
const root = dirname(file('x', ''));
/** A folder of rule files. */
function folder(name: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(join(root, name), { recursive: true });
  for (const [path, text] of Object.entries(files)) { mkdirSync(dirname(join(root, name, path)), { recursive: true }); file(join(name, path), text); }
  return join(root, name);
}

const launches = `name: launch-rate
order: 200
kql: |
  Logs
  | where EventName == "LogLaunch"
  | summarize n = count() by ServiceName, bin(Timestamp, 10s)
  | invoke to_metric("app.launches")
tests:
  - name: launches become a metric
    given: [{ EventName: LogLaunch, ServiceName: web }, { EventName: LogLaunch, ServiceName: web }, { EventName: Other }]
    expect: { records: [{ EventName: Other }], metrics: [{ name: app.launches, value: 2 }] }
`;

test('valid rules: a tick each, conflicts noted, code 0; hidden folders and other files are left alone', async () => {
  const dir = folder('good', { 'a/launches.yaml': launches, 'drop-launch.kql': 'Logs | where EventName startswith "LogLaunch" | invoke drop()\n', '.hidden/bad.yaml': 'nope', 'notes.txt': 'nope' });
  const { code, stdout, stderr } = await runWeirHere(['rules', 'validate', dir]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(`✓ ${dir}/a/launches.yaml  launch-rate (Logs, to_metric)\n✓ ${dir}/drop-launch.kql  drop-launch (Logs, drop)\n! launch-rate never sees a record: drop-launch, which runs before it, drops them all.\n2 rules, all valid.\n`);
});

test('mistakes: carets in the YAML, code 1, and the same as JSON with lines and columns', async () => {
  const dir = folder('bad', { 'bad.yaml': 'name: bad\nkql: |\n  Logs\n  | where strlen(Body, 1) > 1\n  | invoke drop()\n', 'typo.yaml': 'name: typo\nbudgt: 1\nkql: Logs | invoke drop()\n' });
  const { code, stdout } = await runWeir(['rules', 'validate', dir]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ .*bad\.yaml {2}bad\n\n.*bad\.yaml:4:\d+: error: .*\n {3}4 \| {3}\| where strlen\(Body, 1\) > 1\n {5}\| +\^+\n/);
  expect(stdout).toContain('typo.yaml:2:1: error: There is no field "budgt" in a rule of kind query. Did you mean budget?\n   2 | budgt: 1\n     | ^^^^^\n');
  expect(stdout).toMatch(/2 rules, 2 with errors\.\n$/);
  const json = await runWeirHere(['rules', 'validate', dir, '--json']);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, rules: [{ name: 'bad', ok: false, problems: [{ severity: 'error', line: 4, path: ['kql'] }] }, { name: null, problems: [{ code: 'rule/unknown-field', line: 2, column: 1 }, { code: 'weir/drops-all', severity: 'warning', line: 3 }] }] });
});

test('two files of one name, a literal of a megabyte, an endless pattern', async () => {
  const same = await runWeirHere(['rules', 'validate', folder('same', { 'a.yaml': launches, 'b.yaml': launches })]);
  expect([same.code, same.stdout]).toEqual([1, expect.stringContaining('are both called launch-rate; names are unique.')]);
  const large = await runWeirHere(['rules', 'validate', folder('large', { 'big.yaml': `name: big\nkql: Logs | where Body == "${'x'.repeat(1 << 20)}" | invoke drop()\n`, 'long.yaml': `name: long\nkql: Logs | where Body == "${'x'.repeat(100_000)}" | invoke drop()\n`, 'pattern.yaml': 'name: pattern\nkql: Logs | where Body matches regex "(a+)+(?=b)" | invoke drop()\n' })]);
  expect(large.code).toBe(1);
  expect(large.stdout).toMatch(/big\.yaml:1:1: error: The file is larger than 1024 KiB, so it was not read\./);
  expect(large.stdout).toMatch(/long\.yaml:2:6: error: KQL of more than 64,000 characters is refused/);
  expect(large.stdout).toMatch(/pattern\.yaml:2:\d+: error: /);
  for (const line of large.stdout.split('\n')) expect(line.length).toBeLessThan(400);
});

test('what cannot be read is code 2', async () => {
  expect(await runWeirHere(['rules', 'validate', '/nonexistent'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Cannot read /nonexistent') });
  expect(await runWeirHere(['rules', 'test', folder('empty', { 'x.txt': '' })])).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no rule file') });
});

test('tests: ticks, differences and counts; a JUnit file beside them', async () => {
  const failing = launches.replace('launch-rate', 'failing').replace('value: 2', 'value: 3');
  const dir = folder('tests', { 'a.yaml': launches, 'b.yaml': failing, 'c.kql': 'Logs | invoke drop()', 'd.yaml': 'name: d\nkql: Logs\n' });
  const report = join(root, 'junit.xml');
  const { code, stdout } = await runWeir(['rules', 'test', dir, '--junit', report]);
  expect(code).toBe(1);
  const shown = stdout.replaceAll(/\d+\.\d ms/g, 'N ms').replaceAll(`${dir}/`, '');
  expect(shown).toMatch(/^launch-rate {2}a\.yaml\n {2}✓ launches become a metric \(N ms\)\n\nfailing {2}b\.yaml\n {2}✗ launches become a metric \(N ms\)\n {6}no data point \{name: "app\.launches", value: 3\} came out\n {8}came {5}\{name: "app\.launches", value: 2, .*\}\n\nc {2}c\.kql\n {2}has no tests\n\nd {2}d\.yaml\n {2}✗ is a valid rule\n/);
  expect(shown).toMatch(/\n4 rules, 3 tests, 1 passed, 2 failed, 1 without tests\.\n$/);
  expect(readFileSync(report, 'utf8')).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="weir rules" tests="3" failures="2"/);
  expect(await runWeirHere(['rules', 'test', join(dir, 'a.yaml'), join(dir, 'c.kql')])).toMatchObject({ code: 0, stdout: expect.stringMatching(/2 rules, 1 test, 1 passed, 1 without tests\.\n$/) });
});

test.each([
  ['latin-1', Buffer.from('name: a\ndescription: caf\xe9\nkql: Logs | invoke drop()\n', 'latin1'), 'The file is not UTF-8, so it was not read.'],
  ['UTF-16', Buffer.from('\ufeffname: a\nkql: Logs | invoke drop()\n', 'utf16le'), 'The file is not UTF-8 but UTF-16, so it was not read.'],
])('a file in %s is refused for what it is', async (name, bytes, message) => {
  const dir = folder(name, {});
  writeFileSync(join(dir, 'odd.yaml'), bytes);
  const { code, stdout } = await runWeirHere(['rules', 'validate', dir]);
  expect([code, stdout]).toEqual([1, expect.stringContaining(message)]);
  expect(stdout).toContain('Save it as UTF-8');
});

test('a redaction policy is validated and its tests run like a rule', async () => {
  const text = readFileSync(new URL('../../rules/testing/example-policy.yaml', import.meta.url), 'utf8');
  const dir = folder('policy', { 'privacy.yaml': text });
  expect((await runWeirHere(['rules', 'validate', dir])).stdout).toBe(`✓ ${dir}/privacy.yaml  shop-privacy (redaction policy, mask, 6 entries)\n1 rule, valid.\n`);
  const tested = await runWeirHere(['rules', 'test', dir]);
  expect([tested.code, tested.stdout]).toEqual([0, expect.stringMatching(/3 tests, 3 passed/)]);
  const wrong = folder('bad-policy', { 'p.yaml': 'kind: redaction-policy\nname: p\nentries:\n  - key: a\n    do: ignore\n' });
  const refused = await runWeirHere(['rules', 'validate', wrong]);
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/p\.yaml:5:9: error: Entry 1 ignores without a reason\.\n.*do: ignore\n.*\^{6}/);
});

test('a language rule: its script is loaded, and its tests run in the sandbox', async () => {
  const script = 'kind: language\nname: deep\nwhen: EventName == "QueueDepth"\njavascript: |\n  function onRecord(record, weir) {\n    if (record.Attributes.depth > 5) weir.emit({ EventName: "deep" });\n  }\n';
  const dir = folder('scripts', { 'deep.yaml': `${script}tests:\n  - name: above five\n    given: [{ EventName: QueueDepth, depth: 6 }, { EventName: QueueDepth, depth: 2 }]\n    expect: { records: [{ EventName: deep }] }\n` });
  expect(await runWeirHere(['rules', 'validate', dir])).toMatchObject({ code: 0, stdout: `✓ ${dir}/deep.yaml  deep (JavaScript, logs)\n1 rule, valid.\n` });
  expect(await runWeirHere(['rules', 'test', dir])).toMatchObject({ code: 0, stdout: expect.stringContaining('1 rule, 1 test, 1 passed.') });
  const wrong = folder('wrong-script', { 'deep.yaml': script.replace('(record, weir) {', '(record, weir {') });
  expect(await runWeirHere(['rules', 'validate', wrong])).toMatchObject({ code: 1, stdout: expect.stringMatching(/deep\.yaml:5:\d+/) });
});
