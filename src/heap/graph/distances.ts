// How far each node is from a root, breadth first: first from the program's own roots, then, far behind, from the engine's. Some
// edges do not lead anywhere for this purpose, as in Chrome DevTools, so that distances mean what people expect.
import { encodeUtf8 } from '../../base/index.ts';
import type { Heap } from '../model.ts';
import { equalsBytes, rowOfString, stringAt } from '../parse/string-table.ts';
import { noDistance, systemDistance } from './analysis.ts';
import { newBits, hasBit, setBit } from './bits.ts';
import type { Ephemerons } from './ephemerons.ts';
import { userRoots } from './roots.ts';
import type { Scratch } from './scratch.ts';
import { typeRows } from './type-rows.ts';

export function computeDistances(heap: Heap, ephemerons: Ephemerons, scratch: Scratch): Int32Array {
  const roots = userRoots(heap);
  const walk = new Walk(heap, ephemerons, scratch.take(heap.nodes.count + roots.length));
  for (const row of roots) walk.begin(row, 1);
  walk.run();
  walk.begin(heap.root, roots.length > 0 ? systemDistance : 0);
  walk.run();
  scratch.give(walk.queue);
  return walk.distances;
}

class Walk {
  readonly distances: Int32Array;
  readonly #heap: Heap;
  readonly #skips: SkippedEdges;
  readonly queue: Uint32Array;
  #queued = 0;

  constructor(heap: Heap, ephemerons: Ephemerons, queue: Uint32Array) {
    this.#heap = heap;
    this.distances = new Int32Array(heap.nodes.count).fill(noDistance);
    this.queue = queue;
    this.#skips = new SkippedEdges(heap, ephemerons);
  }

  begin(row: number, distance: number): void {
    this.distances[row] = distance;
    this.queue[this.#queued++] = row;
  }

  run(): void {
    const { nodes: { firstEdge }, edges: { to: target, type } } = this.#heap;
    const { weak } = typeRows(this.#heap).edge;
    const { distances, queue } = this;
    let end = this.#queued;
    for (let at = 0; at < end; at++) {
      const row = queue[at]!;
      const next = distances[row]! + 1;
      const careful = this.#skips.concerns(row);
      for (let edge = firstEdge[row]!, last = firstEdge[row + 1]!; edge < last; edge++) {
        const to = target[edge]!;
        if (distances[to] !== noDistance || type[edge] === weak || this.#skips.ephemeron(edge) || (careful && this.#skips.skips(row, edge))) continue;
        distances[to] = next;
        queue[end++] = to;
      }
    }
    this.#queued = 0;
  }
}

/** Edges that the walk does not follow. */
class SkippedEdges {
  readonly #heap: Heap;
  readonly #ephemerons: Ephemerons;
  readonly #internal: number;
  readonly #hiddenNode: number;
  readonly #arrayNode: number;
  readonly #nativeContext: number;
  readonly #mapDescriptors: number;
  readonly #halfSeen: Uint8Array;

  constructor(heap: Heap, ephemerons: Ephemerons) {
    const { node, edge } = typeRows(heap);
    this.#heap = heap;
    this.#ephemerons = ephemerons;
    this.#internal = edge.internal;
    this.#hiddenNode = node.hidden;
    this.#arrayNode = node.array;
    this.#nativeContext = rowOfString(heap.strings, 'system / NativeContext');
    this.#mapDescriptors = rowOfString(heap.strings, '(map descriptors)');
    this.#halfSeen = newBits(ephemerons.size);
  }

  /** Has the node edges that `skips` may name? */
  concerns(row: number): boolean {
    const { type, name } = this.#heap.nodes;
    return (name[row] === this.#nativeContext && type[row] === this.#hiddenNode) || (name[row] === this.#mapDescriptors && type[row] === this.#arrayNode);
  }

  /** The first edge met of a WeakMap's pair: the value is as far as the farther of key and map. */
  ephemeron(edge: number): boolean {
    if (this.#ephemerons.size === 0 || this.#heap.edges.type[edge] !== this.#internal) return false;
    const pair = this.#ephemerons.get(this.#heap.edges.nameOrIndex[edge]!)?.pair;
    if (pair === undefined || hasBit(this.#halfSeen, pair)) return false;
    setBit(this.#halfSeen, pair);
    return true;
  }

  /** A map of functions that all contexts share; and descriptors (every third element) of maps that share their table. */
  skips(row: number, edge: number): boolean {
    const { nodes, edges, strings } = this.#heap;
    const name = edges.nameOrIndex[edge]!;
    const named = this.#heap.edgeTypes[edges.type[edge]!] !== 'element' && this.#heap.edgeTypes[edges.type[edge]!] !== 'hidden';
    if (nodes.type[row] === this.#hiddenNode) return named && equalsBytes(strings, name, sloppyFunctionMap);
    const index = named ? Number.parseInt(stringAt(strings, name), 10) : name;
    return index >= 2 && index % 3 === 1;
  }
}

const sloppyFunctionMap = encodeUtf8('sloppy_function_map');
