// Strings of all kinds as one list: flat, concatenated and sliced ones are classes of their own in a snapshot.
import { classRows, instancesOf, type HeapAnalysis, type NodeRow, type Page, type PageRequest } from '../../../heap/index.ts';
import type { ListFilter } from './types.ts';

const classes: ReadonlySet<string> = new Set(['(string)', '(concatenated string)', '(sliced string)']);

/** Most retained first. Reads no more of each kind than the page reaches. */
export function stringsOf(analysis: HeapAnalysis, { minRetained, reveal }: ListFilter, { start, count }: PageRequest): Page<NodeRow> {
  const lists = classRows(analysis).filter(({ name }) => classes.has(name)).map(({ classRow }) => instancesOf(analysis, classRow, { start: 0, count: start + count, minRetained, reveal }));
  const rows = lists.flatMap(list => list.rows).sort((a, b) => b.retained - a.retained || a.row - b.row);
  return { total: lists.reduce((sum, { total }) => sum + total, 0), start, rows: rows.slice(start, start + count) };
}
