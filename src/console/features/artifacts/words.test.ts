// The pure parts: forms of actions, words, text lines, hex.
import { describe, expect, it } from 'vitest';
import { actionNames, actionParameters, artifactFormats } from '../../../model/index.ts';
import { heldOrder } from './run/held-order.ts';
import { findProcesses, processGroups } from './run/process-groups.ts';
import { shortCommand } from './run/short-command.ts';
import { parameterFields, parametersOf, textsOf } from './run/parameters.ts';
import { pauseWords } from './words/pause-words.ts';
import { hexLines } from './viewers/hex.ts';
import { readable, shownLines } from '../../ui/index.ts';
import { figureWords } from './words/action-words.ts';
import { opensWith, viewerOf } from './words/artifact-words.ts';

describe('the form of each action', () => {
  it('has every parameter that the agent takes, and no other', () => {
    for (const name of actionNames) expect(parameterFields[name].map(field => field.name).toSorted()).toEqual(Object.keys(actionParameters[name].shape).toSorted());
  });
  it('turns units into those of the agent, and leaves empty fields out', () => {
    expect(parametersOf('packet-capture', { durationMs: '2.5', maxBytes: '16', filter: ' port 53 ', snapLength: '' })).toEqual({ parameters: { durationMs: 2500, maxBytes: 16 * 2 ** 20, filter: 'port 53' }, problems: {} });
    expect(parametersOf('collect-files', { files: ' a \n\n b ' }).parameters).toEqual({ files: ['a', 'b'] });
    expect(parametersOf('collect-state', { runtime: 'false' }).parameters).toEqual({ runtime: false });
    expect(parametersOf('verbose-logs', { severityNumber: '5' }).parameters).toEqual({ severityNumber: 5 });
  });
  it('says what is wrong in the units of the form', () => {
    expect(parametersOf('cpu-sample', { durationMs: '601' }).problems).toEqual({ durationMs: 'Use at most 600.' });
    expect(parametersOf('cpu-sample', { durationMs: 'long', hertz: '1' }).problems).toEqual({ durationMs: 'Use a number.', hertz: 'Use at least 10.' });
    expect(parametersOf('start-recorder', {}).problems).toEqual({ recorder: 'This is needed.' });
  });
});

describe('words', () => {
  it('write a figure by the unit in its name', () => {
    expect([figureWords('pauseMs', 38), figureWords('peakRssBytes', 2 ** 20), figureWords('droppedPackets', 3)]).toEqual([['Pause, measured', '38 ms'], ['Most memory, measured', '1 MiB'], ['Dropped packets', '3']]);
  });
  it('name a viewer or a way for every format', () => {
    for (const format of artifactFormats) expect(viewerOf({ kind: 'other', format }) !== 'none' || opensWith({ format }).length > 10).toBe(true);
    expect(viewerOf({ kind: 'heap-snapshot', format: 'json' })).toBe('none');
  });
});

describe('a text', () => {
  it('is searched line by line, with the parts that hit', () => {
    const { lines, total, hits } = shownLines('one\ntwo ONE one\nthree\n', 'one');
    expect([total, hits, lines[1]]).toEqual([2, 3, { number: 2, parts: [{ text: 'two ', hit: false }, { text: 'ONE', hit: true }, { text: ' ', hit: false }, { text: 'one', hit: true }] }]);
  });
  it('is drawn within bounds, and its count is of all', () => {
    const { lines, total } = shownLines('x\n'.repeat(6000), '');
    expect([lines.length, total]).toEqual([5000, 6000]);
  });
  it('is indented when it is JSON in one line', () => {
    expect(readable('{"a":1}', 'json')).toBe('{\n  "a": 1\n}');
    expect(readable('{"a":', 'json')).toBe('{"a":');
  });
});

it('hex stands beside its text', () => expect(hexLines(new TextEncoder().encode('Weir\n'))).toEqual([`0000  57 65 69 72 0a${' '.repeat(35)}Weir·`]));

it('processes stand with the busiest first and Weir last', () => {
  const process = (pid: number, cpuShare: number, isWeir = false) => ({ pid, startTicks: 1, parentPid: 1, name: 'node', command: `node ${pid}.ts`, runtime: 'node' as const, runtimeVersion: null, user: 'u', container: null, service: null, startedUnixMs: 0, rssBytes: 1, cpuShare, isWeir });
  const all = [process(1, 0.9, true), process(2, 0.1), process(3, 0.5)];
  expect(findProcesses(all, '').map(({ pid }) => pid)).toEqual([3, 2, 1]);
  expect(findProcesses(all, '2.TS').map(({ pid }) => pid)).toEqual([2]);
});

it('services stand first, then what telemetry alone names, then other processes, Weir last, each under the name of its group', () => {
  const process = (pid: number, service: string | null, more: object = {}) => ({ pid, startTicks: 1, parentPid: 1, name: 'node', command: 'node a.ts', runtime: 'node' as const, runtimeVersion: null, user: 'u', container: null, service, startedUnixMs: pid, rssBytes: 1, cpuShare: 0.5, isWeir: false, ...more });
  const found = findProcesses([process(1, null, { cpuShare: 1 }), process(2, 'weir-agent', { isWeir: true }), process(3, 'pay', { serviceFrom: 'telemetry' as const }), process(4, 'shop'), process(5, 'shop'), process(6, 'cart')], '');
  expect(found.map(({ pid }) => pid)).toEqual([6, 5, 4, 3, 1, 2]);
  const groupOf = processGroups(found);
  expect([...new Set(found.map(groupOf))]).toEqual(['Services', 'Services named only by their telemetry', 'Other processes of this machine', 'Weir itself']);
  expect(processGroups([process(4, 'shop')])(process(4, 'shop'))).toBeNull();
});

it('a pause is held against what was said of it before', () => {
  expect(pauseWords({ pauseMs: 10_000, estimatedPauseMs: 2100, estimatedPauseMostMs: 10_500 })).toEqual({ text: '10 s measured; 2.1 s to 10 s estimated', tone: null });
  expect(pauseWords({ pauseMs: 12_000, estimatedPauseMs: 2100, estimatedPauseMostMs: 10_500 })?.tone).toBe('amb');
  expect(pauseWords({ pauseMs: 38 })?.text).toBe('38 ms measured');
  expect(pauseWords({ samples: 3 })).toBeNull();
});

it('rows keep the places that they had, and new ones come after', () => expect(heldOrder(['c', 'new', 'a', 'b'], ['a', 'b', 'gone', 'c'], key => key)).toEqual(['a', 'b', 'c', 'new']));

it('a new process comes into its own group, and each group is there once', () => {
  const rows = ['s:pay', 'o:chrome', 's:new', 'o:vim'];
  expect(heldOrder(rows, ['s:pay', 'o:chrome', 'o:vim'], row => row, row => (row.startsWith('s') ? 0 : 1))).toEqual(['s:pay', 's:new', 'o:chrome', 'o:vim']);
});

it('parameters become the texts that they came from', () => {
  for (const [action, parameters] of [['packet-capture', { durationMs: 2500, filter: 'port 5432', maxBytes: 3 * 2 ** 20 }], ['collect-files', { files: ['a', 'b'] }], ['collect-state', { runtime: true }], ['verbose-logs', { severityNumber: 5 }]] as const)
    expect(parametersOf(action, textsOf(action, parameters)).parameters).toMatchObject(parameters);
});

it('a command keeps the file that tells what it is', () => {
  expect(shortCommand('/tmp/shop/weir/node_modules/.bin/node /srv/a-long-way/shop/services/checkout/main.ts --port 1')).toBe('…/.bin/node …/services/checkout/main.ts --port 1');
  expect(shortCommand('node --import=/opt/very/long/way/to/the/hooks/register.js http://127.0.0.1:4318/v1/traces/of/this')).toBe('node --import=…/way/to/the/hooks/register.js http://127.0.0.1:4318/v1/traces/of/this');
  expect(shortCommand('uptime')).toBe('uptime');
});
