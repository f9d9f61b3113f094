// Recorders under one cap: who holds most gives first, keys are apart, what was defined anew keeps what it may.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { AgentRecorder } from '../../model/index.ts';
import { codec, type RequestView } from '../../otlp/index.ts';
import { attr, logRequest } from '../../testing/index.ts';
import { breathBytes, RecorderSet, usualRecorder, type RecorderFrame } from './index.ts';

function viewOf(...queues: readonly string[]): RequestView {
  const walked = codec.walk('logs', logRequest(queues.map((queue, i) => ({ service: 's', scope: '', resource: { 'service.name': 's' }, record: { eventName: 'QueueDepth', body: `record ${i} of ${queue}`, attributes: { queue } } }))));
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
}
const all = (view: RequestView): null[] => Array.from({ length: view.recordCount }, () => null);
const defined = (name: string, more: Partial<AgentRecorder> = {}): AgentRecorder => ({ name, ...usualRecorder, key: [], ...more });
const byQueue = [{ text: 'Attributes.queue', expr: attr('queue') }];
const asItIs = (frame: RecorderFrame): RecorderFrame => frame;
const recordsOf = (frames: Iterable<RecorderFrame> | null): number => [...frames ?? []].reduce((sum, { records }) => sum + records, 0);

let set: RecorderSet;
let now = 0;
const take = (name: string, view: RequestView): void => { set.take(name, view, all(view), ++now, 0); };
beforeEach(() => { set = new RecorderSet({ maxBytes: 1_000_000, clock: new ManualClock() }); now = 0; });

describe('a keyed recorder', () => {
  beforeEach(() => { expect(set.define([defined('queues', { key: byQueue, maxBytes: 20_000, maxKeys: 3 })]).ok).toBe(true); });

  test('keeps one ring per key, each with its own records', () => {
    take('queues', viewOf('a', 'b', 'a', 'c'));
    expect(set.keys('queues', 10).map(({ key, records }) => [key, records]).sort()).toEqual([['a', 2], ['b', 1], ['c', 1]]);
    expect(recordsOf(set.collect('queues', 0, asItIs, 'a'))).toBe(2);
    expect(recordsOf(set.collect('queues', 0, asItIs))).toBe(4);
    expect(set.states()[0]).toMatchObject({ name: 'queues', keys: 3, records: 4, taken: 4 });
  });

  test('a noisy key pushes out its own records only', () => {
    take('queues', viewOf('quiet'));
    for (let i = 0; i < 500; i++) take('queues', viewOf('noisy'));
    expect(recordsOf(set.collect('queues', 0, asItIs, 'quiet'))).toBe(1);
    expect(set.states()[0]!.bytes).toBeLessThanOrEqual(20_000);
    expect(set.states()[0]!.evicted).toBeGreaterThan(0);
  });

  test('past its keys the one that was quiet longest goes', () => {
    for (const queue of ['a', 'b', 'c', 'a', 'd']) take('queues', viewOf(queue));
    expect(set.keys('queues', 10).map(({ key }) => key).sort()).toEqual(['a', 'c', 'd']);
    expect(set.states()[0]).toMatchObject({ evictedKeys: 1, evicted: 1 });
  });
});

test('a request of thousands of keys grows by little; one whose copies would fill the memory is kept in part, and the rest counted', () => {
  set = new RecorderSet({ maxBytes: 50_000_000, clock: new ManualClock() });
  set.define([defined('queues', { key: byQueue, maxBytes: 50_000_000, maxKeys: 10_000 })]);
  const wide = viewOf(...Array.from({ length: 4000 }, (_, i) => `key ${i}`));
  take('queues', wide);
  expect(set.states()[0]).toMatchObject({ keys: 4000, records: 4000, refused: 0 });
  expect(set.states()[0]!.takenBytes).toBeLessThan(3 * wide.bytes.length);

  const walked = codec.walk('logs', logRequest(Array.from({ length: 100 }, (_, i) => ({ service: 's', scope: '', resource: { 'service.name': 's', large: 'x'.repeat(1_000_000) }, record: { body: 'b', attributes: { queue: `large ${i}` } } }))));
  if (!walked.ok) throw new Error(walked.error.message);
  take('queues', walked.value);
  const { refused = 0, taken = 0 } = set.states()[0]!;
  expect([taken, refused > 80, refused < 100]).toEqual([4100, true, true]);
});

test('thousands of recorders stay within one cap, and the greedy give first', () => {
  set = new RecorderSet({ maxBytes: 3_000_000, clock: new ManualClock() });
  for (let i = 0; i < 1000; i++) take(`small-${i}`, viewOf('x'));
  for (let i = 0; i < 2000; i++) take('greedy', viewOf('y', 'y', 'y'));
  expect(set.bytes).toBeLessThanOrEqual(3_000_000);
  expect(set.states().filter(({ name, records }) => name.startsWith('small') && records === 1)).toHaveLength(1000);
  expect(set.states().reduce((sum, { bytes }) => sum + bytes, 0)).toBe(set.bytes);
});

test('counts add up whatever comes', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('one', 'two', 'keyed'), fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 5 })), { maxLength: 60 }), fc.integer({ min: 300, max: 6000 }), fc.integer({ min: 200, max: 3000 }), (steps, maxBytes, ringBytes) => {
    const rings = new RecorderSet({ maxBytes, clock: new ManualClock() });
    rings.define([defined('keyed', { key: byQueue, maxBytes: ringBytes, maxKeys: 3 }), defined('two', { maxBytes: ringBytes })]);
    for (const [i, [name, queues]] of steps.entries()) { const view = viewOf(...queues); rings.take(name, view, all(view), i, 0); }
    for (const { records, evicted, taken } of rings.states()) expect(records + evicted).toBe(taken);
    expect(rings.states().reduce((sum, { bytes }) => sum + bytes, 0)).toBe(rings.bytes);
    expect(rings.bytes).toBeLessThanOrEqual(maxBytes);
    for (const name of ['one', 'two', 'keyed']) {
      const frames = [...rings.collect(name, 0, asItIs) ?? []];
      expect(frames.map(({ atUnixMs }) => atUnixMs)).toEqual(frames.map(({ atUnixMs }) => atUnixMs).toSorted((a, b) => a - b));
    }
  }), { numRuns: 60 });
});

test('age, stopping and starting', () => {
  set.define([defined('short', { maxAgeMs: 1000 })]);
  const view = viewOf('a');
  set.take('short', view, all(view), 1000, 0);
  set.take('short', view, all(view), 1900, 0);
  set.second(2500);
  expect(recordsOf(set.collect('short', 0, asItIs))).toBe(1);
  expect(set.run('short', false)).toBe(true);
  set.take('short', view, all(view), 2600, 0);
  expect(recordsOf(set.collect('short', 0, asItIs))).toBe(1);
  set.run('short', true);
  set.take('short', view, all(view), 2700, 0);
  expect(recordsOf(set.collect('short', 0, asItIs))).toBe(2);
  expect(set.run('never-seen', false)).toBe(false);
  expect(set.collect('never-seen', 0, asItIs)).toBeNull();
});

test('what is held does not keep the request alive, and only the recorded records are in it', () => {
  const view = viewOf('a', 'b');
  set.take('box', view, [null, false], 1, 0);
  const [frame] = set.collect('box', 0, asItIs) ?? [];
  expect(frame!.bytes.buffer).not.toBe(view.bytes.buffer);
  expect(codec.walk('logs', frame!.bytes)).toMatchObject({ ok: true, value: { recordCount: 1 } });
  set.take('box', view, all(view), 2, 0);
  expect([...set.collect('box', 0, asItIs)!][1]!.bytes.buffer).not.toBe(view.bytes.buffer);
});

test('what went past other redact rules goes past those of now, once, and frame by frame as it is read', () => {
  take('box', viewOf('a'));
  take('box', viewOf('b'));
  let asked = 0;
  const hide = (frame: RecorderFrame): RecorderFrame | null => { asked++; return frame.atUnixMs === 1 ? null : { ...frame, bytes: Uint8Array.of(1) }; };
  const frames = set.collect('box', 1, hide)!;
  expect(asked, 'none before it is read').toBe(0);
  expect([...frames].map(({ bytes }) => [...bytes])).toEqual([[1]]);
  expect([...set.collect('box', 1, hide)!]).toHaveLength(1);
  expect([asked, set.states()[0]?.records]).toEqual([2, 1]);
});

test('a new definition keeps what a recorder holds, unless its key changed', () => {
  set.define([defined('box')]);
  take('box', viewOf('a', 'b'));
  set.define([defined('box', { maxBytes: 8192 })]);
  expect(recordsOf(set.collect('box', 0, asItIs))).toBe(2);
  set.define([defined('box', { key: byQueue })]);
  expect(recordsOf(set.collect('box', 0, asItIs))).toBe(0);
  expect(set.bytes).toBe(0);
});

test('is read from a time on without asking redaction of what is older, with a moment for others where nothing is given', () => {
  set = new RecorderSet({ maxBytes: 20_000_000, clock: new ManualClock() });
  set.define([defined('box', { maxBytes: 20_000_000 })]);
  const view = viewOf(...Array.from({ length: 1000 }, () => 'x'.repeat(1000)));
  for (let i = 0; i < 10; i++) take('box', view);
  const asked: number[] = [];
  const read = (renewed: (frame: RecorderFrame) => RecorderFrame | null): (RecorderFrame | null)[] => [...set.read('box', 1, (frame) => { asked.push(frame.atUnixMs); return renewed(frame); }, { sinceUnixMs: 6 })!];
  expect(read((frame) => frame).map((frame) => frame?.atUnixMs)).toEqual([6, 7, 8, 9, 10]);
  expect(asked).toEqual([6, 7, 8, 9, 10]);
  set = new RecorderSet({ maxBytes: 20_000_000, clock: new ManualClock() });
  set.define([defined('box', { maxBytes: 20_000_000 })]);
  now = 0;
  for (let i = 0; i < 10; i++) take('box', view);
  const hidden = read(() => null);
  expect([hidden.every((frame) => frame === null), hidden.length]).toEqual([true, Math.floor(5 / Math.ceil(breathBytes / view.bytes.length))]);
});
