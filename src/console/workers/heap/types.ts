// Heap snapshots off the main thread: what can be asked of the worker that keeps one, and what comes back.
import type { ClassDelta, ClassRow, DuplicateRow, EdgeRow, HeapDiff, NodeDetails, NodeRow, Page, PageRequest, PathStep, Suspect } from '../../../heap/index.ts';
import type { ArtifactSource } from '../artifact-source/index.ts';
import type { CallClient } from '../calls/index.ts';

export type HeapSource = ArtifactSource;

/** `share` 0 to 1 of the stage; `bytes` of the file so far, while it is read. */
export interface HeapProgress { readonly stage: 'reading' | 'analysing' | 'comparing'; readonly share: number; readonly bytes: number; readonly totalBytes: number }

export interface OpenedHeap {
  readonly fileName: string; readonly fileBytes: number;
  readonly nodes: number; readonly edges: number; readonly strings: number;
  /** Bytes of all objects. */
  readonly heapBytes: number;
  /** Bytes that this worker holds for it. */
  readonly heldBytes: number;
  readonly tookMs: number;
}

/** The earlier snapshot of a comparison. `added`, `removed`: objects; `sizeDelta`: bytes. `by` classes: it is of another process, and only counts compare. */
export interface ComparedHeap extends OpenedHeap { readonly by: HeapDiff['by']; readonly added: number; readonly removed: number; readonly sizeDelta: number }

/** A class beside the earlier snapshot: objects that came since, and the bytes it retained then. Null without one, or where the class cannot be found in it. */
export interface SummaryRow extends ClassRow { readonly added: number | null; readonly retainedBefore: number | null }

/** `minRetained` in bytes, 0 for all. */
export interface ListFilter { readonly minRetained: number; readonly reveal: boolean }

/** `file`: where the function, or the constructor of its class, stands; empty where the snapshot does not tell. */
export interface HeapObject extends NodeDetails { readonly file: string }

/** Root first, the object last. Of a long way its two ends: `skipped` steps are left out before the last `steps.length - headSteps`. */
export interface RootPath { readonly steps: readonly PathStep[]; readonly headSteps: number; readonly skipped: number }

type Call<A extends readonly unknown[], R> = { readonly args: A; readonly answer: R };

export interface HeapCalls {
  /** Reads the snapshot that all other calls are about. */
  readonly open: Call<readonly [source: HeapSource], OpenedHeap>;
  /** Reads an earlier snapshot beside it. */
  readonly openBase: Call<readonly [source: HeapSource], ComparedHeap>;
  readonly closeBase: Call<readonly [], null>;
  readonly suspects: Call<readonly [reveal: boolean], readonly Suspect[]>;
  /** Most retained first. `name`: a part of the constructor's name. */
  readonly classes: Call<readonly [filter: { readonly minRetained: number; readonly name: string }, page: PageRequest], Page<SummaryRow>>;
  readonly instances: Call<readonly [classRow: number, filter: ListFilter, page: PageRequest], Page<NodeRow>>;
  /** Children in the dominator tree; of the root when `row` is null. */
  readonly dominated: Call<readonly [row: number | null, filter: ListFilter, page: PageRequest], Page<NodeRow>>;
  /** References out of an object; of the root when `row` is null. */
  readonly fields: Call<readonly [row: number | null, reveal: boolean, page: PageRequest], Page<EdgeRow>>;
  readonly retainers: Call<readonly [row: number, reveal: boolean, page: PageRequest], Page<EdgeRow>>;
  readonly path: Call<readonly [row: number, reveal: boolean], RootPath>;
  /** By V8's id; null when the snapshot has none. */
  readonly object: Call<readonly [id: number, reveal: boolean], HeapObject | null>;
  readonly search: Call<readonly [text: string, filter: ListFilter, page: PageRequest], Page<NodeRow>>;
  /** Strings of all kinds, most retained first. */
  readonly strings: Call<readonly [filter: ListFilter, page: PageRequest], Page<NodeRow>>;
  readonly duplicates: Call<readonly [reveal: boolean, page: PageRequest], Page<DuplicateRow> & { /** Bytes. */ readonly waste: number }>;
  readonly comparison: Call<readonly [name: string, page: PageRequest], Page<ClassDelta>>;
  readonly added: Call<readonly [classRow: number, reveal: boolean, page: PageRequest], Page<NodeRow>>;
  /** Objects of the earlier snapshot; their texts stay masked. */
  readonly removed: Call<readonly [classRowBefore: number, page: PageRequest], Page<NodeRow>>;
}

export type HeapClient = CallClient<HeapCalls, HeapProgress>;
