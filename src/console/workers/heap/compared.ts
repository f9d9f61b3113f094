// Two snapshots beside each other: what their objects have in common, and what each class retained before. Of two processes nothing is
// known of single objects, and classes are told by name alone.
import { classRows, diffHeaps, type ClassFilter, type HeapAnalysis, type HeapDiff } from '../../../heap/index.ts';
import type { ReadHeap } from './read-heap.ts';
import type { ComparedHeap, SummaryRow } from './types.ts';

export interface Base extends ReadHeap { readonly diff: HeapDiff; readonly before: ClassMatch }

/** By row of the later snapshot's classes. */
interface ClassMatch { readonly added: ReadonlyMap<number, number> | null; readonly retained: ReadonlyMap<number, number> }

export function compare(shown: HeapAnalysis, base: ReadHeap, tick: (share: number) => void): Base {
  const diff = diffHeaps(base.analysis, shown, tick);
  const isOneProcess = diff.by === 'objects';
  const added = isOneProcess ? new Map(diff.classes.map(({ classRow, added: count }) => [classRow, count])) : null;
  return { ...base, diff, before: { added, retained: retainedBefore(shown, base.analysis, isOneProcess ? classKey : nameOf) } };
}

export const comparedOf = ({ opened, diff: { by, added, removed, sizeDelta } }: Base): ComparedHeap => ({ ...opened, by, added, removed, sizeDelta });

export const summaryRows = (shown: HeapAnalysis, filter: ClassFilter, base: Base | null): readonly SummaryRow[] => classRows(shown, filter).map(row => ({
  ...row, added: base === null || base.before.added === null ? null : base.before.added.get(row.classRow) ?? 0, retainedBefore: base?.before.retained.get(row.classRow) ?? null,
}));

/** Classes are the same by name and place; one that was not there retained nothing. */
function retainedBefore(shown: HeapAnalysis, base: HeapAnalysis, keyOf: typeof classKey): ReadonlyMap<number, number> {
  const then = new Map<string, number>();
  for (let row = 0; row < base.classes.count; row++) then.set(keyOf(base, row), (then.get(keyOf(base, row)) ?? 0) + base.classes.retained[row]!);
  return new Map(Array.from(shown.classes.name, (_, row) => [row, then.get(keyOf(shown, row)) ?? 0]));
}

function classKey({ classes, heap: { locations } }: HeapAnalysis, row: number): string {
  const at = classes.location[row]!;
  return at < 0 ? `,${classes.name[row]}` : `${locations.scriptId[at]},${locations.line[at]},${locations.column[at]},${classes.name[row]}`;
}

const nameOf = ({ classes }: HeapAnalysis, row: number): string => classes.name[row]!;
