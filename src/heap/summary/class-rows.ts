// The summary: one row per constructor, and the objects of one.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { nodeRow, placeOf, shareOf, shownDistance } from './node-rows.ts';
import { byRetained, countAtLeast, orderedOnce, pageOf } from './ordered.ts';
import type { ClassRow, NodeRow, Page, PageRequest, Reveal } from './rows.ts';

export interface ClassFilter {
  /** Bytes; 0 for all. */
  readonly minRetained?: number;
  /** A part of the constructor's name, in any case. */
  readonly name?: string;
}

/** Every class that has objects with a size, most retained first. */
export function classRows(analysis: HeapAnalysis, { minRetained = 0, name = '' }: ClassFilter = {}): readonly ClassRow[] {
  const { classes } = analysis;
  const wanted = name.toLowerCase();
  const rows: ClassRow[] = [];
  for (let row = 0; row < classes.count; row++) {
    if (classes.objects[row] === 0 || classes.retained[row]! < minRetained || !classes.name[row]!.toLowerCase().includes(wanted)) continue;
    rows.push(classRow(analysis, row));
  }
  return rows.sort((a, b) => b.retained - a.retained || a.classRow - b.classRow);
}

function classRow(analysis: HeapAnalysis, row: number): ClassRow {
  const { classes } = analysis;
  return {
    classRow: row, name: classes.name[row]!, location: placeOf(analysis, classes.location[row]!), objects: classes.objects[row]!,
    shallow: classes.shallow[row]!, retained: classes.retained[row]!, share: shareOf(analysis, classes.retained[row]!), distance: shownDistance(classes.distance[row]!),
  };
}

/** The class's objects with a size, most retained first. */
export function instancesOf(analysis: HeapAnalysis, row: number, request: PageRequest & Reveal & { readonly minRetained?: number }): Page<NodeRow> {
  const rows = orderedOnce(analysis, `class ${row}`, () => byRetained(analysis, instanceRows(analysis, row)));
  return pageOf(rows, request, (node) => nodeRow(analysis, node, request), countAtLeast(analysis, rows, request.minRetained ?? 0));
}

function instanceRows({ classOf, classes, shallow }: HeapAnalysis, own: number): Uint32Array {
  const rows = new Uint32Array(classes.objects[own]!);
  let filled = 0;
  for (let row = 0; row < classOf.length; row++) if (classOf[row] === own && shallow[row] !== 0) rows[filled++] = row;
  return rows;
}
