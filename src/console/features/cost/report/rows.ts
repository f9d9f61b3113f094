// Rows of the report as the table shows them: each with the share of all before it, found by words, in an order that holds while a person points. Pure.
import { everythingElse, paidByRecord, paretoOf } from '../../../../cost/index.ts';
import type { CostReport, CostRow } from '../../../../model/index.ts';

export interface ShownRow { readonly row: CostRow; /** Its place by money, from 1. */ readonly rank: number; /** Shares of this row and all that cost more, 0 to 1. */ readonly cumulative: number }

export function shownRows(report: CostReport, find: string): readonly ShownRow[] {
  const { cumulative } = paretoOf(report);
  const words = find.toLowerCase().split(/\s+/).filter(word => word !== '');
  return report.rows.map((row, i) => ({ row, rank: i + 1, cumulative: cumulative[i]! })).filter(({ row }) => holds(row, words));
}

/** Finds what nobody reads. */
export const unreadWord = 'unread';

const holds = ({ label, service, durableId, signal, unreadSince }: CostRow, words: readonly string[]): boolean => {
  const text = [label, service, durableId, signal, unreadSince === null ? '' : unreadWord].join('\n').toLowerCase();
  return words.every(word => text.includes(word));
};

/** The rows in the order of `keys`; new ones come after, in their own order. */
export function inOrder(rows: readonly ShownRow[], keys: readonly string[]): readonly ShownRow[] {
  const place = new Map(keys.map((key, i) => [key, i]));
  const of = ({ row }: ShownRow): number => place.get(row.key) ?? keys.length;
  return rows.toSorted((a, b) => of(a) - of(b));
}

/** Of a report by field: money that is no field's. */
export const isLeftOver = ({ key }: CostRow): boolean => key === everythingElse || key === paidByRecord;

const fewest = 0.8;

/** "3 of 41 events are 80 % of the money"; null where there is nothing to part, and of fields, for most money is none of theirs. */
export function paretoWords(report: CostReport, one: string, many: string): string | null {
  const all = report.rows.length + report.rest.rows;
  const few = paretoOf(report).rowsFor(fewest);
  if (few === null || all < 2 || report.by === 'field') return null;
  const what = report.totalPerMonth > 0 ? 'the money' : 'the bytes';
  return `${few} of ${all} ${all === 1 ? one : many} ${few === 1 ? 'is' : 'are'} 80 % of ${what}`;
}
