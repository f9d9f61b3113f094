// The builder's promises: each thing once, parents first, times in order, weights beside samples.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { none } from '../model.ts';
import { PairIndex } from './pair-index.ts';
import { ProfileBuilder } from './profile-builder.ts';

test('a pair index gives each pair one row, in the order of first appearance', () => {
  const small = fc.integer({ min: -2, max: 60 });
  fc.assert(fc.property(fc.array(fc.tuple(fc.oneof(small, fc.integer()), small), { maxLength: 4000 }), (pairs) => {
    const index = new PairIndex();
    const rows = new Map<string, number>();
    for (const [first, second] of pairs) {
      const key = `${first} ${second}`;
      if (!rows.has(key)) rows.set(key, rows.size);
      expect(index.row(first, second)).toBe(rows.get(key));
    }
    expect(Array.from(index.finishFirst(), (first, row) => `${first} ${index.second(row)}`)).toEqual([...rows.keys()]);
  }), { numRuns: 40 });
});

test('ten thousand pairs of one first number are still found', () => {
  const index = new PairIndex();
  for (let at = 0; at < 10_000; at++) index.row(1, at << 12);
  for (let at = 0; at < 10_000; at += 37) expect(index.row(1, at << 12)).toBe(at);
});

test('stacks are a prefix tree with parents before children; functions and frames are kept once', () => {
  const builder = new ProfileBuilder();
  const frame = (name: string, line: number): number => builder.frame(builder.function(name, '/shop/src/a.js', 3, 1), line);
  const main = builder.stack(none, frame('main', 4));
  const work = builder.stack(main, frame('work', 9));
  expect(builder.stack(builder.stack(none, frame('main', 4)), frame('work', 9))).toBe(work);
  expect(builder.stack(main, frame('work', 10))).not.toBe(work);
  builder.sample(work);
  const { functions, frames, stacks, strings } = builder.finish({ format: 'folded', name: 'x' });
  expect([functions.count, frames.count, stacks.count]).toEqual([2, 3, 3]);
  expect(strings.length).toBe(new Set(strings).size);
  expect([...stacks.parent]).toEqual([none, main, main]);
  expect(Array.from(functions.package, (row) => strings[row])).toEqual(['shop', 'shop']);
});

test('samples are put in the order of their times, with all that belongs to them, and times count from the first', () => {
  const builder = new ProfileBuilder();
  const weight = builder.weight('time', 'nanoseconds');
  const stacks = ['a', 'b', 'c'].map((name) => builder.stack(none, builder.frame(builder.function(name, null))));
  const add = (stack: number, time: number, value: number, counts: number): void => { builder.sample(stacks[stack]!, builder.thread('main'), time); builder.weigh(weight, value); builder.counted(counts); };
  add(0, 50, 1, 10); add(1, 20, 2, 20); add(2, 20, 3, 30);
  const { samples, weights, durationNanos } = builder.finish({ format: 'folded', name: 'x' });
  expect([...samples.stack]).toEqual([stacks[1], stacks[2], stacks[0]]);
  expect([[...samples.time!], [...weights[0]!.values!], [...samples.counts!], durationNanos]).toEqual([[0, 0, 30], [2, 3, 1], [20, 30, 10], 30]);
});

test('threads may be woven together, each ascending, and stay as they are', () => {
  const builder = new ProfileBuilder();
  for (const [thread, time] of [[0, 100], [1, 10], [0, 200], [1, 20]] as const) builder.sample(none, builder.thread(`thread ${thread}`), time);
  expect([...builder.finish({ format: 'folded', name: 'x', startNanos: 0 }).samples.time!]).toEqual([100, 10, 200, 20]);
});

test('without a time for every sample there are no times; weights never given stay "each"', () => {
  const builder = new ProfileBuilder();
  builder.weight('samples', 'count');
  const some = builder.weight('cpu', 'nanoseconds');
  builder.sample(none, 0, 5);
  builder.sample(none);
  builder.weigh(some, 7);
  builder.sample(none);
  const { samples, weights, threads } = builder.finish({ format: 'folded', name: 'x' });
  expect([samples.time, samples.thread, samples.counts, weights[0]!.values, [...weights[1]!.values!]]).toEqual([null, null, null, null, [0, 7, 0]]);
  expect(threads).toEqual([{ name: 'all threads', processId: null, threadId: null }]);
});

test('a thread with ids is one thread whatever its name becomes; beyond 65,535 the rest are one', () => {
  const builder = new ProfileBuilder();
  expect(builder.thread('node', 1, 2)).toBe(builder.thread('node-MainThread', 1, 2));
  expect(builder.thread('node', 1, 3)).not.toBe(builder.thread('node', 1, 2));
  let last = 0;
  for (let id = 0; id < 70_000; id++) last = builder.thread(`t${id}`);
  builder.sample(none, last);
  const { threads } = builder.finish({ format: 'folded', name: 'x' });
  expect([threads.length, threads[last]!.name, threads[0]!.name]).toEqual([65_535, 'other threads', 'node']);
});

test('what is left out is counted and told', () => {
  const builder = new ProfileBuilder();
  builder.leaveOut('Lines left out');
  builder.leaveOut('Lines left out', 1999);
  builder.note('Guessed.');
  expect(builder.finish({ format: 'folded', name: 'x' }).notes).toEqual(['Guessed.', 'Lines left out: 2,000']);
});
