// The nearest callers and callees of a function as lines, heaviest first. Pure.
import type { CallTree } from '../../../../profiles/index.ts';
import type { SandwichPicture } from '../../../workers/profile/index.ts';
import { figuresOf } from '../model/chosen.ts';

export interface SandwichRow { readonly place: 'caller' | 'chosen' | 'recursion' | 'callee'; /** Of the functions. */ readonly row: number; readonly weight: number; readonly self: number; /** Of a recursion: how deep it goes. */ readonly deep: number }

const most = 8;
/** So that the function itself is in sight. */
const mostCallers = 4;

/** Callers above, from far to near: all that call it at once, or, as long as there is one only, who calls that. @param row the function in the middle. */
export function sandwichRows({ callers, callees }: SandwichPicture, row: number): readonly SandwichRow[] {
  const middle = ownNode(callees.tree, row);
  const own: SandwichRow = { place: 'chosen', row, weight: callees.tree.total[middle] ?? 0, self: figuresOf(callees.tree, row).self, deep: 0 };
  return [...callersOf(callers.tree, row).toReversed(), own, ...calledBy(callees.tree, middle, row)];
}

function callersOf(tree: CallTree, row: number): readonly SandwichRow[] {
  const rows: SandwichRow[] = [];
  for (let nodes = childrenOf(tree, ownNode(tree, row)); nodes.length > 0 && rows.length < mostCallers; nodes = nodes.length === 1 ? childrenOf(tree, nodes[0] ?? 0) : []) {
    for (const node of nodes.slice(0, mostCallers - rows.length)) rows.push({ place: 'caller', row: tree.function[node] ?? -1, weight: tree.total[node] ?? 0, self: 0, deep: 0 });
  }
  return rows;
}

/** What it calls, also from calls of itself to itself, which are one line. */
function calledBy(tree: CallTree, middle: number, row: number): readonly SandwichRow[] {
  const weights = new Map<number, number>();
  let [recursion, deep] = [0, 0];
  const waiting: (readonly [node: number, deep: number])[] = [[middle, 1]];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    const [node, at] = each;
    deep = Math.max(deep, at);
    for (const child of childrenOf(tree, node)) {
      const called = tree.function[child] ?? -1;
      if (called === row) { waiting.push([child, at + 1]); if (at === 1) recursion += tree.total[child] ?? 0; } else weights.set(called, (weights.get(called) ?? 0) + (tree.total[child] ?? 0));
    }
  }
  const callees = [...weights].toSorted(([, a], [, b]) => b - a).slice(0, most).map(([called, weight]): SandwichRow => ({ place: 'callee', row: called, weight, self: 0, deep: 0 }));
  return recursion > 0 ? [{ place: 'recursion', row, weight: recursion, self: 0, deep }, ...callees] : callees;
}

/** The root's one child is the function; a tree that holds only a root has none of it. */
const ownNode = (tree: CallTree, row: number): number => childrenOf(tree, 0).find(node => tree.function[node] === row) ?? 0;

const childrenOf = ({ childStart, children }: CallTree, node: number): readonly number[] => [...children.subarray(childStart[node] ?? 0, childStart[node + 1] ?? 0)];
