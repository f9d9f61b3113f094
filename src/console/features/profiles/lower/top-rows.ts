// Rows of the top table out of its columns. Pure.
import type { TopTable } from '../../../workers/profile/index.ts';

export interface TopFunction { readonly row: number; readonly self: number; readonly total: number; readonly selfSamples: number; readonly totalSamples: number; /** More than half of self is time between samples: nobody saw it run then. */ readonly isMostlyGaps: boolean }

/** Heaviest first; only what `matches` found, when there is a search. Functions that never ran themselves are left out of "self". */
export function topRows(top: TopTable, by: 'self' | 'total', matches: Uint8Array | null): readonly TopFunction[] {
  const rows: TopFunction[] = [];
  top.function.forEach((row, at) => {
    const each = { row, self: top.self[at] ?? 0, total: top.total[at] ?? 0, selfSamples: top.selfSamples[at] ?? 0, totalSamples: top.totalSamples[at] ?? 0, isMostlyGaps: (top.notSampled[at] ?? 0) > (top.self[at] ?? 0) / 2 };
    if (each[by] > 0 && (matches === null || matches[row] === 1)) rows.push(each);
  });
  return by === 'self' ? rows : rows.sort((a, b) => b.total - a.total);
}
