// Numbers the nodes depth first along edges that keep, from 1 for the root: the order that dominators are computed in.
import type { Heap } from '../model.ts';
import type { Adjacency } from './analysis.ts';
import { hasBit } from './bits.ts';
import { keeps } from './retainers.ts';
import type { Scratch } from './scratch.ts';

export interface DepthFirst {
  /** By number: the node. Number 0 is nobody's. */
  readonly node: Uint32Array;
  /** By node: its number. */
  readonly number: Uint32Array;
  /** By number: the number that it was reached from. */
  readonly parent: Uint32Array;
}

/**
 * Every node gets a number. What the root does not reach hangs from it all the same: first whatever nothing keeps, with all
 * that it reaches; then each node of the rings that keep each other, alone.
 */
export function numberDepthFirst(heap: Heap, inert: Uint8Array, retainers: Adjacency, scratch: Scratch): DepthFirst {
  const { nodes, root } = heap;
  const order = new Numbering(heap, inert, scratch);
  order.from(root, 0);
  for (let row = 0; row < nodes.count && order.count < nodes.count; row++) if (order.number[row] === 0 && !isKept(retainers, row)) order.from(row, 1);
  for (let row = 0; row < nodes.count && order.count < nodes.count; row++) if (order.number[row] === 0) order.add(row, 1);
  scratch.give(order.nextEdge);
  return { node: order.node, number: order.number, parent: order.parent };
}

function isKept({ first, to }: Adjacency, row: number): boolean {
  for (let at = first[row]!; at < first[row + 1]!; at++) if (keeps(to[at]!)) return true;
  return false;
}

class Numbering implements DepthFirst {
  readonly node: Uint32Array;
  readonly number: Uint32Array;
  readonly parent: Uint32Array;
  count = 0;
  readonly #heap: Heap;
  readonly #inert: Uint8Array;
  /** By number: the next edge to look at. */
  readonly nextEdge: Uint32Array;

  constructor(heap: Heap, inert: Uint8Array, scratch: Scratch) {
    this.#heap = heap;
    this.#inert = inert;
    this.node = scratch.take();
    this.number = scratch.takeZeros();
    this.parent = scratch.take();
    this.nextEdge = scratch.take();
  }

  add(row: number, parent: number): number {
    const number = ++this.count;
    this.node[number] = row;
    this.number[row] = number;
    this.parent[number] = parent;
    this.nextEdge[number] = this.#heap.nodes.firstEdge[row]!;
    return number;
  }

  /** The whole walk from one node stands in one loop, without calls: it goes over every edge of the heap. */
  from(row: number, parent: number): void {
    const { nodes: { firstEdge }, edges: { to: target } } = this.#heap;
    const { node, number, parent: parents, nextEdge } = this;
    const inert = this.#inert;
    let at = this.add(row, parent);
    let count = this.count;
    while (at !== parent) {
      const end = firstEdge[node[at]! + 1]!;
      let edge = nextEdge[at]!;
      while (edge < end && (number[target[edge]!] !== 0 || hasBit(inert, edge))) edge++;
      nextEdge[at] = edge + 1;
      if (edge >= end) { at = parents[at]!; continue; }
      const child = target[edge]!;
      node[++count] = child;
      number[child] = count;
      parents[count] = at;
      nextEdge[count] = firstEdge[child]!;
      at = count;
    }
    this.count = count;
  }
}
