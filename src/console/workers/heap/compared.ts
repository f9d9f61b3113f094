// Two snapshots beside each other: what their objects have in common, and what each class retained before.
import { classRows, diffHeaps, type ClassFilter, type HeapAnalysis, type HeapDiff } from '../../../heap/index.ts';
import type { ReadHeap } from './read-heap.ts';
import type { ComparedHeap, SummaryRow } from './types.ts';

export interface Base extends ReadHeap { readonly diff: HeapDiff; readonly before: ClassMatch }

/** By row of the later snapshot's classes. */
interface ClassMatch { readonly added: ReadonlyMap<number, number>; readonly retained: ReadonlyMap<number, number> }

export function compare(shown: HeapAnalysis, base: ReadHeap, tick: (share: number) => void): Base {
  const diff = diffHeaps(base.analysis, shown, tick);
  return { ...base, diff, before: { added: new Map(diff.classes.map(({ classRow, added }) => [classRow, added])), retained: retainedBefore(shown, base.analysis) } };
}

export function comparedOf({ opened, diff: { added, removed, sizeDelta, isGone }, analysis: { heap } }: Base): ComparedHeap {
  return { ...opened, added, removed, sizeDelta, stayed: heap.nodes.count === 0 ? 0 : 1 - bitsIn(isGone) / heap.nodes.count };
}

export const summaryRows = (shown: HeapAnalysis, filter: ClassFilter, base: Base | null): readonly SummaryRow[] => classRows(shown, filter).map(row => ({
  ...row, added: base === null ? null : base.before.added.get(row.classRow) ?? 0, retainedBefore: base?.before.retained.get(row.classRow) ?? null,
}));

/** Classes are the same by name and place; one that was not there retained nothing. */
function retainedBefore(shown: HeapAnalysis, base: HeapAnalysis): ReadonlyMap<number, number> {
  const then = new Map<string, number>();
  for (let row = 0; row < base.classes.count; row++) then.set(classKey(base, row), base.classes.retained[row]!);
  return new Map(Array.from(shown.classes.name, (_, row) => [row, then.get(classKey(shown, row)) ?? 0]));
}

function classKey({ classes, heap: { locations } }: HeapAnalysis, row: number): string {
  const at = classes.location[row]!;
  return at < 0 ? `,${classes.name[row]}` : `${locations.scriptId[at]},${locations.line[at]},${locations.column[at]},${classes.name[row]}`;
}

function bitsIn(bits: Uint8Array): number {
  let count = 0;
  for (const byte of bits) for (let rest = byte; rest !== 0; rest &= rest - 1) count++;
  return count;
}
