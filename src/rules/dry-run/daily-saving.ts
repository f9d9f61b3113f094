// What a rule would save in a day, from what it saved over the records of a dry run.
import type { CostSettings } from '../../model/index.ts';
import type { QueryDryRunResult } from './types.ts';

const dayMs = 86_400_000;
const bytesPerGiB = 1024 ** 3;

export interface DailySaving {
  /** Below zero when the rule makes more than it takes. */
  readonly bytesPerDay: number;
  /** Null while nobody said what a GiB costs. */
  readonly moneyPerDay: number | null;
}

/** @param coveredMs how long records were listened to, gaps left out, milliseconds
 *  @param share of the records that came at all (a sampled tail), 0 to 1 */
export function dailySaving(result: Pick<QueryDryRunResult, 'bytesBefore' | 'bytesAfter'>, coveredMs: number, share: number, cost: Pick<CostSettings, 'pricePerGiB'> | null): DailySaving | null {
  if (coveredMs <= 0 || share <= 0) return null;
  const bytesPerDay = ((result.bytesBefore - result.bytesAfter) / share) * (dayMs / coveredMs);
  const price = cost?.pricePerGiB ?? null;
  return { bytesPerDay, moneyPerDay: price === null ? null : (bytesPerDay / bytesPerGiB) * price };
}
