// What a rule would save in a day, from what it saved over the records of a dry run.
import { bytesPerGb } from '../../model/index.ts';
import type { QueryDryRunResult } from './types.ts';

const dayMs = 86_400_000;

export interface DailySaving {
  /** Below zero when the rule makes more than it takes. */
  readonly bytesPerDay: number;
  /** Null while the price table bills nothing by the byte. */
  readonly moneyPerDay: number | null;
}

/** @param coveredMs how long records were listened to, gaps left out, milliseconds
 *  @param share of the records that came at all (a sampled tail), 0 to 1
 *  @param perGb price of a GB (10^9 bytes) taken in; null: not billed that way */
export function dailySaving(result: Pick<QueryDryRunResult, 'bytesBefore' | 'bytesAfter'>, coveredMs: number, share: number, perGb: number | null): DailySaving | null {
  if (coveredMs <= 0 || share <= 0) return null;
  const bytesPerDay = ((result.bytesBefore - result.bytesAfter) / share) * (dayMs / coveredMs);
  return { bytesPerDay, moneyPerDay: perGb === null ? null : (bytesPerDay / bytesPerGb) * perGb };
}
