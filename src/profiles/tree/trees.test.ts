// Every tree against the naive reference, over any profile and any selection.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Profile } from '../model.ts';
import { codedPackages, codedProfile } from '../testing/coded-profile.ts';
import { framesOf, naiveSamples, naiveTree, pathsOf, type NaiveSample } from '../testing/naive-trees.ts';
import { callTree } from './build-call-tree.ts';
import { wholeProfile, type CallTree, type ProfileSelection } from './call-tree.ts';
import { invertedTree } from './inverted-tree.ts';
import { linesOf } from './lines-of.ts';
import { sandwich } from './sandwich.ts';
import { topFunctions } from './top-functions.ts';

const sample = fc.record({ calls: fc.array(fc.nat(23), { maxLength: 7 }), weight: fc.nat(9), thread: fc.nat(2), step: fc.nat(4), counts: fc.integer({ min: 1, max: 3 }) });
const anyProfile = fc.tuple(fc.array(sample, { maxLength: 24 }), fc.boolean(), fc.boolean()).map((coded) => codedProfile(...coded));
const anySelection = (profile: Profile): fc.Arbitrary<ProfileSelection> => fc.record({
  weight: fc.nat(1), threads: fc.option(fc.subarray([0, 1, 2])), fromNanos: fc.option(fc.nat(30)), toNanos: fc.option(fc.integer({ min: 30, max: 100 })),
  collapseRecursion: fc.boolean(), hiddenPackages: fc.subarray(codedPackages, { maxLength: 1 }),
  focusFunction: profile.functions.count === 0 ? fc.constant(null) : fc.option(fc.nat(profile.functions.count - 1)),
});
const selected = anyProfile.chain((profile) => fc.tuple(fc.constant(profile), anySelection(profile)));
const always = { numRuns: 400 };

/** What every tree keeps to, whatever is in it. */
function expectWhole(tree: CallTree): void {
  expect(tree.parent[0]).toBe(-1);
  expect(tree.function[0]).toBe(-1);
  const seen = new Set([0]);
  for (let node = 0; node < tree.count; node++) {
    const children = [...tree.children.subarray(tree.childStart[node], tree.childStart[node + 1])];
    expect(children.map((child) => tree.total[child])).toEqual(children.map((child) => tree.total[child]!).toSorted((a, b) => b - a));
    for (const child of children) {
      expect(tree.parent[child]).toBe(node);
      expect(child).toBeGreaterThan(node);
      expect(tree.depth[child]).toBe(tree.depth[node]! + 1);
      seen.add(child);
    }
  }
  expect(seen.size).toBe(tree.count);
}

const shown = (nodes: Map<string, unknown>): object => Object.fromEntries([...nodes].sort(([a], [b]) => (a < b ? -1 : 1)));

describe('the call tree', () => {
  it('is what walking every sample gives', () => {
    fc.assert(fc.property(selected, ([profile, selection]) => {
      const tree = callTree(profile, selection);
      expectWhole(tree);
      expect(shown(pathsOf(tree))).toEqual(shown(naiveTree(naiveSamples(profile, selection))));
    }), always);
  });
});

describe('the inverted tree', () => {
  it('is what walking every sample from its leaf gives', () => {
    fc.assert(fc.property(selected, ([profile, selection]) => {
      const tree = invertedTree(profile, selection, 0);
      expectWhole(tree);
      const reversed = naiveSamples(profile, selection).map((each) => ({ ...each, path: each.path.toReversed() }));
      expect(shown(pathsOf(tree))).toEqual(shown(naiveTree(reversed)));
      expect(tree.prunedNodes).toBe(0);
    }), always);
  });

  it('prunes what is thin and counts it', () => {
    fc.assert(fc.property(selected, fc.double({ min: 0, max: 0.5, noNaN: true }), ([profile, selection], minShare) => {
      const [whole, tree] = [pathsOf(invertedTree(profile, selection, 0)), invertedTree(profile, selection, minShare)];
      expectWhole(tree);
      const kept = pathsOf(tree);
      const floor = tree.total[0]! * minShare;
      for (const [path, node] of whole) expect(kept.has(path)).toBe(path === '' || path.split(',').every((_, depth, calls) => whole.get(calls.slice(0, depth + 1).join(','))!.total >= floor && node !== undefined));
      for (const [path, node] of kept) expect(node).toEqual(whole.get(path));
      const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
      expect(sum(tree.self) + tree.prunedWeight).toBeCloseTo(tree.total[0]!, 9);
      expect(sum(tree.selfSamples) + tree.prunedSamples).toBeCloseTo(tree.totalSamples[0]!, 9);
    }), always);
  });
});

describe('the sandwich', () => {
  it('goes up and down from the outermost call', () => {
    fc.assert(fc.property(selected, fc.nat(), ([profile, selection], number) => {
      fc.pre(profile.functions.count > 0);
      const fn = number % profile.functions.count;
      const { callers, callees } = sandwich(profile, selection, fn, 0);
      expectWhole(callers);
      expectWhole(callees);
      const through = naiveSamples(profile, selection).filter(({ path }) => path.includes(fn));
      expect(shown(pathsOf(callees))).toEqual(shown(naiveTree(through.map((each) => ({ ...each, path: each.path.slice(each.path.indexOf(fn)) })))));
      expect(shown(pathsOf(callers))).toEqual(shown(naiveTree(through.map((each) => ({ ...each, path: each.path.slice(0, each.path.indexOf(fn) + 1).toReversed() })))));
    }), always);
  });
});

describe('the top table', () => {
  it('counts a function once a stack', () => {
    fc.assert(fc.property(selected, ([profile, selection]) => {
      const samples = naiveSamples(profile, selection);
      const sum = (chosen: readonly NaiveSample[]) => ({ weight: chosen.reduce((all, { weight }) => all + weight, 0), samples: chosen.reduce((all, { samples: count }) => all + count, 0) });
      const functions = [...new Set(samples.flatMap(({ path }) => path))];
      const expected = functions.map((fn) => {
        const [own, through] = [sum(samples.filter(({ path }) => path.at(-1) === fn)), sum(samples.filter(({ path }) => path.includes(fn)))];
        return { function: fn, self: own.weight, total: through.weight, selfSamples: own.samples, totalSamples: through.samples, notSampled: 0 };
      }).sort((a, b) => b.self - a.self || b.total - a.total || a.function - b.function);
      expect(topFunctions(profile, selection)).toEqual(expected);
    }), always);
  });
});

describe('the lines of a function', () => {
  it('are those of its innermost calls', () => {
    fc.assert(fc.property(selected, fc.nat(), ([profile, anything], number) => {
      const selection = { ...anything, focusFunction: null };
      fc.pre(profile.functions.count > 0);
      const fn = number % profile.functions.count;
      const sums = new Map<number, { weight: number; samples: number }>();
      for (const { row, weight, samples } of naiveSamples(profile, selection)) {
        const line = framesOf(profile, profile.samples.stack[row]!).filter((frame) => profile.frames.function[frame] === fn).map((frame) => profile.frames.line[frame]!).at(-1) ?? 0;
        const old = sums.get(line) ?? { weight: 0, samples: 0 };
        if (line > 0) sums.set(line, { weight: old.weight + weight, samples: old.samples + samples });
      }
      const all = [...sums.values()].reduce((sum, { weight }) => sum + weight, 0);
      const rows = [...sums].map(([line, { weight, samples }]) => ({ line, share: all === 0 ? 0 : weight / all, samples })).sort((a, b) => a.line - b.line);
      expect(linesOf(profile, selection, fn)).toEqual({ of: 'total', rows });
    }), always);
  });
});

describe('deep stacks', () => {
  it('need no recursion', () => {
    const profile = codedProfile([{ calls: Array.from({ length: 60_000 }, (_, depth) => depth % 6), weight: 1, thread: 0, step: 1, counts: 1 }], true, false);
    expect(callTree(profile, wholeProfile).count).toBe(60_001);
    expect(callTree(profile, { ...wholeProfile, collapseRecursion: true }).count).toBe(7);
    expect(invertedTree(profile, wholeProfile).count).toBe(60_001);
    expect(sandwich(profile, wholeProfile, 0).callees.count).toBe(60_001);
    expect(topFunctions(profile, wholeProfile)).toHaveLength(6);
  });
});
