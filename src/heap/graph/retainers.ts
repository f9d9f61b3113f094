// The edges turned round: who leads to a node.
import type { Heap } from '../model.ts';
import type { Adjacency } from './analysis.ts';
import { hasBit } from './bits.ts';

/** Set in a row of `retainers.to` when that edge does not keep its target alive. */
const notKeeping = 0x80000000;
export const retainerRow = (entry: number): number => entry & 0x7fffffff;
export const keeps = (entry: number): boolean => entry < notKeeping;

/** Sources of each node's incoming edges, in the order of the file, marked with `notKeeping` where the edge is inert. */
export function buildRetainers({ nodes: { count, firstEdge }, edges: { to: target } }: Heap, inert: Uint8Array): Adjacency {
  const first = countsToStarts(target, count);
  const to = new Uint32Array(target.length);
  // Filling moves each start to its end, which is the next one's start: moved back afterwards.
  for (let row = 0; row < count; row++) {
    const end = firstEdge[row + 1]!;
    for (let edge = firstEdge[row]!; edge < end; edge++) to[first[target[edge]!]!++] = hasBit(inert, edge) ? (row | notKeeping) >>> 0 : row;
  }
  first.copyWithin(1, 0, count);
  first[0] = 0;
  return { first, to };
}

/** count + 1 rows: where each value's entries would begin if `values` were sorted. */
export function countsToStarts(values: Uint32Array, count: number): Uint32Array {
  const first = new Uint32Array(count + 1);
  for (let i = 0; i < values.length; i++) first[values[i]!]!++;
  let sum = 0;
  for (let row = 0; row <= count; row++) {
    const here = first[row]!;
    first[row] = sum;
    sum += here;
  }
  return first;
}
