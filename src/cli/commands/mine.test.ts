// `weir mine` as a person runs it: one line out for each line in, in order, with settled ids.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { temporaryFiles } from '../testing/files.ts';
import { runWeirHere } from '../testing/run-weir-here.ts';
import { jsonLines, runWeir } from '../testing/run-weir.ts';

interface Mined { readonly durableId: string | null; readonly template: string | null; readonly error?: string }

const file = temporaryFiles();
const main = join(import.meta.dirname, '../main.ts');
const users = ['root', 'ann', 'bob', 'carol'];
const input = (count: number): string => Array.from({ length: count }, (_, i) => JSON.stringify({ text: i % 2 === 0 ? `session opened for user ${users[i % 4]!}` : `took ${i} ms`, a: { b: `job ${i} is done` } })).join('\n');

test('ids of early lines are those their templates settled at', async () => {
  const { code, stdout, stderr } = await runWeirHere(['mine', '--input', file('in.jsonl', input(100))]);
  const lines = jsonLines<Mined>(stdout);
  expect([code, lines.length]).toEqual([0, 100]);
  expect(new Set(lines.map(({ template }) => template))).toEqual(new Set(['session opened for user <*>', 'took <*>']));
  expect(new Set(lines.map(({ durableId }) => durableId)).size).toBe(2);
  for (const { durableId } of lines) expect(durableId).toMatch(/^t-[0-9a-f]{16}$/);
  expect(stderr).toMatch(/100 lines, 2 templates, .*lines\/s.*, 0 folded/);
});

test('a dotted path, from standard input, gzipped', async () => {
  const { stdout } = await runWeirHere(['mine', '--text-field', 'a.b'], { input: gzipSync(input(10)) });
  expect(jsonLines<Mined>(stdout).map(({ template }) => template)).toEqual(Array.from({ length: 10 }, () => 'job <*> is done'));
});

test('lines without a text keep their place, and say why', async () => {
  const { code, stdout, stderr } = await runWeirHere(['mine'], { input: '{"text":"up"}\n\n{"text": bad\n[1]\n{"other":1}\n{"text":7}\n{"text":{"msg":"hello"}}\n' });
  expect(jsonLines<Mined>(stdout).map(({ template, error }) => error ?? template)).toEqual(['up', 'blank line', 'not JSON', 'not a JSON object', 'no text in the field', '<*>', '{"msg":"hello"}']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/line 3: not JSON[\s\S]*line 4: not a JSON object[\s\S]*2 that cannot be read; 1 without text in field "text"/);
});

test('a field that no line has, a file that is not there, gzip that is cut off', async () => {
  expect(await runWeirHere(['mine'], { input: '{"message":"a"}\n' })).toMatchObject({ code: 1, stderr: expect.stringContaining('no line has text in field "text": name it with --text-field') });
  expect(await runWeirHere(['mine', '--input', '/nowhere/x.jsonl'])).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no such file') });
  const cut = await runWeirHere(['mine'], { input: gzipSync(input(5000)).subarray(0, 500) });
  expect([cut.code, cut.stderr]).toEqual([2, expect.stringContaining('damaged or cut off')]);
});

test('a pipe that pauses gets what is known so far', async () => {
  const live = spawn(process.execPath, [main, 'mine'], { stdio: 'pipe' });
  let out = '';
  live.stdout.setEncoding('utf8').on('data', (chunk: string) => { out += chunk; });
  live.stdin.write('{"text":"one"}\n');
  await vi.waitFor(() => { expect(out).toContain('"one"'); }, { timeout: 60_000, interval: 100 });
  live.stdin.end('{"text":"two"}\n');
  await vi.waitFor(() => { expect(out).toContain('"two"'); }, { timeout: 60_000, interval: 100 });
  if (live.exitCode === null) await once(live, 'close');
});

test('a million lines in bounded memory', async () => {
  const unit = Array.from({ length: 1000 }, (_, i) => JSON.stringify({ text: `user ${createHash('md5').update(String(i)).digest('hex').replaceAll(/\d/g, 'x')} bought item ${i}` })).join('\n');
  const path = file('many.jsonl', Array.from({ length: 1000 }, () => unit).join('\n'));
  const { code, stderr, stdout } = await runWeir(['mine', '--input', path], { env: { NODE_OPTIONS: '--max-old-space-size=64' } });
  expect([code, stderr]).toEqual([0, expect.stringContaining('1,000,000 lines, 1 template,')]);
  expect(stdout.split('\n').length).toBe(1_000_001);
}, 300_000);
