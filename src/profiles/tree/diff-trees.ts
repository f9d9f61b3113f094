// Two call trees as one: what got slower, what is new, what is gone. Each side counts as 100 points whatever it weighs, so profiles of
// different length, rate and unit compare. Functions are the same by name and file; lines move with every edit and are ignored.
import type { PairIndex } from '../build/index.ts';
import type { Profile } from '../model.ts';
import type { CallTree } from './call-tree.ts';
import { childLists, depths } from './finish-tree.ts';
import { matchFunctions } from './match-functions.ts';
import { rootNode, startNodes } from './select-nodes.ts';

export interface ProfileTree { readonly profile: Profile; readonly tree: CallTree }

/** One side's part of a diff, by node: points (percent of that side's total) and samples. */
export interface DiffSide { readonly self: Float64Array; readonly total: Float64Array; readonly selfSamples: Float64Array; readonly totalSamples: Float64Array }

/** `self` and `total` are the mean of both sides' points (root: 100), so that what is gone keeps a width; samples are both sides' together. */
export interface DiffTree extends CallTree {
  /** The profile of `now`, with the functions that only `before` has appended: what `function` points into. */
  readonly profile: Profile;
  readonly now: DiffSide;
  readonly before: DiffSide;
  /** Points: now less before, of total and of self. */
  readonly change: Float64Array;
  readonly changeSelf: Float64Array;
}

/** Trees of any kind, both of the same (two call trees, two inverted ones). A side without weight counts as 0 points everywhere. */
export function diffTrees(now: ProfileTree, before: ProfileTree): DiffTree {
  const matched = matchFunctions(now.profile, before.profile);
  const nodes = startNodes();
  const nowNodes = union(nodes, now.tree, matched.now);
  const beforeNodes = union(nodes, before.tree, matched.before);
  const nowSide = sideOf(now.tree, nowNodes, nodes.count);
  const beforeSide = sideOf(before.tree, beforeNodes, nodes.count);
  return { ...unionTree(nodes, nowSide, beforeSide), profile: matched.profile, now: nowSide, before: beforeSide, change: less(nowSide.total, beforeSide.total), changeSelf: less(nowSide.self, beforeSide.self) };
}

const less = (left: Float64Array, right: Float64Array): Float64Array => left.map((value, row) => value - right[row]!);
const plus = (left: Float64Array, right: Float64Array): Float64Array => left.map((value, row) => value + right[row]!);

/** The union's node by the tree's. */
function union(nodes: PairIndex, tree: CallTree, functions: Int32Array): Int32Array {
  const rows = new Int32Array(tree.count);
  for (let node = 1; node < tree.count; node++) rows[node] = nodes.row(rows[tree.parent[node]!]!, functions[tree.function[node]!]!);
  return rows;
}

function sideOf(tree: CallTree, rows: Int32Array, count: number): DiffSide {
  const all = tree.total[rootNode]!;
  const points = all === 0 ? 0 : 100 / all;
  const sum = (values: Float64Array, scale: number): Float64Array => {
    const sums = new Float64Array(count);
    for (let node = 0; node < tree.count; node++) sums[rows[node]!]! += values[node]! * scale;
    return sums;
  };
  return { self: sum(tree.self, points), total: sum(tree.total, points), selfSamples: sum(tree.selfSamples, 1), totalSamples: sum(tree.totalSamples, 1) };
}

function unionTree(nodes: PairIndex, now: DiffSide, before: DiffSide): CallTree {
  const parent = nodes.finishFirst();
  const mean = (left: Float64Array, right: Float64Array): Float64Array => left.map((value, row) => (value + right[row]!) / 2);
  const total = mean(now.total, before.total);
  return {
    count: nodes.count, parent, function: nodes.finishSecond(), self: mean(now.self, before.self), total,
    selfSamples: plus(now.selfSamples, before.selfSamples), totalSamples: plus(now.totalSamples, before.totalSamples),
    ...childLists(parent, total), depth: depths(parent),
  };
}
