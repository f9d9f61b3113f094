// What the program's own globals reach. Objects outside it (an attached debugger's, the engine's) that point into it do not count
// as its keepers.
import type { Heap } from '../model.ts';
import { isDocumentTrees } from './roots.ts';
import type { Scratch } from './scratch.ts';
import { typeRows } from './type-rows.ts';

/** 1 for each node reached from the globals (the root's shortcut edges) or from documents, along edges that are not weak. */
export function findPageOwned(heap: Heap, scratch: Scratch): Uint8Array {
  const { nodes: { firstEdge, count }, edges: { to: target, type } } = heap;
  const { weak } = typeRows(heap).edge;
  const owned = new Uint8Array(count);
  const stack = scratch.take();
  let depth = 0;
  for (const row of entryPoints(heap)) if (owned[row] === 0) { owned[row] = 1; stack[depth++] = row; }
  while (depth > 0) {
    const row = stack[--depth]!;
    const end = firstEdge[row + 1]!;
    for (let edge = firstEdge[row]!; edge < end; edge++) {
      const to = target[edge]!;
      if (owned[to] === 1 || type[edge] === weak) continue;
      owned[to] = 1;
      stack[depth++] = to;
    }
  }
  scratch.give(stack);
  return owned;
}

function entryPoints(heap: Heap): number[] {
  const { nodes, edges, root } = heap;
  const { shortcut, element } = typeRows(heap).edge;
  const found: number[] = [];
  for (let edge = nodes.firstEdge[root]!; edge < nodes.firstEdge[root + 1]!; edge++) {
    const to = edges.to[edge]!;
    if (edges.type[edge] === shortcut || (edges.type[edge] === element && isDocumentTrees(heap, to))) found.push(to);
  }
  return found;
}
