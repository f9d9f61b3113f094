import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { functionOf, sampleLines, weightByPath } from '../testing/described.ts';
import { perfText } from '../testing/samples.ts';
import { perfFrame } from './frame-line.ts';
import { perfHeader } from './header-line.ts';
import { readPerfScript } from './read-perf-script.ts';

const profileOf = (text: string) => { const result = readPerfScript(encodeUtf8(text), 'perf.txt'); if (!result.ok) throw new Error(result.error.message); return result.value; };

test('threads, times, periods in nanoseconds, kernel frames', () => {
  const profile = profileOf(perfText);
  expect(sampleLines(profile)).toEqual(['node worker 0 main;hot(int, char (*)()) 250000', 'node worker 250000 main;do_fault 250000', 'other 100000 [unknown];render 125000']);
  expect(profile.threads).toEqual([{ name: 'node worker', processId: 41, threadId: 42 }, { name: 'other', processId: 50, threadId: 50 }]);
  expect(profile.weights.map(({ name, unit }) => `${name} ${unit}`)).toEqual(['samples count', 'cpu-clock:u nanoseconds']);
  expect(functionOf(profile, 'do_fault')).toMatchObject({ file: '[kernel.kallsyms]', package: 'kernel' });
  expect(functionOf(profile, 'render')).toMatchObject({ file: '/shop/app/view.js', line: 3, column: 17 });
  expect(functionOf(profile, 'hot(int, char (*)())')).toMatchObject({ file: '/usr/lib/libapp.so.1' });
});

test('carriage returns, no blank line at the end, an empty stack', () => {
  expect(sampleLines(profileOf(`${perfText.replaceAll('\n', '\r\n')}last 7 13.000000: 1 cpu-clock:u:`)).at(-1)).toBe('last 999900000 (empty) 1');
});

test('two events: a weight each, samples first', () => {
  const profile = profileOf('a 1 1.0: 10 cycles: \n\t 12f main (/bin/a)\n\na 1 2.0: 70 instructions:u: \n\t 12f main (/bin/a)\n\n');
  expect(profile.weights.map(({ name, unit }) => `${name} ${unit}`)).toEqual(['samples count', 'cycles other', 'instructions:u other']);
  expect([0, 1, 2].map((weight) => weightByPath(profile, weight)['main'])).toEqual([2, 10, 70]);
  expect(profile.defaultWeight).toBe(0);
});

test('without call graphs: everything on one line', () => {
  const profile = profileOf('            node  4715 57394.039859:    2004008 cpu-clock:ppp:      7f5fc744599a _dl_lookup+0x2a (/usr/lib/ld.so)\n node-MainThread  4715  ffffffff82200809 _raw_spin\n');
  expect(weightByPath(profile, 0)).toEqual({ _dl_lookup: 1, _raw_spin: 1 });
});

test('without call graphs: a process that is named like an address', () => {
  for (const comm of ['bad', 'cafe', 'deadbeef']) {
    const line = (micros: number, place: string) => `            ${comm}  1234 100.00000${micros}:     250000 cpu-clock:u:      55d0c0ffee ${place}+0x10 (/usr/bin/bad)\n`;
    expect(weightByPath(profileOf(line(1, 'main') + line(2, 'main') + line(3, 'other')), 0)).toEqual({ main: 2, other: 1 });
    const timeless = `      ${comm}  1234 cycles:      55d0c0ffee main (/bin/bad)\n`;
    expect(weightByPath(profileOf(timeless + timeless), 0)).toEqual({ main: 2 });
  }
});

test("perf's own events are no samples", () => {
  const profile = profileOf('node 1234 1.000000: PERF_RECORD_COMM: node:1234/1234\nnode 1234 1.000001: PERF_RECORD_MMAP2 1234/1234: [0x400000(0x1000) @ 0 08:01 1 1]: r-xp /bin/node\nnode 1234 1.000002: 250000 cpu-clock: \n\t55d0 main+0x1 (/bin/a)\n\n');
  expect(sampleLines(profile)).toEqual(['node 0 main 250000']);
  expect(profile.weights.map(({ name }) => name)).toEqual(['samples', 'cpu-clock']);
  expect(profile.notes).toEqual([expect.stringMatching(/no samples .*: 2$/)]);
});

test('source lines below their frames', () => {
  expect(weightByPath(profileOf('a 1 1.0: cycles: \n\t    12f main (/bin/a)\n  main.c:41\n\t    130 start (/bin/a)\n  crt0.c:7\n\n'))).toEqual({ 'start@7;main@41': 1 });
});

test('other lines are counted', () => {
  expect(profileOf(`Warning: something\n${perfText}`).notes).toEqual(['Lines that are neither a sample nor a place in a stack, left out: 1']);
});

const nothing = { pid: null, tid: null, seconds: NaN, period: NaN, event: '', rest: '' };
describe('a header', () => {
  test.each([
    ['swapper     0 [003] 12.5:     100 cycles:P: ', { comm: 'swapper', tid: 0, seconds: 12.5, period: 100, event: 'cycles:P' }],
    ['Web Content 4 12/13 [003]  12.5: cycles: ', { comm: 'Web Content 4', pid: 12, tid: 13, seconds: 12.5, event: 'cycles' }],
    [' 12/13   12.5: cycles: ', { comm: '', pid: 12, tid: 13, seconds: 12.5, event: 'cycles' }],
    ['java 77 cpu-clock:', { comm: 'java', tid: 77, event: 'cpu-clock' }],
    ['java 77 250 cpu-clock:', { comm: 'java', tid: 77, period: 250, event: 'cpu-clock' }],
    ['java 77', { comm: 'java', tid: 77 }],
    ['perf 9 [000] 3.000001: sched:sched_switch: prev_comm=x', { comm: 'perf', tid: 9, seconds: 3.000001, event: 'sched:sched_switch', rest: 'prev_comm=x' }],
  ])('%s', (line, expected) => { expect(perfHeader(line)).toEqual({ ...nothing, ...expected }); });

  test.each(['', 'no numbers here', '7 apples', '\t    7f01 main+0x3 (/bin/a)'])('not "%s"', (line) => { expect(perfHeader(line)).toBe(null); });
});

describe('a frame', () => {
  const frame = (name: string, file: string | null, line = 0, column = 0) => ({ name, file, line, column });
  test.each([
    ['\t  7f01 std::map<int, foo (*)(int)>::at(int)+0x1f (/usr/lib/a.so)', frame('std::map<int, foo (*)(int)>::at(int)', '/usr/lib/a.so')],
    ['\t  7f01 [unknown] ([unknown])', frame('0x7f01', null)],
    ['\t  7f01 [unknown] (/maps/perf-9.map)', frame('[unknown]', '/maps/perf-9.map')],
    ['\t  7f01 helper (inlined)', frame('helper', null)],
    ['\t  7f01 main', frame('main', null)],
    ['\tffffffffc0a01234 nf_hook+0x4 ([nf_tables])', frame('nf_hook [nf_tables]', '[kernel.kallsyms]')],
    ['\t  3f00 JS:~get size file:///shop/a b.mjs:7:9+0x1 (/maps/perf-9.map)', frame('get size', 'file:///shop/a b.mjs', 7, 9)],
    ["\t  3f00 JS:o*'order /shop/a.js:7:9 (/maps/perf-9.map)", frame('order', '/shop/a.js', 7, 9)],
    ['\t  3f00 LazyCompile:* /shop/a.js:7:9 (/maps/perf-9.map)', frame('(anonymous)', '/shop/a.js', 7, 9)],
    ['\t  3f00 Builtin:ArrayMap (/maps/perf-9.map)', frame('ArrayMap', '/maps/perf-9.map')],
  ])('%s', (line, expected) => { expect(perfFrame(line)).toEqual(expected); });
});
