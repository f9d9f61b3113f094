// A V8 heap snapshot as columns: rows of nodes and edges are numbers, strings stay bytes until somebody reads one. The file's
// meaning is told by its own `snapshot.meta`; what is below is what Weir needs of it, whatever the order there.
import type { StringTable } from './parse/string-table.ts';

/** Sizes in bytes: 32 bits where every sum fits, 64-bit floats where the heap is beyond 4 GiB. */
export type SizeColumn = Uint32Array | Float64Array;

export interface NodeTable {
  readonly count: number;
  /** Row of `Heap.nodeTypes`. */
  readonly type: Uint8Array;
  /** Row of `Heap.strings`. */
  readonly name: Uint32Array;
  /** V8's own id, the same in every snapshot of one process as long as the object lives. */
  readonly id: Uint32Array;
  /** Bytes as the file says; `HeapAnalysis.shallow` has them as people count them. */
  readonly selfSize: SizeColumn;
  /** count + 1 rows: edges of node n are the rows [firstEdge[n], firstEdge[n + 1]). */
  readonly firstEdge: Uint32Array;
  /** 0 unknown, 1 attached, 2 detached, as the file says; null in snapshots from before V8 wrote it. */
  readonly detachedness: Uint8Array | null;
}

export interface EdgeTable {
  readonly count: number;
  /** Row of `Heap.edgeTypes`. */
  readonly type: Uint8Array;
  /** Row of `Heap.strings`, or an index for element and hidden edges. */
  readonly nameOrIndex: Uint32Array;
  /** Row of the node it leads to. */
  readonly to: Uint32Array;
}

/** Where functions, and the constructors of objects, stand in their scripts; sorted by node row. */
export interface LocationTable {
  readonly count: number;
  readonly node: Uint32Array;
  readonly scriptId: Uint32Array;
  /** 0-based, as V8 counts. */
  readonly line: Uint32Array;
  readonly column: Uint32Array;
}

export interface Heap {
  /** Size of the file. */
  readonly fileBytes: number;
  /** Row of the node that all others hang from. */
  readonly root: number;
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly nodes: NodeTable;
  readonly edges: EdgeTable;
  readonly strings: StringTable;
  readonly locations: LocationTable;
  /** Bytes outside the snapshot's nodes that the engine still counts as its own. */
  readonly extraNativeBytes: number;
}

/** Called with the share done, 0 to 1, several times a second; may throw to give the work up. */
export type Tick = (share: number) => void;
