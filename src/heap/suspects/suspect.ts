// A leak suspect: what it is in words, where it hangs, how sure.
import type { PathStep } from '../summary/rows.ts';

/** Words come in parts, so that names can be set apart and values masked. */
export interface WordPart {
  readonly text: string;
  /** `plain` words; `code`: a name from the program; `value`: a string of the heap, masked unless revealed. */
  readonly kind: 'plain' | 'code' | 'value';
}

export type SuspectKind = 'accumulation' | 'listeners' | 'chain' | 'growth' | 'duplicate-strings' | 'closed-sockets' | 'detached';
/** `sure`: most of the heap, or of its growth, hangs here; `likely`: much of it; `waste`: no leak, but bytes for nothing. */
export type Certainty = 'sure' | 'likely' | 'waste';

export interface Suspect {
  readonly kind: SuspectKind;
  readonly words: readonly WordPart[];
  /** A second sentence: what it grew by, what would help. */
  readonly detail: readonly WordPart[];
  /** The node to open: the collection that holds the entries, where there is one. */
  readonly row: number;
  readonly id: number;
  /** Bytes. */
  readonly retained: number;
  /** Of the whole heap, 0 to 1. */
  readonly share: number;
  /** Bytes more than in the earlier snapshot; null without one. */
  readonly grown: number | null;
  /** How many entries, strings or sockets. */
  readonly count: number;
  readonly certainty: Certainty;
  /** From the root to the node. */
  readonly path: readonly PathStep[];
}
