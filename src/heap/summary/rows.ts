// What views show, as plain data: cheap to send from a worker, and nothing in it must be hidden any more.

/**
 * Text out of a heap. Names of classes, properties, variables and sources are code and shown; the text of strings is a
 * value, perhaps a secret, and so are keys of dictionaries and names that look like tokens: unless revealed, dots stand for them.
 */
export interface HeapText {
  readonly text: string;
  readonly isValue: boolean;
  readonly masked: boolean;
  /** UTF-16 length of a value as far as the snapshot has it; V8 cuts strings at 1,024. */
  readonly length?: number;
}

export interface Reveal { readonly reveal: boolean }
export interface PageRequest { readonly start: number; readonly count: number }

/** Rows [start, start + rows.length) of `total`. */
export interface Page<T> {
  readonly total: number;
  readonly start: number;
  readonly rows: readonly T[];
}

/** One object. Sizes in bytes. */
export interface NodeRow {
  readonly row: number;
  readonly id: number;
  /** As V8 says: `object`, `string`, `closure`, … */
  readonly type: string;
  /** Keys in it that are values are dots for everybody. */
  readonly className: string;
  readonly classRow: number;
  readonly text: HeapText;
  readonly shallow: number;
  readonly retained: number;
  /** Share of the heap that it retains, 0 to 1. */
  readonly share: number;
  /** Steps from a root; null when nothing reaches it, or the engine alone. */
  readonly distance: number | null;
  readonly detached: boolean;
  readonly fieldCount: number;
  readonly dominatedCount: number;
  readonly retainerCount: number;
}

/** A reference, seen from either end: `node` is the other end. */
export interface EdgeRow {
  readonly edge: number;
  /** `property`, `element`, `context`, `internal`, `hidden`, `shortcut`, `weak`. */
  readonly type: string;
  readonly name: HeapText;
  /** Weak references and the like keep nothing alive. */
  readonly keeps: boolean;
  readonly node: NodeRow;
}

/** From the root (first) to the object (last). `via` leads to this step from the one before; null for the first. */
export interface PathStep {
  readonly via: Omit<EdgeRow, 'node'> | null;
  readonly node: NodeRow;
}

export interface ClassRow {
  readonly classRow: number;
  readonly name: string;
  /** Where the constructor stands, when the snapshot says: script id, line and column (1-based). */
  readonly location: { readonly scriptId: number; readonly line: number; readonly column: number } | null;
  readonly objects: number;
  readonly shallow: number;
  readonly retained: number;
  readonly share: number;
  readonly distance: number | null;
}

export interface DuplicateRow {
  /** The first of them. */
  readonly node: NodeRow;
  readonly count: number;
  /** Bytes of all together. */
  readonly shallow: number;
  /** Bytes that one copy in place of all would free; 0 for `cut`. */
  readonly waste: number;
  /** The snapshot has only their beginning, which is the same: they may differ. */
  readonly cut: boolean;
}

export interface NodeDetails {
  readonly node: NodeRow;
  readonly dominator: NodeRow | null;
  /** Where a function or its class's constructor stands; 1-based. */
  readonly location: { readonly scriptId: number; readonly line: number; readonly column: number } | null;
}
