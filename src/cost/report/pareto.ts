// How few rows are most of the money.
import type { CostReport } from '../../model/index.ts';

export interface Pareto {
  /** By row: its share and those of all rows before it, 0 to 1. */
  readonly cumulative: readonly number[];
  /** How many rows, from the first on, it takes to `share` of the money; null when the rows of the report do not get there. */
  readonly rowsFor: (share: number) => number | null;
}

export function paretoOf({ rows }: Pick<CostReport, 'rows'>): Pareto {
  let sum = 0;
  const cumulative = rows.map(({ share }) => (sum += share));
  return { cumulative, rowsFor: (share) => { const at = cumulative.findIndex((value) => value >= share - 1e-9); return at < 0 ? null : at + 1; } };
}
