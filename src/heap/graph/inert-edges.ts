// Which edges do not keep their target alive, by the rules of Chrome DevTools: dominators and retained sizes stand on the others.
import type { Heap } from '../model.ts';
import { newBits, setBit } from './bits.ts';
import type { Ephemerons } from './ephemerons.ts';
import { typeRows } from './type-rows.ts';

/**
 * One bit per edge, set for: weak edges; edges to oneself; shortcuts, but at the root, where they mark the globals;
 * edges from what the program does not own into what it owns, but at the root; and of the two edges that hold a WeakMap's
 * value, the one from the map's table.
 */
export function findInertEdges(heap: Heap, owned: Uint8Array, ephemerons: Ephemerons): Uint8Array {
  const { nodes: { firstEdge, id, count }, edges: { type: types, to: target, nameOrIndex }, root } = heap;
  const { weak, shortcut, internal } = typeRows(heap).edge;
  const inert = newBits(heap.edges.count);
  for (let row = 0; row < count; row++) {
    const end = firstEdge[row + 1]!;
    for (let edge = firstEdge[row]!; edge < end; edge++) {
      const type = types[edge];
      const to = target[edge]!;
      const keeps = type !== weak && to !== row && (row === root || (type !== shortcut && (owned[to] === 0 || owned[row] === 1)))
        && (type !== internal || ephemerons.size === 0 || ephemerons.get(nameOrIndex[edge]!)?.tableId !== id[row]);
      if (!keeps) setBit(inert, edge);
    }
  }
  return inert;
}
