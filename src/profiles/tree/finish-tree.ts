// From nodes with their own weights to a whole CallTree: totals, depths, children in the order they are drawn in.
import { none } from '../model.ts';
import type { CallTree } from './call-tree.ts';

/** Nodes in columns, a parent before its children, row 0 the root. */
export interface NodeWeights {
  readonly parent: Int32Array;
  readonly function: Int32Array;
  readonly self: Float64Array;
  readonly selfSamples: Float64Array;
}

/** Nodes that nothing of the selection passes through are left out. */
export function finishTree(nodes: NodeWeights): CallTree {
  const total = totals(nodes.parent, nodes.self);
  const totalSamples = totals(nodes.parent, nodes.selfSamples);
  const keep = new Uint8Array(nodes.parent.length);
  for (let node = 0; node < keep.length; node++) keep[node] = node === 0 || total[node] !== 0 || totalSamples[node] !== 0 ? 1 : 0;
  for (let node = keep.length - 1; node > 0; node--) if (keep[node] === 1) keep[nodes.parent[node]!] = 1;
  return keptTree({ ...nodes, total, totalSamples }, keep);
}

/** Only the nodes marked 1, whose parents must be marked as well. */
export function keptTree(nodes: NodeWeights & { readonly total: Float64Array; readonly totalSamples: Float64Array }, keep: Uint8Array): CallTree {
  const newRow = new Int32Array(keep.length);
  const kept = new Int32Array(keep.length);
  let count = 0;
  for (let node = 0; node < keep.length; node++) {
    if (keep[node] !== 1) continue;
    kept[count] = node;
    newRow[node] = count++;
  }
  const parent = new Int32Array(count);
  for (let row = 0; row < count; row++) parent[row] = row === 0 ? none : newRow[nodes.parent[kept[row]!]!]!;
  const chosen = kept.subarray(0, count);
  const pick = (values: Float64Array): Float64Array => (count === keep.length ? values : new Float64Array(count).map((_, row) => values[chosen[row]!]!));
  const total = pick(nodes.total);
  return {
    count, parent, function: chosen.map((node) => nodes.function[node]!),
    self: pick(nodes.self), total, selfSamples: pick(nodes.selfSamples), totalSamples: pick(nodes.totalSamples),
    ...childLists(parent, total), depth: depths(parent),
  };
}

/** Own values and those of all below. */
export function totals(parent: Int32Array, self: Float64Array): Float64Array {
  const total = self.slice();
  for (let node = total.length - 1; node > 0; node--) total[parent[node]!]! += total[node]!;
  return total;
}

export function depths(parent: Int32Array): Int32Array {
  const depth = new Int32Array(parent.length);
  for (let node = 1; node < depth.length; node++) depth[node] = depth[parent[node]!]! + 1;
  return depth;
}

/** Longer lists than this are left to the platform's sort. */
const fewChildren = 12;

/** Heaviest first; equal ones in the order of their rows. */
export function childLists(parent: Int32Array, total: Float64Array): { readonly childStart: Int32Array; readonly children: Int32Array } {
  const childStart = new Int32Array(parent.length + 1);
  for (let node = 1; node < parent.length; node++) childStart[parent[node]! + 1]!++;
  for (let node = 0; node < parent.length; node++) childStart[node + 1]! += childStart[node]!;
  const next = childStart.slice();
  const children = new Int32Array(Math.max(0, parent.length - 1));
  for (let node = 1; node < parent.length; node++) children[next[parent[node]!]!++] = node;
  for (let node = 0; node < parent.length; node++) sortByTotal(children, childStart[node]!, childStart[node + 1]!, total);
  return { childStart, children };
}

function sortByTotal(children: Int32Array, start: number, end: number, total: Float64Array): void {
  if (end - start > fewChildren) {
    children.subarray(start, end).sort((a, b) => total[b]! - total[a]! || a - b);
    return;
  }
  for (let at = start + 1; at < end; at++) {
    const child = children[at]!;
    let to = at;
    for (; to > start && total[children[to - 1]!]! < total[child]!; to--) children[to] = children[to - 1]!;
    children[to] = child;
  }
}
