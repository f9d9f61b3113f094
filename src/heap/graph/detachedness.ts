// Which native objects (DOM nodes above all) hang in no document any more. The embedder knows it for some; the rest have it from
// their parents, attached going before detached. It does not pass through JavaScript objects.
import { encodeUtf8 } from '../../base/index.ts';
import type { Heap } from '../model.ts';
import { startsWithBytes } from '../parse/string-table.ts';
import { typeRows } from './type-rows.ts';

export const attached = 1;
export const detached = 2;

/** How V8 named detached nodes before it had a field for it. */
const detachedPrefix = encodeUtf8('Detached ');

/** 0 unknown, 1 attached, 2 detached, by node. */
export function propagateDetachedness(heap: Heap): Uint8Array {
  const { detachedness } = heap.nodes;
  return detachedness === null ? detachedByName(heap) : new Propagation(heap, detachedness).run();
}

function detachedByName(heap: Heap): Uint8Array {
  const { nodes, strings } = heap;
  const { native } = typeRows(heap).node;
  const state = new Uint8Array(nodes.count);
  for (let row = 0; row < nodes.count; row++) if (nodes.type[row] === native && startsWithBytes(strings, nodes.name[row]!, detachedPrefix)) state[row] = detached;
  return state;
}

class Propagation {
  readonly #heap: Heap;
  readonly #native: number;
  /** One row per edge type: 1 when the state passes along. */
  readonly #passes: Uint8Array;
  readonly #state: Uint8Array;
  readonly #visited: Uint8Array;
  readonly #attached: number[] = [];
  readonly #detached: number[] = [];

  constructor(heap: Heap, known: Uint8Array) {
    this.#heap = heap;
    this.#native = typeRows(heap).node.native;
    this.#passes = Uint8Array.from(heap.edgeTypes, (type) => (type === 'hidden' || type === 'weak' ? 0 : 1));
    this.#state = Uint8Array.from(known);
    this.#visited = new Uint8Array(known.length);
  }

  run(): Uint8Array {
    for (let row = 0; row < this.#state.length; row++) if (this.#state[row] !== 0) this.#visit(row, this.#state[row]!);
    for (let row = this.#attached.pop(); row !== undefined; row = this.#attached.pop()) this.#visitChildren(row, attached);
    for (let row = this.#detached.pop(); row !== undefined; row = this.#detached.pop()) if (this.#state[row] !== attached) this.#visitChildren(row, detached);
    return this.#state;
  }

  #visit(row: number, state: number): void {
    if (this.#visited[row] === 1) return;
    this.#visited[row] = 1;
    if (this.#heap.nodes.type[row] !== this.#native) return;
    this.#state[row] = state;
    if (state === attached) this.#attached.push(row);
    else if (state === detached) this.#detached.push(row);
  }

  #visitChildren(row: number, state: number): void {
    const { nodes, edges } = this.#heap;
    for (let edge = nodes.firstEdge[row]!; edge < nodes.firstEdge[row + 1]!; edge++) if (this.#passes[edges.type[edge]!] === 1) this.#visit(edges.to[edge]!, state);
  }
}
