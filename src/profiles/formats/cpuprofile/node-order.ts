// From the file's ids to rows of the stack table: parents before children, without V8's "(root)", which is no function. Nodes that no
// root leads to (a ring of children, hostile or broken) are left out and counted.
import { none } from '../../model.ts';
import type { FileScan } from './scan-file.ts';

export interface OrderedNodes {
  /** By stack row. */
  readonly parent: Int32Array;
  /** Row in the file's order, by stack row. */
  readonly node: Int32Array;
  /** Stack row by row in the file's order; `none` for the root and for what was left out. */
  readonly stack: Int32Array;
  /** 1 where the row is the file's root: its samples have an empty stack. */
  readonly isRoot: Uint8Array;
  /** The row of an id, `none` when there is no such node. */
  readonly rowOfId: (id: number) => number;
  readonly notes: readonly string[];
}

/** rootFunction: the row of `functions` that stands for the root, told by its name. */
export function orderNodes(file: FileScan, isRootFunction: (functionRow: number) => boolean): OrderedNodes {
  const id = file.id.finish();
  const { rowOfId, duplicates } = indexIds(id);
  const { parent, missing } = parentRows(file, rowOfId);
  const isRoot = new Uint8Array(id.length);
  for (let row = 0; row < id.length; row++) if (parent[row] === none && isRootFunction(file.function.at(row))) isRoot[row] = 1;
  const placed = ascends(parent) ? parent.map((_, row) => row) : breadthFirst(parent);
  const stack = new Int32Array(id.length).fill(none);
  const parents = new Int32Array(placed.length);
  const node = new Int32Array(placed.length);
  let count = 0;
  for (const row of placed) {
    if (isRoot[row] === 1) continue;
    const above = parent[row]!;
    parents[count] = above === none ? none : stack[above]!;
    node[count] = row;
    stack[row] = count++;
  }
  const notes = [
    ...counted(duplicates, 'have the id of an earlier one; the earlier is kept'),
    ...counted(missing, 'name a parent or a child that is not there'),
    ...counted(id.length - placed.length, 'hang on no root and were left out'),
  ];
  return { parent: parents.slice(0, count), node: node.slice(0, count), stack, isRoot, rowOfId, notes };
}

const counted = (count: number, what: string): string[] => (count === 0 ? [] : [`${count} nodes ${what}.`]);

/** Ids are dense in files of V8; then a table is enough. */
function indexIds(id: Int32Array): { readonly rowOfId: (id: number) => number; readonly duplicates: number } {
  let [least, greatest] = [0, 0];
  for (const value of id) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least >= 0 && greatest < id.length * 4 + 1024 ? denseIndex(id, greatest) : sparseIndex(id);
}

function denseIndex(id: Int32Array, greatest: number): { readonly rowOfId: (id: number) => number; readonly duplicates: number } {
  const rows = new Int32Array(greatest + 1).fill(none);
  let duplicates = 0;
  for (let row = 0; row < id.length; row++) {
    if (rows[id[row]!] === none) rows[id[row]!] = row;
    else duplicates++;
  }
  return { rowOfId: (wanted) => (wanted >= 0 && wanted <= greatest && wanted === (wanted | 0) ? rows[wanted]! : none), duplicates };
}

function sparseIndex(id: Int32Array): { readonly rowOfId: (id: number) => number; readonly duplicates: number } {
  const rows = new Map<number, number>();
  for (let row = 0; row < id.length; row++) if (!rows.has(id[row]!)) rows.set(id[row]!, row);
  return { rowOfId: (wanted) => rows.get(wanted) ?? none, duplicates: id.length - rows.size };
}

/** Both shapes at once: a node's own `parent`, else the first children array that names it. A node is never its own parent. */
function parentRows(file: FileScan, rowOfId: (id: number) => number): { readonly parent: Int32Array; readonly missing: number } {
  const parent = new Int32Array(file.id.count).fill(none);
  let missing = 0;
  for (let row = 0; row < parent.length; row++) {
    const above = file.parent.at(row);
    if (above === none) continue;
    parent[row] = rowOfId(above);
    if (parent[row] === none) missing++;
  }
  for (let pair = 0; pair < file.childId.count; pair++) {
    const child = rowOfId(file.childId.at(pair));
    if (child === none) missing++;
    else if (parent[child] === none) parent[child] = file.childOf.at(pair);
  }
  return { parent, missing };
}

function ascends(parent: Int32Array): boolean {
  for (let row = 0; row < parent.length; row++) if (parent[row]! >= row) return false;
  return true;
}

/** The rows that roots lead to, parents first. */
function breadthFirst(parent: Int32Array): Int32Array {
  const start = new Int32Array(parent.length + 1);
  for (const above of parent) if (above !== none) start[above + 1]!++;
  for (let row = 0; row < parent.length; row++) start[row + 1]! += start[row]!;
  const next = start.slice();
  const children = new Int32Array(start[parent.length]!);
  const order = new Int32Array(parent.length);
  let count = 0;
  for (let row = 0; row < parent.length; row++) {
    if (parent[row] === none) order[count++] = row;
    else children[next[parent[row]!]!++] = row;
  }
  for (let at = 0; at < count; at++) {
    const row = order[at]!;
    for (let child = start[row]!; child < start[row + 1]!; child++) order[count++] = children[child]!;
  }
  return order.subarray(0, count);
}
