// What came and went between two snapshots. Sizes in bytes; shallow.

export interface ClassDelta {
  readonly name: string;
  /** Row of the later snapshot's classes; -1 where all are gone. */
  readonly classRow: number;
  /** Row of the earlier snapshot's classes; -1 where there were none. */
  readonly classRowBefore: number;
  readonly added: number;
  readonly removed: number;
  /** added - removed */
  readonly delta: number;
  readonly addedSize: number;
  readonly removedSize: number;
  readonly sizeDelta: number;
}

export interface HeapDiff {
  /**
   * `objects`: one process, where an object keeps its id; what came and what went is known. `classes`: the ids that both have name
   * different objects, so they are of two processes: only how many each class has is compared, `added` and `removed` of a class are
   * the difference, and no object is marked as new or gone.
   */
  readonly by: 'objects' | 'classes';
  /** Most grown first; classes where nothing changed are left out. */
  readonly classes: readonly ClassDelta[];
  readonly added: number;
  readonly removed: number;
  readonly sizeDelta: number;
  /** One bit per node of the later snapshot: is it new? */
  readonly isNew: Uint8Array;
  /** One bit per node of the earlier snapshot: is it gone? */
  readonly isGone: Uint8Array;
}
