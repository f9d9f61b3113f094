// Ways between a node of a call tree, the functions on the way to it, and its box.
import type { CallTree, FlameBoxes } from '../../../../profiles/index.ts';

type Parents = Pick<CallTree, 'parent' | 'function'>;

/** Rows of functions from the outermost to the node's own; empty at the root. */
export function pathOfNode({ parent, function: functions }: Parents, node: number): readonly number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = parent[at] ?? -1) { const row = functions[at] ?? -1; if (row >= 0) path.push(row); }
  return path.reverse();
}

/** The node that the path leads to; else the heaviest node of its last function; null when the tree has none. */
export function nodeOfPath(tree: CallTree, path: readonly number[]): number | null {
  let node = 0;
  for (const row of path) {
    const next = childOf(tree, node, row);
    if (next === null) return heaviestNode(tree, path.at(-1) ?? -1);
    node = next;
  }
  return path.length === 0 ? null : node;
}

function childOf({ childStart, children, function: functions }: CallTree, node: number, row: number): number | null {
  for (let at = childStart[node] ?? 0; at < (childStart[node + 1] ?? 0); at++) { const child = children[at] ?? 0; if (functions[child] === row) return child; }
  return null;
}

export function heaviestNode({ count, function: functions, total }: CallTree, row: number): number | null {
  let best: number | null = null;
  for (let node = 1; node < count; node++) if (functions[node] === row && (best === null || (total[node] ?? 0) > (total[best] ?? 0))) best = node;
  return best;
}

/** Box by node, -1 where a node has none; of several the first. */
export function boxOfNode(boxes: FlameBoxes, nodes: number): Int32Array {
  const box = new Int32Array(nodes).fill(-1);
  for (let at = boxes.node.length - 1; at >= 0; at--) { const node = boxes.node[at] ?? -1; if (node >= 0 && node < nodes) box[node] = at; }
  return box;
}
