// What a rule takes off the wire less what it makes itself: the same sum for what is predicted and for what is measured.
import type { PriceTable, Signal } from '../../model/index.ts';
import type { Rate } from '../measured-event.ts';
import { monthlyCost, type MonthlyRate } from '../prices/index.ts';

/** Below zero where a rule makes more than it takes. Records and bytes per second. */
export interface NetSaving extends Rate { readonly perMonth: number }

export function netOf({ removed, made }: { readonly removed: Rate & { readonly series?: number }; readonly made: readonly MonthlyRate[] }, signal: Signal, prices: PriceTable): NetSaving {
  return made.reduce((net, one) => ({
    perMonth: net.perMonth - monthlyCost(one, prices).total, recordsPerSecond: net.recordsPerSecond - one.recordsPerSecond, bytesPerSecond: net.bytesPerSecond - one.bytesPerSecond,
  }), { recordsPerSecond: removed.recordsPerSecond, bytesPerSecond: removed.bytesPerSecond, perMonth: monthlyCost({ signal, ...removed }, prices).total });
}
