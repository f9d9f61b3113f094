// A prediction told again at the traffic that really came and at the prices of now: only then what is measured can be held against it. What was said
// when the rule was suggested is about the traffic of that minute.
import type { PriceTable, Signal } from '../../model/index.ts';
import type { Rate } from '../measured-event.ts';
import type { MonthlyRate } from '../prices/index.ts';
import { netOf, type NetSaving } from './net-saving.ts';

/** What a prediction was made of: what came in of the event then, what its rule would take of that, and make itself. */
export interface PredictionBasis { readonly received: Rate; readonly removed: Rate & { readonly series?: number }; readonly made: readonly MonthlyRate[] }

/** What goes, goes in proportion to what comes: records with records, bytes with bytes. What the rule makes is one record per group and window, as long as
 *  anything comes, but never more than it takes.
 *  @param traffic what came in of the event, whatever rules made of it; null when nothing came then that could be compared */
export function predictedAt({ received, removed, made }: PredictionBasis, traffic: Rate, signal: Signal, prices: PriceTable): NetSaving | null {
  if (received.recordsPerSecond <= 0 || received.bytesPerSecond <= 0) return null;
  const records = removed.recordsPerSecond * (traffic.recordsPerSecond / received.recordsPerSecond);
  const bytes = removed.bytesPerSecond * (traffic.bytesPerSecond / received.bytesPerSecond);
  const comes = traffic.recordsPerSecond > 0;
  return netOf({
    removed: { recordsPerSecond: records, bytesPerSecond: bytes, series: comes ? removed.series ?? 0 : 0 },
    made: comes ? made.map((one) => fewer(one, records)) : [],
  }, signal, prices);
}

function fewer(made: MonthlyRate, most: number): MonthlyRate {
  const share = made.recordsPerSecond > 0 ? Math.min(1, most / made.recordsPerSecond) : 0;
  return { ...made, recordsPerSecond: made.recordsPerSecond * share, bytesPerSecond: made.bytesPerSecond * share };
}
