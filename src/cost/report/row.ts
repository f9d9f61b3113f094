// What rows of the report are made of before they have shares.
import type { CostRow, PriceTable } from '../../model/index.ts';
import { aroundEach, withAround } from '../around.ts';
import { leaving, seriesOf, type MeasuredEvent, type Rate } from '../measured-event.ts';
import { monthlyCost } from '../prices/index.ts';

/** A row without its share. */
export type Part = Omit<CostRow, 'share'>;

/** What one event costs: money a month of what leaves, and of what rules took away. `own`: without what surrounds its records, of which each takes `around` bytes. */
export interface EventCost { readonly event: MeasuredEvent; readonly rate: Rate; readonly own: Rate; readonly around: number; readonly perMonth: number; readonly savedPerMonth: number }

export function costOf(event: MeasuredEvent, prices: PriceTable): EventCost {
  const { signal } = event;
  const own = leaving(event);
  const around = aroundEach(event);
  const rate = withAround(own, around);
  // Series go when nothing of the metric leaves any more.
  const { series } = seriesOf(event);
  const left = rate.recordsPerSecond > 0 ? series : 0;
  return {
    event, rate, own, around, perMonth: monthlyCost({ signal, ...rate, series: left }, prices).total,
    savedPerMonth: monthlyCost({ signal, ...event.removed, series: event.removed.recordsPerSecond > 0 ? series - left : 0 }, prices).total,
  };
}

/** A part that names nothing; whoever makes one fills in what it is about. */
export const emptyPart = (key: string, label: string): Part => ({
  key, label, signal: null, service: null, durableId: null, source: null, field: null, recordsPerSecond: 0, bytesPerSecond: 0, aroundBytesPerSecond: 0, perMonth: 0, sampledFrom: null, savedPerMonth: 0, unreadSince: null, parts: [],
});
