// Two snapshots, the earlier first. Within one inspector session an object keeps its id as long as it lives. Another session, and another process,
// number their objects anew: where ids and kinds do not agree no object is taken for another one's successor, and classes are counted.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { hasBit, newBits } from '../graph/bits.ts';
import type { Tick } from '../model.ts';
import { nodeRow } from '../summary/node-rows.ts';
import { byRetained, orderedOnce, pageOf } from '../summary/ordered.ts';
import type { NodeRow, Page, PageRequest, Reveal } from '../summary/rows.ts';
import { ownKeys, translatedKeys, type ClassKey } from './class-key.ts';
import type { ClassDelta, HeapDiff } from './heap-diff.ts';
import { sameObjects } from './same-objects.ts';

type KeyOf = (row: number) => ClassKey;
type Sums = { -readonly [Key in keyof ClassDelta]: ClassDelta[Key] };

/** Objects without a size of their own count in neither. */
export function diffHeaps(before: HeapAnalysis, after: HeapAnalysis, tick: Tick = () => { /* nobody watches */ }): HeapDiff {
  const same = sameObjects(before.heap, after.heap);
  tick(0.5);
  const keys = translatedKeys(before, after);
  const diff = same === null ? classesOf(before, after, keys) : objectsOf(before, after, keys, same);
  tick(1);
  return diff;
}

function objectsOf(before: HeapAnalysis, after: HeapAnalysis, keys: KeyOf, { isNew, isGone }: Pick<HeapDiff, 'isNew' | 'isGone'>): HeapDiff {
  const sums = new ClassSums();
  const own = ownKeys(after);
  eachOf(after, isNew, (row, size, classRow) => { const sum = sums.of(own(row)); sum.added++; sum.addedSize += size; sum.classRow = classRow; });
  eachOf(before, isGone, (row, size, classRow) => { const sum = sums.of(keys(row)); sum.removed++; sum.removedSize += size; sum.classRowBefore = classRow; });
  return { by: 'objects', ...summed(sums.all()), isNew, isGone };
}

/** Classes by name alone: scripts have other numbers in another process. */
function classesOf(before: HeapAnalysis, after: HeapAnalysis, keys: KeyOf): HeapDiff {
  const sums = new ClassSums();
  const byName = (key: ClassKey): ClassKey => ({ ...key, key: key.name });
  const own = ownKeys(after);
  eachOf(after, null, (row, size, classRow) => { const sum = sums.of(byName(own(row))); sum.added++; sum.addedSize += size; sum.classRow = classRow; });
  eachOf(before, null, (row, size, classRow) => { const sum = sums.of(byName(keys(row))); sum.removed++; sum.removedSize += size; sum.classRowBefore = classRow; });
  const changed = sums.all().map(netOf).filter(({ delta, sizeDelta }) => delta !== 0 || sizeDelta !== 0);
  return { by: 'classes', ...summed(changed), isNew: newBits(after.heap.nodes.count), isGone: newBits(before.heap.nodes.count) };
}

const netOf = (own: ClassDelta): ClassDelta =>
  ({ ...own, added: Math.max(0, own.delta), removed: Math.max(0, -own.delta), addedSize: Math.max(0, own.sizeDelta), removedSize: Math.max(0, -own.sizeDelta) });

const summed = (classes: readonly ClassDelta[]): Pick<HeapDiff, 'classes' | 'added' | 'removed' | 'sizeDelta'> =>
  ({ classes, added: total(classes, 'added'), removed: total(classes, 'removed'), sizeDelta: total(classes, 'sizeDelta') });

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

/** @param marks null for all */
function eachOf({ shallow, classOf }: HeapAnalysis, marks: Uint8Array | null, add: (row: number, size: number, classRow: number) => void): void {
  for (let row = 0; row < shallow.length; row++) if (shallow[row] !== 0 && (marks === null || hasBit(marks, row))) add(row, shallow[row]!, classOf[row]!);
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
