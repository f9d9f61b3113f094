// The first rows of many by money, without sorting all of them; shares are of everything.
import type { CostRow } from '../../model/index.ts';
import { eachOf, type Steps } from '../steps.ts';
import { everythingElse } from './field-rows.ts';
import type { Part } from './row.ts';

export const byMoney = (a: Part, b: Part): number => b.perMonth - a.perMonth || b.bytesPerSecond - a.bytesPerSecond || (a.key < b.key ? -1 : 1);

/** So many more than wanted are gathered before they are sorted. */
const gathered = 1000;

export function* firstParts(parts: readonly Part[], most: number): Steps<readonly Part[]> {
  let first: Part[] = [];
  let last: Part | undefined;
  yield* eachOf(parts, (part) => {
    if (last !== undefined && byMoney(part, last) > 0) return;
    first.push(part);
    if (first.length < most + gathered) return;
    first = first.sort(byMoney).slice(0, most);
    last = first.at(-1);
  });
  return first.sort(byMoney).slice(0, most);
}

/** Rounding goes to what is left over (or to the first row), so that shares of all rows are 1 together. @param all what shares are of, over all rows */
export function withShares(first: readonly Part[], measure: (part: Part) => number, all: number): readonly CostRow[] {
  const rows = first.map((part) => ({ ...part, share: all > 0 ? measure(part) / all : 0 }));
  const taker = rows.find(({ key }) => key === everythingElse) ?? rows[0];
  if (taker === undefined || all <= 0) return rows;
  const others = rows.reduce((sum, row) => (row === taker ? sum : sum + row.share), 0);
  const named = first.reduce((sum, part) => sum + measure(part), 0);
  return rows.map((row) => (row === taker ? { ...row, share: Math.max(0, 1 - others - Math.max(0, all - named) / all) } : row));
}
