// `weir redact` as a person runs it: the real program over real input. Secrets are put together here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFiles } from '../testing/files.ts';
import { runWeirHere } from '../testing/run-weir-here.ts';
import { jsonLines, runWeir, startWeir } from '../testing/run-weir.ts';
import { byteLines, type ByteLine } from './byte-lines.ts';
import { leavesOf } from './redact-field.ts';
import { redactLine } from './redact-line.ts';

const file = temporaryFiles();
const main = join(import.meta.dirname, '../main.ts');
const mail = ['ann.b', 'shop.example'].join('@');
const bullets = '\u2022'.repeat(4);

test('each line comes with its findings, by offset into the text as it came; all else stays as it was written', async () => {
  const input = `{"id":12345678901234567890,"text":"h\u00fc \u{1f600} to ${mail} ok","z":1.50}\n\n{"other":1}\n{"text":"none\u2028here"}`;
  const { code, stdout, stderr } = await runWeirHere(['redact', '--input', file('in.jsonl', input)]);
  const lines = stdout.trimEnd().split('\n');
  expect([code, lines.length]).toEqual([0, 3]);
  expect(lines[0]).toBe(`{"id":12345678901234567890,"text":"h\u00fc \u{1f600} to ${bullets} ok","z":1.50,"findings":[{"start":9,"end":${9 + mail.length},"detector":"email","confidence":0.95}]}`);
  expect(lines.slice(1)).toEqual(['{"other":1,"findings":[]}', '{"text":"none\u2028here","findings":[]}']);
  expect(stderr).toContain('1 found in 1 (email 1)');
});

test('a dotted path, from standard input, by other means', async () => {
  const { stdout } = await runWeirHere(['redact', '--text-field', 'a.b', '--mode', 'remove', '--detectors', 'email'], { input: `{"a":{"b":"to ${mail}!","c":"${mail}"}}\n` });
  expect(jsonLines(stdout)).toMatchObject([{ a: { b: 'to !', c: mail }, findings: [{ start: 3, end: 3 + mail.length }] }]);
});

test('a line that is no JSON is named and never printed; the others are, and the code says so', async () => {
  const { code, stdout, stderr } = await runWeir(['redact'], { input: `{"text":"a"}\n{"text": ${mail}\n[1]\n{"text":"b"}\n` });
  expect([code, jsonLines(stdout).length]).toEqual([1, 2]);
  expect(stderr).toMatch(/line 2: not JSON[\s\S]*line 3: not a JSON object[\s\S]*2 that cannot be read/);
  expect(stdout + stderr).not.toContain(mail);
});

test('a field that no line has is told, for nothing was looked at; one that some lack is counted', async () => {
  const wrong = await runWeirHere(['redact'], { input: `{"message":"to ${mail}"}\n{"message":"b"}\n` });
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('no line has text in field "text", so nothing was looked at') });
  const some = await runWeirHere(['redact'], { input: `{"text":"to ${mail}"}\n{"message":"b"}\n` });
  expect(some).toMatchObject({ code: 0, stderr: expect.stringContaining('1 without text in field "text"') });
});

test('all fields: every text in the line, nested and in lists, and numbers that are cards; findings name their field', async () => {
  const card = 4_111_111_111_111_111;
  const input = `{"id":12345678901234567890,"ts":1700000000,"text":"to ${mail}","user":{"email":"${mail}","n":"x"},"tags":["a","${mail}"],"card":${card},"findings":["${mail}"]}\n`;
  const { code, stdout, stderr } = await runWeirHere(['redact', '--all-fields'], { input });
  expect(code).toBe(0);
  expect(stdout).toContain(`{"id":12345678901234567890,"ts":1700000000,"text":"to ${bullets}","user":{"email":"${bullets}","n":"x"},"tags":["a","${bullets}"],"card":"${bullets}","findings":[{"field":"text","start":3,`);
  expect(jsonLines<{ findings: { field: string }[] }>(stdout)[0]?.findings.map(({ field }) => field)).toEqual(['text', 'user.email', 'tags', 'card']);
  expect(stdout).not.toContain(mail);
  expect(stderr).not.toContain('--all-fields');
});

test('secrets in fields that were not looked at are told once, by the fields and never by what is in them', async () => {
  const { code, stdout, stderr } = await runWeirHere(['redact'], { input: `{"text":"a","user":{"email":"${mail}"}}\n{"text":"to ${mail}","x.y":"${mail}"}\n{"text":"b","id":"7"}\n` });
  expect([code, jsonLines(stdout).length]).toEqual([0, 3]);
  expect(stderr).toContain('weir: 2 lines have secrets in fields that were not looked at: user.email, x.y; use --all-fields.\n');
  expect(stderr).not.toContain(mail);
  const named = await runWeirHere(['redact', '--text-field', 'message'], { input: `{"message":"to ${mail}","${mail}":"${mail}"}\n` });
  expect(named.stderr).toContain(`1 line has secrets in fields that were not looked at: ${bullets}; use --all-fields.`);
});

test('an unknown detector and a missing file are told', async () => {
  expect(await runWeirHere(['redact', '--detectors', 'tarot'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('tarot') });
  expect(await runWeirHere(['redact', '--input', file('there.jsonl', '') + '.none'])).toMatchObject({ code: 2, stderr: expect.stringContaining('no such file') });
});

test('CRLF, empty lines, a byte order mark and no line feed at the end are no trouble', async () => {
  const { code, stdout, stderr } = await runWeirHere(['redact'], { input: `\uFEFF{"text":"a"}\r\n\r\n  \n{"text":"to ${mail}"}\r\n\n{"text":"c"}` });
  expect([code, stdout.split('\n')]).toEqual([0, ['{"text":"a","findings":[]}', expect.stringContaining(`"text":"to ${bullets}","findings":[{"start":3,`) as string, '{"text":"c","findings":[]}', '']]);
  expect(stderr).toContain('3 lines');
});

test('bytes that are no UTF-8, and surrogates without their other half, stay in their place', async () => {
  const input = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from(` ${mail}"}\n{"text":"\\ud83d x \\ude00 ${mail} \u{1f600}"}\n`)]);
  const { code, stdout } = await runWeirHere(['redact'], { input });
  const lines = jsonLines<{ text: string; findings: { start: number; end: number }[] }>(stdout);
  expect(code).toBe(0);
  expect(lines.map(({ findings }) => findings.map(({ start, end }) => [start, end]))).toEqual([[[4, 4 + mail.length]], [[6, 6 + mail.length]]]);
  expect(lines[0]?.text).toBe(`\uFFFD\uFFFD( ${bullets}`);
  expect(lines[1]?.text.endsWith(`${bullets} \u{1f600}`)).toBe(true);
  expect(stdout).not.toContain(mail);
});

test('a reader that leaves early ends it quietly', async () => {
  const child = startWeir(['redact'], { input: `{"text":"to ${mail}"}\n`.repeat(200_000) });
  const stderr: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => { stderr.push(chunk); });
  child.stdout?.once('data', () => { child.stdout?.destroy(); });
  await new Promise((resolve) => { child.once('close', resolve); });
  expect(stderr.join('')).not.toMatch(/EPIPE|Error|at /);
});

/** Chunks of `size` bytes, as many as are asked for; counts them. */
function source(size: number, most: number): { readonly chunks: AsyncIterable<Uint8Array>; readonly taken: number } {
  const of = { taken: 0 };
  const chunks = (async function* () { for (; of.taken < most; of.taken++) yield new Uint8Array(size).fill(0x61); })();
  return { chunks, get taken() { return of.taken; } };
}

test('a line that is too long is told and passed over, held only to the bound; those around it are read', async () => {
  const bound = 1000;
  const text = (of: string) => Buffer.from(of);
  const { chunks } = source(400, 50);
  const lines: ByteLine[] = [];
  for await (const batch of byteLines((async function* () { yield text('one\n'); yield* chunks; yield text('\nthree'); })(), bound)) lines.push(...batch);
  expect(lines).toEqual([{ number: 1, text: 'one' }, { number: 2, text: null }, { number: 3, text: 'three' }]);
});

test('nothing more is read while nobody takes what was', async () => {
  const of = source(100, 1000);
  const lines = byteLines((async function* () { for await (const chunk of of.chunks) { yield chunk; yield Uint8Array.of(0x0a); } })(), 1000);
  await lines.next();
  await lines.next();
  await new Promise((resolve) => { setImmediate(resolve); });
  expect(of.taken).toBeLessThanOrEqual(3);
});

test('an output that is not read holds the input back', async () => {
  const paused = spawn(process.execPath, [main, 'redact'], { stdio: 'pipe' });
  const line = `{"text":"to ${mail}","pad":"${'x'.repeat(4000)}"}\n`;
  let written = 0;
  // What pipes and streams hold between them is far less than all of it.
  const most = 64 * 1024 * 1024;
  while (written < most) {
    const block = line.repeat(64);
    if (!paused.stdin.write(block) && !await drained(paused.stdin)) break;
    written += block.length;
  }
  expect(written).toBeLessThan(most / 4);
  paused.stdout.destroy();
  paused.stdin.destroy();
  await new Promise((resolve) => { paused.once('close', resolve); });
});

/** False when nobody reads for a while. */
const drained = (stream: Writable): Promise<boolean> => Promise.race([once(stream, 'drain').then(() => true), setTimeout(3000, false)]);

const shout = (text: string) => ({ text: text.toUpperCase(), whole: 'keep' as const, findings: [{ start: 0, end: 1, detector: 'x', confidence: 1 }] });

test('the leaves of a line, by the keys to them, however deep', () => {
  const paths = (line: string) => leavesOf(line).map(({ path, start, end }) => [path, line.slice(start, end)]);
  expect(paths('{ "a" : 1 , "b.c":{"d":["x",{"e":"y\\"]"},[null]],"f":{}} ,"g":"h"}')).toEqual([['a', '1'], ['b.c.d', '"x"'], ['b.c.d.e', '"y\\"]"'], ['b.c.d', 'null'], ['g', '"h"']]);
  const deep = 50_000;
  expect(leavesOf(`${'{"a":['.repeat(deep)}"x"${']}'.repeat(deep)}`)).toHaveLength(1);
});

test('keys that repeat, keys with dots, fields of that name that came along', () => {
  const line = (text: string, path: string): string => { const result = redactLine(text, path, shout); return 'line' in result ? result.line : ''; };
  const added = '[{"start":0,"end":1,"detector":"x","confidence":1}]';
  expect(line('{"text":"a","text":"b"}', 'text')).toBe(`{"text":"A","text":"B","findings":${added}}`);
  expect(line('{ "http.url" : "a" , "http" : {"url":"b"} }', 'http.url')).toBe(`{ "http.url" : "A" , "http" : {"url":"B"},"findings":${added}}`);
  expect(line('{"findings":7,"te\\u0078t":"a\\"{"}', 'text')).toBe(`{"findings":${added},"te\\u0078t":"A\\"{"}`);
  expect(line('{}', 'text')).toBe('{"findings":[]}');
});
