// Which sources the table shows, and in which order. Pure.
import type { RedactionSource, RedactionSources } from '../../../../model/index.ts';
import { countOf, lineOf } from '../words/source-words.ts';

export interface SourceWish { readonly show: RedactionSource['state'] | 'allow-list' | undefined; readonly find: string }

export interface SourceRow { readonly source: RedactionSource; readonly masked: number; readonly residual: number }

/** What is searched: words in any order, in line, service, detector, key, rule and masked context. */
function holds(source: RedactionSource, words: readonly string[]): boolean {
  const text = [lineOf(source), source.durableId, source.service, source.detector, source.key, source.id, source.context, ...source.rules.map(({ name }) => name)].join('\n').toLowerCase();
  return words.every(word => text.includes(word));
}

/** What an allow-list took out is no secret that was found: it stands apart. */
export const isAllowList = ({ kind }: RedactionSource): boolean => kind === 'allow-list';

export function findSources(answer: RedactionSources, { show, find }: SourceWish): readonly SourceRow[] {
  const words = find.toLowerCase().split(/\s+/).filter(word => word !== '');
  const wanted = (source: RedactionSource) => (show === 'allow-list' ? isAllowList(source) : !isAllowList(source) && (show === undefined || source.state === show));
  return answer.sources.filter(source => wanted(source) && holds(source, words)).map(source => ({ source, masked: source.masked, residual: source.residual }));
}

export const sortKeys = ['source', 'detector', 'count', 'state'] as const;
export type SortKey = (typeof sortKeys)[number];
export interface Sorting { readonly key: SortKey; readonly down: boolean }
/** What needs a person first; among equals the most. */
export const firstSorting: Sorting = { key: 'state', down: true };

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const stateRanks: Readonly<Record<RedactionSource['state'], number>> = { leaking: 3, unproved: 2, clean: 1, ignored: 0 };
const stateRank = ({ source }: SourceRow): number => stateRanks[source.state];
const byCount = (a: SourceRow, b: SourceRow): number => countOf(a) - countOf(b);

const comparisons: Readonly<Record<SortKey, (a: SourceRow, b: SourceRow) => number>> = {
  source: (a, b) => byText(lineOf(b.source), lineOf(a.source)),
  detector: (a, b) => byText(b.source.detector, a.source.detector),
  count: byCount,
  state: (a, b) => stateRank(a) - stateRank(b) || byCount(a, b),
};

/** Counts move every two seconds, and a row that is about to be clicked should not: rows keep the order in which they were first
 *  shown (`held`, ids), new ones come where they belong, and only another state moves a row to another place. `sorted` is as sorted now;
 *  `byState`: -1 when what leaks comes first, 1 when last, null when the order is about something else. */
export function heldOrder(held: readonly string[], sorted: readonly SourceRow[], byState: 1 | -1 | null): readonly SourceRow[] {
  const rows = new Map(sorted.map(row => [row.source.id, row]));
  const known = held.flatMap(id => rows.get(id) ?? []);
  const places = new Map(known.map((row, i) => [row.source.id, i]));
  // A new row stands before the known one that follows it in the order of now.
  const before: SourceRow[][] = Array.from({ length: known.length + 1 }, () => []);
  let place = known.length;
  for (const row of sorted.toReversed()) {
    const at = places.get(row.source.id);
    if (at === undefined) before[place]!.unshift(row); else place = at;
  }
  const merged = before.flatMap((fresh, i) => [...fresh, ...known.slice(i, i + 1)]);
  return byState === null ? merged : merged.toSorted((a, b) => byState * (stateRank(a) - stateRank(b)));
}

/** Equal rows keep one order: by id. */
export function sortSources(rows: readonly SourceRow[], { key, down }: Sorting): readonly SourceRow[] {
  const sign = down ? -1 : 1;
  return rows.toSorted((a, b) => sign * comparisons[key](a, b) || byText(a.source.id, b.source.id));
}
