// What is computed once per snapshot, so that every question afterwards is a look-up. All columns are by node row.
import type { Heap, SizeColumn } from '../model.ts';
import type { Ephemerons } from './ephemerons.ts';
import type { Interface } from './interfaces.ts';
import type { ValueNames } from './value-names.ts';

/** Added to the distance of what only the engine reaches, as DevTools counts. */
export const systemDistance = 100_000_000;
/** The distance of what nothing reaches. */
export const noDistance = -5;

export interface ClassTable {
  readonly count: number;
  /** The constructor's name as DevTools shows it: `Map`, `(array)`, `Function`, `{id, lines}` for plain objects of one shape. */
  readonly name: readonly string[];
  /** Row of `Heap.locations` of one of its objects, where classes of one name are told apart by it; -1 otherwise. */
  readonly location: Int32Array;
  /** Objects with a size. */
  readonly objects: Uint32Array;
  readonly shallow: Float64Array;
  /** Freed if all of the class went; objects inside objects of the same class are counted once. */
  readonly retained: Float64Array;
  /** Shortest distance of an object. */
  readonly distance: Int32Array;
}

/** Rows of one column that belong to each node: those of n are [first[n], first[n + 1]). */
export interface Adjacency {
  readonly first: Uint32Array;
  readonly to: Uint32Array;
}

export interface HeapAnalysis {
  readonly heap: Heap;
  /** Bytes of the object with the internal arrays that only it owns. */
  readonly shallow: SizeColumn;
  readonly shallowTotal: number;
  /** Bytes freed if the object went. */
  readonly retained: SizeColumn;
  /** Steps from a user's root; `systemDistance` and more for what only the engine reaches. */
  readonly distance: Int32Array;
  /** The nearest node that all paths from the root pass; the root is its own. */
  readonly dominator: Uint32Array;
  readonly dominated: Adjacency;
  /** Nodes with an edge to this one. */
  readonly retainers: Adjacency;
  /** One bit per edge, set when it does not keep its target: weak ones and a few more (inert-edges.ts). */
  readonly inert: Uint8Array;
  /** 0 unknown, 1 attached, 2 detached: passed on from parents to children outside JavaScript. */
  readonly detachedness: Uint8Array;
  readonly classOf: Uint32Array;
  readonly classes: ClassTable;
  /** The classes of plain objects. */
  readonly interfaces: readonly Interface[];
  readonly ephemerons: Ephemerons;
  /** Names that must not be shown. */
  readonly values: ValueNames;
}
