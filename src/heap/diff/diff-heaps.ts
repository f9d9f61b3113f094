// Two snapshots of one process, the earlier first: an object is the same as long as it lives, since V8 keeps its id. Snapshots
// of two processes have nothing in common but small ids; then nearly all is new and gone, and the counts say so.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { hasBit, newBits, setBit } from '../graph/bits.ts';
import type { Tick } from '../model.ts';
import { nodeRow } from '../summary/node-rows.ts';
import { byRetained, orderedOnce, pageOf } from '../summary/ordered.ts';
import type { NodeRow, Page, PageRequest, Reveal } from '../summary/rows.ts';
import { ownKeys, translatedKeys, type ClassKey } from './class-key.ts';
import type { ClassDelta, HeapDiff } from './heap-diff.ts';
import { IdSet } from './id-set.ts';

type Sums = { -readonly [Key in keyof ClassDelta]: ClassDelta[Key] };

/** Objects without a size of their own count in neither. */
export function diffHeaps(before: HeapAnalysis, after: HeapAnalysis, tick: Tick = () => { /* nobody watches */ }): HeapDiff {
  const isNew = missingFrom(before, after);
  tick(0.3);
  const isGone = missingFrom(after, before);
  tick(0.6);
  const sums = new ClassSums();
  eachOf(after, isNew, ownKeys(after), (own, size, classRow) => { const sum = sums.of(own); sum.added++; sum.addedSize += size; sum.classRow = classRow; });
  eachOf(before, isGone, translatedKeys(before, after), (own, size, classRow) => { const sum = sums.of(own); sum.removed++; sum.removedSize += size; sum.classRowBefore = classRow; });
  tick(1);
  const classes = sums.all();
  return { classes, isNew, isGone, added: total(classes, 'added'), removed: total(classes, 'removed'), sizeDelta: total(classes, 'sizeDelta') };
}

/** The new objects of one class of the later snapshot, most retained first. */
export function addedNodes(after: HeapAnalysis, diff: HeapDiff, classRow: number, request: PageRequest & Reveal): Page<NodeRow> {
  const rows = orderedOnce(diff, `added ${classRow}`, () => byRetained(after, markedRows(after, diff.isNew, classRow)));
  return pageOf(rows, request, (row) => nodeRow(after, row, request));
}

/** The objects of one class of the earlier snapshot that are gone, most retained first. */
export function removedNodes(before: HeapAnalysis, diff: HeapDiff, classRow: number, request: PageRequest & Reveal): Page<NodeRow> {
  const rows = orderedOnce(diff, `removed ${classRow}`, () => byRetained(before, markedRows(before, diff.isGone, classRow)));
  return pageOf(rows, request, (row) => nodeRow(before, row, request));
}

function markedRows({ classOf, shallow }: HeapAnalysis, marks: Uint8Array, classRow: number): Uint32Array {
  const found: number[] = [];
  for (let row = 0; row < classOf.length; row++) if (classOf[row] === classRow && hasBit(marks, row) && shallow[row] !== 0) found.push(row);
  return Uint32Array.from(found);
}

/** One bit per node of `whole`: its id is not in `other`. */
function missingFrom(other: HeapAnalysis, whole: HeapAnalysis): Uint8Array {
  const ids = new IdSet(other.heap.nodes.id);
  const { id, count } = whole.heap.nodes;
  const missing = newBits(count);
  for (let row = 0; row < count; row++) if (ids.rowOf(id[row]!) < 0) setBit(missing, row);
  return missing;
}

function eachOf({ shallow, classOf }: HeapAnalysis, marks: Uint8Array, keyOf: (row: number) => ClassKey, add: (own: ClassKey, size: number, classRow: number) => void): void {
  for (let row = 0; row < shallow.length; row++) if (shallow[row] !== 0 && hasBit(marks, row)) add(keyOf(row), shallow[row]!, classOf[row]!);
}

class ClassSums {
  readonly #sums = new Map<string, Sums>();

  of({ key, name }: ClassKey): Sums {
    let own = this.#sums.get(key);
    if (own === undefined) this.#sums.set(key, (own = { name, classRow: -1, classRowBefore: -1, added: 0, removed: 0, delta: 0, addedSize: 0, removedSize: 0, sizeDelta: 0 }));
    return own;
  }

  all(): readonly ClassDelta[] {
    return [...this.#sums.values()].map((own) => ({ ...own, delta: own.added - own.removed, sizeDelta: own.addedSize - own.removedSize }))
      .sort((a, b) => b.sizeDelta - a.sizeDelta || b.delta - a.delta);
  }
}

const total = (classes: readonly ClassDelta[], field: 'added' | 'removed' | 'sizeDelta'): number => classes.reduce((sum, own) => sum + own[field], 0);
