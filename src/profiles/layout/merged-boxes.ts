// A tree left-heavy: a child begins where its heavier sibling ended, so the widest way up is at the left. Rows are depths. What weighs
// nothing has no box.
import type { Profile } from '../model.ts';
import type { CallTree } from '../tree/call-tree.ts';
import type { DiffTree } from '../tree/diff-trees.ts';
import type { BoxTint, FlameBoxes } from './boxes.ts';

/** profile: the one the tree's functions are of (of a DiffTree: its own). Axis: the tree's weight. `change` needs a DiffTree. */
export function mergedBoxes(profile: Profile, tree: CallTree | DiffTree, tint: BoxTint | null = null): FlameBoxes {
  const node = new Int32Array(tree.count);
  const start = new Float64Array(tree.count);
  const end = new Float64Array(tree.count);
  end[0] = Math.max(0, tree.total[0]!);
  const rowStart = [0];
  let count = 1;
  for (let from = 0; from < count;) {
    const to = count;
    rowStart.push(to);
    for (let box = from; box < to; box++) count = placeChildren(tree, box, { node, start, end }, count);
    from = to;
  }
  const shown = node.slice(0, count);
  return {
    rows: rowStart.length - 1, rowStart: Int32Array.from(rowStart), start: start.slice(0, count), end: end.slice(0, count), node: shown,
    function: shown.map((row) => tree.function[row]!), extent: end[0]!, tint: tint === null ? null : tintOf(profile, tree, tint, shown),
  };
}

interface Boxes { readonly node: Int32Array; readonly start: Float64Array; readonly end: Float64Array }

/** Appends the children of a box; a sum's rounding never takes them past its end. */
function placeChildren(tree: CallTree, box: number, { node, start, end }: Boxes, count: number): number {
  const parent = node[box]!;
  let at = start[box]!;
  for (let row = tree.childStart[parent]!; row < tree.childStart[parent + 1]!; row++) {
    const child = tree.children[row]!;
    const to = Math.min(end[box]!, at + tree.total[child]!);
    if (!(to > at)) continue;
    node[count] = child;
    start[count] = at;
    end[count++] = to;
    at = to;
  }
  return count;
}

const leastFullPoints = 5;

function tintOf(profile: Profile, tree: CallTree | DiffTree, tint: BoxTint, nodes: Int32Array): Float32Array {
  const of = (value: (node: number) => number): Float32Array => new Float32Array(nodes.length).map((_, box) => value(nodes[box]!));
  if (tint === 'package') return of((node) => packageRow(profile, tree.function[node]!));
  if (tint === 'self') {
    const most = greatest(tree.self, 1);
    return of((node) => (node === 0 || most === 0 ? 0 : tree.self[node]! / most));
  }
  if (!('change' in tree)) throw new Error('Only a diff tree can be tinted by change.');
  const most = Math.max(leastFullPoints, greatest(tree.change, 0));
  return of((node) => tree.change[node]! / most);
}

export const packageRow = ({ functions }: Profile, functionRow: number): number => (functionRow < 0 ? -1 : functions.package[functionRow]!);

function greatest(values: Float64Array, from: number): number {
  let most = 0;
  for (let row = from; row < values.length; row++) most = Math.max(most, Math.abs(values[row]!));
  return most;
}
