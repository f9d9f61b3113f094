// What came and went between two snapshots of one process. Sizes in bytes; shallow.

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
