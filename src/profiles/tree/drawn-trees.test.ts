// What the trees say, on drawings that a person can check.
import { describe, expect, it } from 'vitest';
import { drawProfile, functionNamed } from '../testing/draw-profile.ts';
import { drawTree } from '../testing/draw-tree.ts';
import { callTree } from './build-call-tree.ts';
import { wholeProfile } from './call-tree.ts';
import { confidence } from './confidence.ts';
import { diffTrees } from './diff-trees.ts';
import { linesOf } from './lines-of.ts';
import { sandwich } from './sandwich.ts';

const recursive = drawProfile(`
  main   main   main   main   -
  hanoi  hanoi  hanoi  render
  hanoi  hanoi  move
  move   hanoi
`, { weights: [1, 2, 4, 8, 16] });

describe('a call tree', () => {
  it('is left heavy; empty stacks weigh on the root', () => {
    expect(drawTree(recursive, callTree(recursive, wholeProfile))).toEqual(['root 31 (16)', '  main 15', '    render 8 (8)', '    hanoi 7', '      move 4 (4)', '      hanoi 3', '        hanoi 2 (2)', '        move 1 (1)']);
  });
  it('folds recursion', () => {
    expect(drawTree(recursive, callTree(recursive, { ...wholeProfile, collapseRecursion: true }))).toEqual(['root 31 (16)', '  main 15', '    render 8 (8)', '    hanoi 7 (2)', '      move 5 (5)']);
  });
  it('begins at the focus, with its stacks only', () => {
    expect(drawTree(recursive, callTree(recursive, { ...wholeProfile, focusFunction: functionNamed(recursive, 'move') }))).toEqual(['root 5', '  move 5 (5)']);
  });
  it('goes without hidden packages', () => {
    const profile = drawProfile(`
      main@/shop/main.ts                main@/shop/main.ts
      next@/x/node_modules/express/next.js  next@/x/node_modules/express/next.js
      price@/shop/price.ts
    `);
    expect(drawTree(profile, callTree(profile, { ...wholeProfile, hiddenPackages: ['express'] }))).toEqual(['root 2', '  main 2 (1)', '    price 1 (1)']);
  });
  it('takes threads and a range of time', () => {
    const profile = drawProfile(`
      a  b  c  d
    `, { times: [0, 10, 20, 30], threads: ['main', 'io', 'main', 'main'] });
    expect(drawTree(profile, callTree(profile, { ...wholeProfile, threads: [0], fromNanos: 20, toNanos: 30 }))).toEqual(['root 1', '  c 1 (1)']);
  });
});

it('a sandwich counts recursion once, and shows it among the callees', () => {
  const { callers, callees } = sandwich(recursive, wholeProfile, functionNamed(recursive, 'hanoi'));
  expect(drawTree(recursive, callers)).toEqual(['root 7', '  hanoi 7', '    main 7 (7)']);
  expect(drawTree(recursive, callees)).toEqual(['root 7', '  hanoi 7', '    move 4 (4)', '    hanoi 3', '      hanoi 2 (2)', '      move 1 (1)']);
});

it('lines of V8 are position ticks, as far as their samples are chosen', () => {
  const drawn = drawProfile('f  f  f  f', { times: [0, 1, 2, 3] });
  const profile = { ...drawn, lineTicks: { count: 2, stack: Int32Array.of(0, 0), line: Int32Array.of(12, 13), ticks: Int32Array.of(3, 1) } };
  expect(linesOf(profile, wholeProfile, 0)).toEqual({ of: 'self', rows: [{ line: 12, share: 0.75, samples: 3 }, { line: 13, share: 0.25, samples: 1 }] });
  expect(linesOf(profile, { ...wholeProfile, fromNanos: 2 }, 0).rows).toEqual([{ line: 12, share: 0.75, samples: 1.5 }, { line: 13, share: 0.25, samples: 0.5 }]);
});

describe('a diff of two trees', () => {
  const before = drawProfile(`
    main@m.ts:1  main@m.ts:1  main@m.ts:1  main@m.ts:1
    old@o.ts     price@p.ts   price@p.ts   price@p.ts
  `);
  const now = drawProfile(`
    main@m.ts:9  main@m.ts:9
    price@p.ts   fresh@f.ts
  `);
  const diff = diffTrees({ profile: now, tree: callTree(now, wholeProfile) }, { profile: before, tree: callTree(before, wholeProfile) });
  const changes = Object.fromEntries(Array.from(diff.function, (fn, node) => [fn < 0 ? 'root' : diff.profile.strings[diff.profile.functions.name[fn]!]!, diff.change[node]]));

  it('says in points what grew, is new and is gone, whatever the sides weigh', () => { expect(changes).toEqual({ root: 0, main: 0, price: -25, fresh: 50, old: -25 }); });
  it('keeps a width for what is gone', () => { expect(drawTree(diff.profile, diff)).toEqual(['root 100', '  main 100', '    price 62.5 (62.5)', '    fresh 25 (25)', '    old 12.5 (12.5)']); });
  it('appends the functions that only the other side has, with file and package', () => {
    const row = functionNamed(diff.profile, 'old');
    expect(row).toBe(now.functions.count);
    expect(diff.profile.strings[diff.profile.functions.file[row]!]).toBe('o.ts');
    expect(diff.profile.strings[diff.profile.functions.package[row]!]).toBe('app');
  });
  it('of a profile with itself changes nothing', () => {
    const side = { profile: recursive, tree: callTree(recursive, wholeProfile) };
    const same = diffTrees(side, side);
    expect([...same.change, ...same.changeSelf].every((points) => points === 0)).toBe(true);
    expect(same.totalSamples[0]).toBe(10);
  });
  it('with nothing is all new', () => {
    const nothing = drawProfile('');
    const all = diffTrees({ profile: now, tree: callTree(now, wholeProfile) }, { profile: nothing, tree: callTree(nothing, wholeProfile) });
    expect(all.change[0]).toBe(100);
  });
});

describe('how sure a share is', () => {
  it('is the Wilson margin', () => {
    expect(confidence(0.425, 7921)).toBeCloseTo(1.09, 2);
    expect(confidence(0.5, 100)).toBeCloseTo(9.62, 2);
  });
  it('stays honest for few samples and at the ends', () => {
    expect(confidence(0, 10)).toBeCloseTo(27.75, 2);
    expect(confidence(1, 10)).toBeCloseTo(27.75, 2);
    expect(confidence(0.3, 0)).toBe(70);
  });
});
