import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { functionOf, sampleLines } from '../testing/described.ts';
import { traceEvents } from '../testing/samples.ts';
import { readChromeTrace } from './read-chrome-trace.ts';

const read = (text: string) => readChromeTrace(encodeUtf8(text), 'trace.json');
const profileOf = (text: string) => { const result = read(text); if (!result.ok) throw new Error(result.error.message); return result.value; };

const expected = ['CrRendererMain 0 main 50000', 'CrRendererMain 50000 main 30000', 'CrRendererMain 80000 main;work 20000', 'CrRendererMain 100000 (empty) 30000'];
const later = (lines: readonly string[], nanos: number) => lines.map((line) => line.replace(/ (\d+) /, (_, at: string) => ` ${Number(at) + nanos} `));

test('samples weigh the time to the next, the last the median; lines are ticks; the sampled thread is the Profile event\'s', () => {
  const profile = profileOf(JSON.stringify({ traceEvents, metadata: { source: 'DevTools', startTime: '2026-01-02T03:04:05.000Z' } }));
  // The recording began 100 µs before the first sample.
  expect(sampleLines(profile)).toEqual(later(expected, 100_000));
  expect(profile.threads).toEqual([{ name: 'CrRendererMain', processId: 10, threadId: 1 }]);
  expect(profile.startUnixMs).toBe(Date.UTC(2026, 0, 2, 3, 4, 5));
  expect(functionOf(profile, 'work')).toMatchObject({ line: 20, column: 5 });
  expect(profile.lineTicks).toMatchObject({ count: 2, line: Int32Array.of(11, 12), ticks: Int32Array.of(1, 1) });
});

test('as an array, whole or never closed', () => {
  const text = JSON.stringify(traceEvents, null, 1);
  expect(sampleLines(profileOf(text))).toEqual(expected);
  for (const cut of [text.slice(0, -1), `${text.slice(0, -2)},\n`]) {
    const profile = profileOf(cut);
    expect(sampleLines(profile)).toEqual(expected);
    expect(profile.notes[0]).toMatch(/no closing bracket.*Its 5 events/);
  }
});

test('an array that ends within an event is cut off, not unclosed', () => {
  expect(read(JSON.stringify(traceEvents).slice(0, -30))).toMatchObject({ ok: false, error: { code: 'profile.truncated', message: expect.stringMatching(/ends at byte \d+/) } });
});

test('two processes are two threads, named by process when the trace names it', () => {
  const other = traceEvents.map((event) => ({ ...event, pid: 11 }));
  const named = { args: { name: 'Renderer' }, name: 'process_name', ph: 'M', pid: 11, tid: 0, ts: 0 };
  expect(profileOf(JSON.stringify([...traceEvents, ...other, named])).threads.map(({ name }) => name)).toEqual(['CrRendererMain', 'Renderer: CrRendererMain']);
});

test('a negative delta puts samples in order; nodes, parents and times that are missing are counted', () => {
  const chunk = (data: object) => ({ name: 'ProfileChunk', id: '0x1', ph: 'P', pid: 10, tid: 2, ts: 0, args: { data } });
  const profile = profileOf(JSON.stringify([...traceEvents,
    chunk({ cpuProfile: { nodes: [{ id: 8, parent: 99, callFrame: { functionName: 'lost' } }], samples: [8, 77, 2, 2] }, timeDeltas: [10, 10, -60] })]));
  expect(sampleLines(profile).map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual(['0 main', '50000 main', '60000 main', '80000 main;work', '100000 (empty)', '110000 lost']);
  expect(profile.notes).toEqual(['Samples without a time, left out: 1', 'Call frames whose caller is not in the trace, shown as first callers: 1', 'Samples of a call frame that is not in the trace, left out: 1']);
});

test('a chunk whose Profile event is gone is read with a guess', () => {
  const profile = profileOf(JSON.stringify(traceEvents.filter(({ name }) => name !== 'Profile')));
  expect(profile.samples.count).toBe(4);
  expect(profile.notes[0]).toMatch(/event that begins a profile is missing/);
});

test('many profiles whose events are gone are one note with a number', () => {
  const orphans = Array.from({ length: 300 }, (_, pid) => traceEvents.filter(({ name }) => name === 'ProfileChunk').map((event) => ({ ...event, pid: 100 + pid }))).flat();
  expect(profileOf(JSON.stringify(orphans)).notes).toEqual([expect.stringMatching(/event that begins a profile is missing.*: 300$/)]);
});

test('in any order: a chunk before the event that begins it, chunks swapped', () => {
  const [head, first, second] = [traceEvents.slice(0, 3), { ...traceEvents[3]!, ts: 6000 }, { ...traceEvents[4]!, ts: 7000 }] as const;
  const [before, profile] = [head.filter(({ name }) => name !== 'Profile'), head.filter(({ name }) => name === 'Profile')];
  for (const events of [[...before, first, ...profile, second], [...head, second, first], [second, first, ...head]]) {
    const read = profileOf(JSON.stringify(events));
    expect(sampleLines(read)).toEqual(expected);
    expect(read.threads).toEqual([{ name: 'CrRendererMain', processId: 10, threadId: 1 }]);
    expect(read.notes).toEqual([]);
  }
});

test('time 0 is the moment that the file calls its start: an event says it, and a first sample comes later', () => {
  const started = { name: 'TracingStartedInBrowser', ph: 'I', pid: 1, tid: 1, ts: 2000, args: {} };
  const metadata = { startTime: '2026-01-02T03:04:05.000Z' };
  expect(profileOf(JSON.stringify({ traceEvents: [{ ...started, name: 'Other', ts: 1000 }, started, ...traceEvents], metadata })).samples.time![0]).toBe(3_100_000);
});

test('the last sample weighs nothing past the end that the last chunk tells', () => {
  const ended = traceEvents.map((event, at) => (at === traceEvents.length - 1 ? { ...event, args: { data: { ...(event.args as { data: object }).data, endTime: 5210 } } } : event));
  expect(sampleLines(profileOf(JSON.stringify(ended))).at(-1)).toBe('CrRendererMain 100000 (empty) 10000');
});

test('what Chromium wrote of a page with a hot function (shortened to its first chunks)', () => {
  const text = readFileSync(join(import.meta.dirname, 'testing/chromium-trace.json'), 'utf8');
  const chunks = (JSON.parse(text) as { traceEvents: { args: { data?: { cpuProfile?: { samples: number[] } } } }[] }).traceEvents.flatMap(({ args }) => args.data?.cpuProfile?.samples ?? []);
  const profile = profileOf(text);
  expect(profile.samples.count).toBe(chunks.length);
  expect(profile.threads.map(({ name }) => name)).toEqual(['Renderer: CrRendererMain']);
  expect(profile.notes).toEqual([]);
  expect(sampleLines(profile).some((line) => line.includes('work;hotLoop'))).toBe(true);
  // Every delta of the file is the weight of the sample before it.
  const micros = (JSON.parse(text) as { traceEvents: { args: { data?: { timeDeltas?: number[] } } }[] }).traceEvents.flatMap(({ args }) => args.data?.timeDeltas ?? []);
  const [first = 0, ...deltas] = micros;
  const { values } = profile.weights[0]!;
  expect(first).toBeGreaterThanOrEqual(0);
  expect(Math.round(values!.subarray(0, -1).reduce((sum, nanos) => sum + nanos, 0) / 1000)).toBe(deltas.reduce((sum, delta) => sum + delta, 0));
});
