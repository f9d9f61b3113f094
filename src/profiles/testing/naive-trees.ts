// The reference that property tests hold the trees against: every sample's path as a list, everything by walking it. Slow and plain.
import { none, type Profile } from '../model.ts';
import type { CallTree, ProfileSelection } from '../tree/call-tree.ts';

export interface NaiveSample { readonly path: readonly number[]; readonly weight: number; readonly samples: number; readonly row: number }
export interface NaiveNode { self: number; total: number; selfSamples: number; totalSamples: number }

/** Frames of a stack, root first. */
export function framesOf({ stacks }: Profile, leaf: number): number[] {
  const frames: number[] = [];
  for (let stack = leaf; stack !== none; stack = stacks.parent[stack]!) frames.unshift(stacks.frame[stack]!);
  return frames;
}

/** The selection's samples with their paths of functions as the selection shows them. */
export function naiveSamples(profile: Profile, selection: ProfileSelection): NaiveSample[] {
  const { samples, weights } = profile;
  const { values, each } = weights[selection.weight]!;
  const chosen: NaiveSample[] = [];
  for (let row = 0; row < samples.count; row++) {
    if (selection.threads !== null && !selection.threads.includes(samples.thread?.[row] ?? 0)) continue;
    const time = samples.time?.[row] ?? null;
    if (time !== null && (time < (selection.fromNanos ?? -Infinity) || time >= (selection.toNanos ?? Infinity))) continue;
    const path = naivePath(profile, selection, framesOf(profile, samples.stack[row]!).map((frame) => profile.frames.function[frame]!));
    if (path !== null) chosen.push({ path, weight: values?.[row] ?? each, samples: samples.counts?.[row] ?? 1, row });
  }
  return chosen;
}

function naivePath({ functions, strings }: Profile, selection: ProfileSelection, functionsOnStack: readonly number[]): number[] | null {
  const from = selection.focusFunction === null ? 0 : functionsOnStack.indexOf(selection.focusFunction);
  if (from < 0) return null;
  const shown = functionsOnStack.slice(from).filter((fn) => !selection.hiddenPackages.includes(strings[functions.package[fn]!]!));
  if (!selection.collapseRecursion) return shown;
  const pathOf = new Map<number, number[]>();
  let path: number[] = [];
  for (const fn of shown) {
    path = pathOf.get(fn) ?? [...path, fn];
    pathOf.set(fn, path);
  }
  return path;
}

/** By path (joined by commas, '' the root). Nodes that nothing passes through are not there. */
export function naiveTree(samples: readonly NaiveSample[]): Map<string, NaiveNode> {
  const nodes = new Map<string, NaiveNode>([['', { self: 0, total: 0, selfSamples: 0, totalSamples: 0 }]]);
  for (const { path, weight, samples: count } of samples) {
    for (let depth = 0; depth <= path.length; depth++) {
      const key = path.slice(0, depth).join(',');
      const node = nodes.get(key) ?? { self: 0, total: 0, selfSamples: 0, totalSamples: 0 };
      nodes.set(key, node);
      node.total += weight;
      node.totalSamples += count;
      if (depth < path.length) continue;
      node.self += weight;
      node.selfSamples += count;
    }
  }
  return nodes;
}

/** A CallTree in the same form. */
export function pathsOf(tree: CallTree): Map<string, NaiveNode> {
  const nodes = new Map<string, NaiveNode>();
  const paths: string[] = [];
  for (let node = 0; node < tree.count; node++) {
    const above = node === 0 ? '' : paths[tree.parent[node]!]!;
    const path = node === 0 ? '' : `${above}${above === '' ? '' : ','}${tree.function[node]}`;
    paths.push(path);
    nodes.set(path, { self: tree.self[node]!, total: tree.total[node]!, selfSamples: tree.selfSamples[node]!, totalSamples: tree.totalSamples[node]! });
  }
  return nodes;
}
