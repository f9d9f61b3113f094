// `weir redact` as a person runs it: the real program over real input. Secrets are put together here.
import { expect, test } from 'vitest';
import { temporaryFiles } from '../testing/files.ts';
import { jsonLines, runWeir } from '../testing/run-weir.ts';
import { redactLine } from './redact-line.ts';

const file = temporaryFiles();
const mail = ['ann.b', 'shop.example'].join('@');
const bullets = '\u2022'.repeat(4);

test('each line comes with its findings, by offset into the text as it came; all else stays as it was written', async () => {
  const input = `{"id":12345678901234567890,"text":"h\u00fc \u{1f600} to ${mail} ok","z":1.50}\n\n{"other":1}\n{"text":"none\u2028here"}`;
  const { code, stdout, stderr } = await runWeir(['redact', '--input', file('in.jsonl', input)]);
  const lines = stdout.trimEnd().split('\n');
  expect([code, lines.length]).toEqual([0, 3]);
  expect(lines[0]).toBe(`{"id":12345678901234567890,"text":"h\u00fc \u{1f600} to ${bullets} ok","z":1.50,"findings":[{"start":9,"end":${9 + mail.length},"detector":"email","confidence":0.95}]}`);
  expect(lines.slice(1)).toEqual(['{"other":1,"findings":[]}', '{"text":"none\u2028here","findings":[]}']);
  expect(stderr).toContain('1 found in 1 (email 1)');
});

test('a dotted path, from standard input, by other means', async () => {
  const { stdout } = await runWeir(['redact', '--text-field', 'a.b', '--mode', 'remove', '--detectors', 'email'], { input: `{"a":{"b":"to ${mail}!","c":"${mail}"}}\n` });
  expect(jsonLines(stdout)).toMatchObject([{ a: { b: 'to !', c: mail }, findings: [{ start: 3, end: 3 + mail.length }] }]);
});

test('a line that is no JSON is named and never printed; the others are, and the code says so', async () => {
  const { code, stdout, stderr } = await runWeir(['redact'], { input: `{"text":"a"}\n{"text": ${mail}\n[1]\n{"text":"b"}\n` });
  expect([code, jsonLines(stdout).length]).toEqual([1, 2]);
  expect(stderr).toMatch(/line 2: not JSON[\s\S]*line 3: not a JSON object[\s\S]*2 that cannot be read/);
  expect(stdout + stderr).not.toContain(mail);
});

test('an unknown detector and a missing file are told', async () => {
  expect(await runWeir(['redact', '--detectors', 'tarot'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('tarot') });
  expect(await runWeir(['redact', '--input', file('there.jsonl', '') + '.none'])).toMatchObject({ code: 2, stderr: expect.stringContaining('no such file') });
});

const shout = (text: string) => ({ text: text.toUpperCase(), whole: 'keep' as const, findings: [{ start: 0, end: 1, detector: 'x', confidence: 1 }] });

test('keys that repeat, keys with dots, fields of that name that came along', () => {
  const line = (text: string, path: string): string => { const result = redactLine(text, path, shout); return 'line' in result ? result.line : ''; };
  const added = '[{"start":0,"end":1,"detector":"x","confidence":1}]';
  expect(line('{"text":"a","text":"b"}', 'text')).toBe(`{"text":"A","text":"B","findings":${added}}`);
  expect(line('{ "http.url" : "a" , "http" : {"url":"b"} }', 'http.url')).toBe(`{ "http.url" : "A" , "http" : {"url":"B"},"findings":${added}}`);
  expect(line('{"findings":7,"te\\u0078t":"a\\"{"}', 'text')).toBe(`{"findings":${added},"te\\u0078t":"A\\"{"}`);
  expect(line('{}', 'text')).toBe('{"findings":[]}');
});
