// Recorded telemetry that is not what it should be is refused by name and line.
import { expect, test } from 'vitest';
import { temporaryFiles } from '../testing/files.ts';
import { readRequests, type InputFormat } from './otlp-input.ts';

const file = temporaryFiles();
const good = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ eventName: 'A' }] }] }] });
const signalsIn = async (path: string, format: InputFormat): Promise<string[]> => {
  const found: string[] = [];
  for await (const request of readRequests(path, format, 'logs')) found.push(request.signal);
  return found;
};

test('a document may hold several signals, in either spelling; an empty file holds none', async () => {
  expect(await signalsIn(file('both.json', '{"resource_logs":[],"resourceSpans":[]}'), 'otlp-json')).toEqual(['logs', 'spans']);
  expect(await signalsIn(file('bom.json', `\uFEFF${good}\r\n${good}`), 'otlp-json')).toEqual(['logs', 'logs']);
  for (const format of ['otlp-json', 'jsonl'] as const) expect(await signalsIn(file('empty', ''), format)).toEqual([]);
});

const refused: readonly (readonly [string, InputFormat, string | Uint8Array, RegExp])[] = [
  ['cut.json', 'otlp-json', good.slice(0, -5), /cut\.json: not JSON \(/],
  ['second.json', 'otlp-json', `${good}\n{"resourceLogs": [}\n`, /second\.json, line 2: not JSON/],
  ['other.json', 'otlp-json', '{"spans": []}', /other\.json is not an OTLP export request/],
  ['array.json', 'otlp-json', `[${good}]`, /array\.json is not an OTLP export request/],
  ['wrong.json', 'otlp-json', '{"resourceLogs": [{"scopeLogs": 7}]}', /wrong\.json: /],
  ['noise.pb', 'otlp-proto', Uint8Array.of(10, 255, 255, 255, 255, 15, 1), /noise\.pb is not an OTLP logs request/],
  ['otlp.jsonl', 'jsonl', good, /otlp\.jsonl holds OTLP export requests, not rows/],
  ['rows.jsonl', 'jsonl', '{"a":1}\n[1]\n', /rows\.jsonl, line 2: a JSON object is needed, not an array/],
];
test.each(refused)('%s is refused', async (name, format, content, message) => {
  await expect(signalsIn(file(name, content), format)).rejects.toThrow(message);
});

test.each(['otlp-json', 'otlp-proto', 'jsonl'] as const)('a file that is not there is said plainly (%s)', async (format) => {
  await expect(signalsIn('/nonexistent.json', format)).rejects.toThrow('Cannot read /nonexistent.json: there is no such file.');
});
