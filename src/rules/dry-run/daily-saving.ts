// What a rule would save in a day, from what it saved over the records of a dry run.
import type { Signal } from '../../model/index.ts';
import type { QueryDryRunResult } from './types.ts';

const dayMs = 86_400_000;
const signals = ['logs', 'spans', 'metrics'] as const;

/** Below zero where the rule makes more than it takes. `series`: active ones that it no longer sends. */
export interface SavedRate { readonly signal: Signal; readonly recordsPerSecond: number; readonly bytesPerSecond: number; readonly series: number }

export interface DailySaving {
  /** Below zero when the rule makes more than it takes. */
  readonly bytesPerDay: number;
  /** Of each signal that the rule changes, for whoever has prices. */
  readonly rates: readonly SavedRate[];
}

/** @param coveredMs how long records were listened to, gaps left out, milliseconds
 *  @param share of the records that came at all (a sampled tail), 0 to 1 */
export function dailySaving({ saved, groups }: Pick<QueryDryRunResult, 'saved' | 'groups'>, coveredMs: number, share: number): DailySaving | null {
  if (coveredMs <= 0 || share <= 0) return null;
  const perSecond = (count: number): number => ((count / share) * 1000) / coveredMs;
  const rates = signals.map((signal): SavedRate => ({ signal, recordsPerSecond: perSecond(saved[signal].records), bytesPerSecond: perSecond(saved[signal].bytes), series: signal === 'metrics' ? 0 - groups : 0 }));
  return { bytesPerDay: rates.reduce((sum, { bytesPerSecond }) => sum + (bytesPerSecond * dayMs) / 1000, 0), rates: rates.filter(({ recordsPerSecond, bytesPerSecond, series }) => recordsPerSecond !== 0 || bytesPerSecond !== 0 || series !== 0) };
}
