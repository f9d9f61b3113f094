// Money a month of a steady rate. All of it is linear in the rates, so costs of parts add up to the cost of the whole.
import { bytesPerGb, hoursPerMonth, type PriceTable, type Signal } from '../../model/index.ts';
import type { Rate } from '../measured-event.ts';

export const secondsPerMonth = hoursPerMonth * 3600;
const daysPerMonth = hoursPerMonth / 24;
const million = 1e6;

export interface MonthlyRate extends Rate { readonly signal: Signal; /** Active series; metrics only. */ readonly series?: number }

export interface MonthlyCost {
  /** For bytes taken in, for records, for what is kept beyond the included days, for series; the sum. */
  readonly bytes: number; readonly records: number; readonly kept: number; readonly series: number; readonly total: number;
}

/** @param rate per second, of what is billed */
export function monthlyCost({ signal, recordsPerSecond, bytesPerSecond, series = 0 }: MonthlyRate, prices: PriceTable): MonthlyCost {
  const of = prices[signal];
  const gb = (bytesPerSecond * secondsPerMonth) / bytesPerGb;
  const bytes = gb * (of.perGb ?? 0);
  const records = ((recordsPerSecond * secondsPerMonth) / million) * (of.perMillionRecords ?? 0);
  const kept = gb * monthsKept(prices, signal) * (of.perGbMonthKept ?? 0);
  const forSeries = signal === 'metrics' ? series * (prices.perSeriesMonth ?? 0) : 0;
  return { bytes, records, kept, series: forSeries, total: bytes + records + kept + forSeries };
}

/** How long each byte is paid for beyond what is included, in months. */
export function monthsKept(prices: PriceTable, signal: Signal): number {
  const { retentionDays, includedDays } = prices[signal];
  return Math.max(0, retentionDays - includedDays) / daysPerMonth;
}

/** Money a month of a byte a second: what a field's bytes cost. */
export const perBytePerSecond = (prices: PriceTable, signal: Signal): number => monthlyCost({ signal, recordsPerSecond: 0, bytesPerSecond: 1 }, prices).total;

/** True when the table bills nothing of the signal. */
export const isUnpriced = (prices: PriceTable, signal: Signal): boolean => {
  const { perGb, perMillionRecords, perGbMonthKept } = prices[signal];
  return !perGb && !perMillionRecords && !(perGbMonthKept && monthsKept(prices, signal) > 0) && !(signal === 'metrics' && prices.perSeriesMonth);
};
