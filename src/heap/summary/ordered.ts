// Long lists are sorted once and then read page by page: the last few stay with what they are lists of.
import type { HeapAnalysis } from '../graph/analysis.ts';
import type { Page, PageRequest } from './rows.ts';

const kept = 8;
const lists = new WeakMap<object, Map<string, Uint32Array>>();

/** What `make` gives for this key; asked again only when the list was not among the last few. */
export function orderedOnce(owner: object, key: string, make: () => Uint32Array): Uint32Array {
  const own = lists.get(owner) ?? new Map<string, Uint32Array>();
  lists.set(owner, own);
  const list = own.get(key) ?? make();
  own.delete(key);
  own.set(key, list);
  for (const oldest of own.keys()) if (own.size > kept) own.delete(oldest);
  return list;
}

/** Most retained first; of equals the first in the file. Sorts in place. */
export const byRetained = ({ retained }: HeapAnalysis, rows: Uint32Array): Uint32Array => rows.sort((a, b) => retained[b]! - retained[a]! || a - b);

/** How many rows, sorted by what they retain, retain at least so much. Bisection. */
export function countAtLeast({ retained }: HeapAnalysis, rows: Uint32Array, minRetained: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (retained[rows[middle]!]! >= minRetained) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param total how many of `list` count */
export function pageOf<T>(list: ArrayLike<number>, { start, count }: PageRequest, rowAt: (item: number, index: number) => T, total = list.length): Page<T> {
  const from = Math.max(0, Math.min(start, total));
  const rows: T[] = [];
  for (let at = from; at < Math.min(total, from + count); at++) rows.push(rowAt(list[at]!, at));
  return { total, start: from, rows };
}
