// Boxes against plain references, over any profile.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { none, type Profile } from '../model.ts';
import { codedProfile } from '../testing/coded-profile.ts';
import { drawProfile, functionNamed } from '../testing/draw-profile.ts';
import { naiveSamples } from '../testing/naive-trees.ts';
import { callTree } from '../tree/build-call-tree.ts';
import { wholeProfile, type ProfileSelection } from '../tree/call-tree.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import type { FlameBoxes } from './boxes.ts';
import { heatMap } from './heat-map.ts';
import { mergedBoxes } from './merged-boxes.ts';
import { RunBoxes } from './run-boxes.ts';
import { searchBoxes } from './search-boxes.ts';
import { timeOrderBoxes } from './time-order-boxes.ts';

const sample = fc.record({ calls: fc.array(fc.nat(5), { maxLength: 7 }), weight: fc.nat(9), thread: fc.nat(1), step: fc.nat(4), counts: fc.constant(1) });
const anyProfile = fc.array(sample, { maxLength: 24 }).map((samples) => codedProfile(samples, true, false));
const anySelection: fc.Arbitrary<ProfileSelection> = fc.record({
  weight: fc.nat(1), threads: fc.option(fc.constantFrom([0], [1])), fromNanos: fc.option(fc.nat(20)), toNanos: fc.option(fc.integer({ min: 20, max: 80 })),
  collapseRecursion: fc.boolean(), hiddenPackages: fc.subarray(['express'], { maxLength: 1 }), focusFunction: fc.constant(null),
});

const rowOf = (boxes: FlameBoxes, row: number): number[] => Array.from({ length: boxes.rowStart[row + 1]! - boxes.rowStart[row]! }, (_, at) => boxes.rowStart[row]! + at);
const nameOf = ({ strings, functions }: Profile, fn: number): string => (fn < 0 ? 'root' : strings[functions.name[fn]!]!);
const drawn = (profile: Profile, boxes: FlameBoxes): string[] => Array.from({ length: boxes.rows }, (_, row) => rowOf(boxes, row).map((box) => `${nameOf(profile, boxes.function[box]!)} ${boxes.start[box]}-${boxes.end[box]}`).join('  '));

/** Ascending, not overlapping, each inside a box of the row below. */
function expectNested(boxes: FlameBoxes): void {
  for (let row = 0; row < boxes.rows; row++) {
    let last = 0;
    for (const box of rowOf(boxes, row)) {
      expect(boxes.start[box]).toBeGreaterThanOrEqual(last);
      expect(boxes.end[box]).toBeGreaterThan(boxes.start[box]!);
      last = boxes.end[box]!;
      if (row > 0) expect(rowOf(boxes, row - 1).some((below) => boxes.start[below]! <= boxes.start[box]! && boxes.end[below]! >= boxes.end[box]!)).toBe(true);
    }
    expect(last).toBeLessThanOrEqual(boxes.extent);
  }
}

describe('merged boxes', () => {
  it('are the tree, each as wide as its total, heaviest at the left', () => {
    fc.assert(fc.property(anyProfile, anySelection, (profile, selection) => {
      const tree = callTree(profile, selection);
      const boxes = mergedBoxes(profile, tree, 'package');
      if (tree.total[0]! > 0) expectNested(boxes);
      for (let box = 0; box < boxes.node.length; box++) {
        const node = boxes.node[box]!;
        expect(boxes.end[box]! - boxes.start[box]!).toBeCloseTo(tree.total[node]!, 9);
        expect(boxes.function[box]).toBe(tree.function[node]);
        expect(boxes.tint![box]).toBe(box === 0 ? -1 : profile.functions.package[tree.function[node]!]);
      }
      expect(boxes.node.length).toBe(1 + tree.total.subarray(1).filter((total) => total > 0).length);
    }));
  });
  it('are coloured by own weight, and by change', () => {
    const profile = drawProfile(`
      a  a  b
      c
    `, { weights: [1, 3, 2] });
    const tree = callTree(profile, wholeProfile);
    expect([...mergedBoxes(profile, tree, 'self').tint!]).toEqual([0, 1, Math.fround(2 / 3), Math.fround(1 / 3)]);
    const diff = diffTrees({ profile, tree }, { profile, tree: callTree(profile, { ...wholeProfile, focusFunction: functionNamed(profile, 'a') }) });
    const boxes = mergedBoxes(diff.profile, diff, 'change');
    expect(Array.from(boxes.tint!, (tint) => Math.sign(tint))).toEqual([0, -1, 1, -1]);
    expect(Math.min(...boxes.tint!)).toBeGreaterThanOrEqual(-1);
    expect(() => mergedBoxes(profile, tree, 'change')).toThrow('diff tree');
  });
});

/** Runs of samples with the same path up to a depth. Every sample lasts until the next one. */
function naiveRuns(profile: Profile, selection: ProfileSelection, extent: number): string[] {
  const from = selection.fromNanos ?? 0;
  const chosen = naiveSamples(profile, { ...selection, threads: selection.threads ?? [0] });
  const times = chosen.map(({ row }) => profile.samples.time![row]!);
  const usual = chosen.length > 1 ? (times.at(-1)! - times[0]!) / (chosen.length - 1) : 0;
  const spans = chosen.map(({ path }, at) => ({ path, start: times[at]! - from, end: Math.min(extent, (times[at + 1] ?? times[at]! + usual) - from) })).filter(({ start, end }) => end > start);
  const runs: string[] = extent > 0 ? [`0|root ${0}-${extent}`] : [];
  for (let depth = 1; depth <= 7; depth++) {
    let open: { readonly key: string; readonly start: number; end: number } | null = null;
    for (const { path, start, end } of [...spans, { path: [], start: Infinity, end: Infinity }]) {
      const key = path.length >= depth ? path.slice(0, depth).join() : '';
      if (open !== null && open.key === key) { open.end = end; continue; }
      if (open !== null) runs.push(`${depth}|${nameOf(profile, Number(open.key.split(',').at(-1)))} ${open.start}-${open.end}`);
      open = key === '' ? null : { key, start, end };
    }
  }
  return runs;
}

describe('boxes in the order of time', () => {
  it('are the runs of samples that share a way from the root', () => {
    fc.assert(fc.property(anyProfile, anySelection, (profile, anything) => {
      const selection = { ...anything, weight: 1 };
      const boxes = timeOrderBoxes(profile, selection, 'package');
      expectNested(boxes);
      expect(drawn(profile, boxes).flatMap((row, depth) => row.split('  ').filter((box) => box !== '').map((box) => `${depth}|${box}`))).toEqual(naiveRuns(profile, selection, boxes.extent));
      for (let box = 0; box < boxes.node.length; box++) {
        const stack = boxes.node[box]!;
        expect(stack === none ? none : profile.frames.function[profile.stacks.frame[stack]!]).toBe(boxes.function[box]);
      }
      expect(boxes.leftOut).toBe(0);
    }), { numRuns: 400 });
  });

  const profile = drawProfile(`
    main  main  main  -  main
    a     a     b        a
  `, { times: [0, 10, 20, 30, 100], weights: [10, 10, 10, 10, 10] });
  it('close where nothing ran, and where the thread slept longer than its samples weigh', () => {
    expect(drawn(profile, timeOrderBoxes(profile, wholeProfile))).toEqual(['root 0-110', 'main 0-30  main 100-110', 'a 0-20  b 20-30  a 100-110']);
  });
  it('begin at the chosen range', () => {
    expect(drawn(profile, timeOrderBoxes(profile, { ...wholeProfile, fromNanos: 10, toNanos: 28 }))).toEqual(['root 0-18', 'main 0-18', 'a 0-10  b 10-18']);
  });
  it('are none without times', () => { expect(timeOrderBoxes(drawProfile('a  b'), wholeProfile).rows).toBe(0); });

  it('lose the shortest when there are too many, and say how many', () => {
    const runs = new RunBoxes(4000, 8192);
    for (let at = 0; at < 20_000; at++) runs.add(1, at / 5, (at + 1) / 5, at);
    runs.add(0, 0, 4000, 0);
    const boxes = runs.finish();
    expect(boxes.leftOut).toBeGreaterThan(0);
    expect(boxes.node.length + boxes.leftOut).toBe(20_001);
    expect(boxes.node[0]).toBe(0);
  });
});

describe('the heat map', () => {
  it('spreads what samples weigh over the columns they span', () => {
    const range = fc.record({ columns: fc.integer({ min: 1, max: 12 }), fromNanos: fc.nat(30), length: fc.integer({ min: 1, max: 60 }), weight: fc.nat(1) });
    fc.assert(fc.property(anyProfile, range, (profile, { columns, fromNanos, length, weight }) => {
      const map = heatMap(profile, { columns, fromNanos, toNanos: fromNanos + length, weight });
      const expected = new Float64Array(map.threads * columns);
      const { samples, weights } = profile;
      for (let row = 0; row < samples.count; row++) {
        if (samples.stack[row] === none) continue;
        const time = samples.time![row]!;
        const value = weights[weight]!.values?.[row] ?? 1;
        for (let column = 0; column < columns; column++) {
          const [left, right] = [fromNanos + (column * length) / columns, fromNanos + ((column + 1) * length) / columns];
          const share = weight === 1 || value === 0 ? Number(time >= left - 1e-9 && time < right - 1e-9) : Math.max(0, Math.min(right, time + value) - Math.max(left, time)) / value;
          expected[samples.thread![row]! * columns + column]! += value * share;
        }
      }
      for (const [cell, value] of expected.entries()) expect(map.cells[cell]).toBeCloseTo(value, 6);
      expect(map.max).toBe(Math.max(0, ...map.cells));
    }), { numRuns: 300 });
  });
  it('has no idle time and no rounding left over', () => {
    const profile = drawProfile('work  (idle)  work', { times: [0, 100, 700], weights: [100, 600, 100] });
    expect([...heatMap(profile, { columns: 8, fromNanos: 0, toNanos: 800 }).cells]).toEqual([100, 0, 0, 0, 0, 0, 0, 100]);
  });
});

describe('a search', () => {
  const profile = drawProfile(`
    main   main   main    gc
    hanoi  hanoi  render
    move   hanoi  hanoi
  `, { weights: [1, 2, 4, 9] });
  const boxes = mergedBoxes(profile, callTree(profile, wholeProfile));
  it('counts what lies on a found box once', () => {
    const matches = Uint8Array.from(profile.functions.name, (name) => (/hanoi|move/u.test(profile.strings[name]!) ? 1 : 0));
    const { found, share } = searchBoxes(boxes, matches);
    expect(share).toBeCloseTo(7 / 16, 12);
    expect(Array.from(found, (is, box) => (is === 1 ? nameOf(profile, boxes.function[box]!) : '')).filter((name) => name !== '')).toEqual(['hanoi', 'hanoi', 'hanoi', 'move']);
  });
  it('finds the share of samples that pass through a match', () => {
    fc.assert(fc.property(anyProfile, fc.nat(5), (any, fn) => {
      fc.pre(fn < any.functions.count);
      const tree = callTree(any, wholeProfile);
      const matches = new Uint8Array(any.functions.count);
      matches[fn] = 1;
      const through = naiveSamples(any, wholeProfile).reduce((sum, { path, weight }) => sum + (path.includes(fn) ? weight : 0), 0);
      expect(searchBoxes(mergedBoxes(any, tree), matches).share).toBeCloseTo(tree.total[0] === 0 ? 0 : through / tree.total[0]!, 9);
    }));
  });
});
