// One function in the middle: who calls it, what it calls. Recursion counts once: a stack's outermost call of the function is the
// one that counts, calls of it to itself are among what it calls.
import type { Profile } from '../model.ts';
import { callTree } from './build-call-tree.ts';
import type { CallTree, ProfileSelection, PrunedTree } from './call-tree.ts';
import { finishTree } from './finish-tree.ts';
import { defaultMinShare, waysUp } from './inverted-tree.ts';
import { rootNode, startNodes } from './select-nodes.ts';

export interface Sandwich {
  /** The root's one child is the function; below it, its callers. Thin branches are pruned and counted. */
  readonly callers: PrunedTree;
  /** The root's one child is the function; below it, what it calls. */
  readonly callees: CallTree;
}

/** Both trees hold only a root when nothing of the selection passes through the function. minShare: of the selection, as in `invertedTree`. */
export function sandwich(profile: Profile, selection: ProfileSelection, functionRow: number, minShare = defaultMinShare): Sandwich {
  const tree = callTree(profile, selection);
  const inside = insideCalls(tree, functionRow);
  const outermost: number[] = [];
  for (let node = 1; node < tree.count; node++) if (inside[node] === 1 && inside[tree.parent[node]!] === 0) outermost.push(node);
  return { callers: waysUp(tree, Int32Array.from(outermost), tree.total, tree.totalSamples, minShare), callees: calleesOf(tree, inside) };
}

/** 1 for the function's nodes and all below them. */
function insideCalls(tree: CallTree, functionRow: number): Uint8Array {
  const inside = new Uint8Array(tree.count);
  for (let node = 1; node < tree.count; node++) if (tree.function[node] === functionRow || inside[tree.parent[node]!] === 1) inside[node] = 1;
  return inside;
}

function calleesOf(tree: CallTree, inside: Uint8Array): CallTree {
  const nodes = startNodes();
  /** By node of `tree`; outside of the function's calls all is the root. */
  const merged = new Int32Array(tree.count);
  for (let node = 1; node < tree.count; node++) if (inside[node] === 1) merged[node] = nodes.row(merged[tree.parent[node]!]!, tree.function[node]!);
  const self = new Float64Array(nodes.count);
  const selfSamples = new Float64Array(nodes.count);
  for (let node = 1; node < tree.count; node++) {
    if (merged[node] === rootNode) continue;
    self[merged[node]!]! += tree.self[node]!;
    selfSamples[merged[node]!]! += tree.selfSamples[node]!;
  }
  return finishTree({ parent: nodes.finishFirst(), function: nodes.finishSecond(), self, selfSamples });
}
