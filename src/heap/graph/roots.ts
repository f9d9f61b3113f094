// The root's children: which of them are the program's own and not the engine's.
import type { Heap } from '../model.ts';
import { stringAt } from '../parse/string-table.ts';
import { typeRows } from './type-rows.ts';

/** A browser's synthetic parent of all documents; every other synthetic node is the engine's. */
const documentTrees = '(Document DOM trees)';

function isUserRoot(heap: Heap, row: number): boolean {
  return heap.nodes.type[row] !== typeRows(heap).node.synthetic || isDocumentTrees(heap, row);
}

export const isDocumentTrees = (heap: Heap, row: number): boolean =>
  heap.nodes.type[row] === typeRows(heap).node.synthetic && stringAt(heap.strings, heap.nodes.name[row]!) === documentTrees;

/** Targets of the root's edges that are the program's, in order; one may come twice. */
export function userRoots(heap: Heap): number[] {
  const { nodes, edges, root } = heap;
  const found: number[] = [];
  for (let edge = nodes.firstEdge[root]!; edge < nodes.firstEdge[root + 1]!; edge++) if (isUserRoot(heap, edges.to[edge]!)) found.push(edges.to[edge]!);
  return found;
}
