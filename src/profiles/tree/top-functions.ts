// Functions by what they cost, wherever they were called from.
import { notSampledByFunction } from '../gaps/index.ts';
import type { Profile } from '../model.ts';
import { callTree } from './build-call-tree.ts';
import type { CallTree, ProfileSelection } from './call-tree.ts';
import { walkPaths } from './walk-paths.ts';

export interface TopRow {
  /** Row of the profile's functions. */
  readonly function: number;
  /** In the selection's weight: while the function itself ran, and while it was anywhere on the stack (once, however often). */
  readonly self: number;
  readonly total: number;
  readonly selfSamples: number;
  readonly totalSamples: number;
  /** What of `self` nobody sampled: time between samples that counts to the one before. */
  readonly notSampled: number;
}

/** Most self first, then most total. `tree`: the selection's own call tree when it is there already. */
export function topFunctions(profile: Profile, selection: ProfileSelection, tree: CallTree = callTree(profile, selection)): readonly TopRow[] {
  const { count } = profile.functions;
  const sums = { self: new Float64Array(count), total: new Float64Array(count), selfSamples: new Float64Array(count), totalSamples: new Float64Array(count) };
  const active = new Int32Array(count);
  walkPaths(tree.parent, (node) => {
    if (node === 0) return;
    const fn = tree.function[node]!;
    sums.self[fn]! += tree.self[node]!;
    sums.selfSamples[fn]! += tree.selfSamples[node]!;
    if (active[fn]!++ > 0) return;
    sums.total[fn]! += tree.total[node]!;
    sums.totalSamples[fn]! += tree.totalSamples[node]!;
  }, (node) => { if (node !== 0) active[tree.function[node]!]!--; });
  const notSampled = notSampledByFunction(profile, selection);
  const rows: TopRow[] = [];
  for (let fn = 0; fn < count; fn++) {
    if (sums.total[fn] === 0 && sums.totalSamples[fn] === 0) continue;
    rows.push({ function: fn, self: sums.self[fn]!, total: sums.total[fn]!, selfSamples: sums.selfSamples[fn]!, totalSamples: sums.totalSamples[fn]!, notSampled: notSampled?.[fn] ?? 0 });
  }
  return rows.sort((a, b) => b.self - a.self || b.total - a.total || a.function - b.function);
}
