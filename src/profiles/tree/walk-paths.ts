// Rows of a parent column, depth first, without recursion: what is on the way from a root to here is known at each step. Linear.
import { none } from '../model.ts';

/** Rows so that each stands right after its parent or after a branch of an earlier sibling. `parent`: rows before their children. */
export function preorder(parent: Int32Array): Int32Array {
  const size = new Int32Array(parent.length).fill(1);
  for (let row = parent.length - 1; row >= 0; row--) if (parent[row] !== none) size[parent[row]!]! += size[row]!;
  const next = new Int32Array(parent.length);
  const order = new Int32Array(parent.length);
  let nextRoot = 0;
  for (let row = 0; row < parent.length; row++) {
    const above = parent[row]!;
    const at = above === none ? nextRoot : next[above]!;
    if (above === none) nextRoot += size[row]!;
    else next[above] = at + size[row]!;
    next[row] = at + 1;
    order[at] = row;
  }
  return order;
}

/** Calls `enter` for every row, its ancestors having been entered and not left; `leave` in the opposite order. */
export function walkPaths(parent: Int32Array, enter: (row: number) => void, leave: (row: number) => void): void {
  const path = new Int32Array(parent.length);
  let depth = 0;
  for (const row of preorder(parent)) {
    while (depth > 0 && path[depth - 1] !== parent[row]) leave(path[--depth]!);
    path[depth++] = row;
    enter(row);
  }
}
