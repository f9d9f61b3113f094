// A month's cost in words: how each figure came about.
import { bytesPerGb, type PriceTable } from '../../model/index.ts';
import { amount, money } from '../words.ts';
import { monthlyCost, monthsKept, secondsPerMonth, type MonthlyRate } from './monthly-cost.ts';

/** A sentence per figure that is not zero; one that says so when nothing is billed.
 *  @param atLeast its series are a lower bound: as many as one attribute has values */
export function explainCost(rate: MonthlyRate, prices: PriceTable, atLeast = false): readonly string[] {
  const { signal } = rate;
  const { perGb, perMillionRecords, perGbMonthKept, retentionDays, includedDays } = prices[signal];
  const cost = monthlyCost(rate, prices);
  const gb = amount((rate.bytesPerSecond * secondsPerMonth) / bytesPerGb);
  const priced = (value: number): string => money(value, prices.currency);
  const told = [
    ...(cost.bytes === 0 ? [] : [`${gb} GB a month taken in, at ${priced(perGb ?? 0)} a GB: ${priced(cost.bytes)}.`]),
    ...(cost.records === 0 ? [] : [`${amount((rate.recordsPerSecond * secondsPerMonth) / 1e6)} million records a month, at ${priced(perMillionRecords ?? 0)} a million: ${priced(cost.records)}.`]),
    ...(cost.kept === 0 ? [] : [`${gb} GB a month kept ${retentionDays - includedDays} days beyond the included ${includedDays} (${amount(monthsKept(prices, signal))} months), at ${priced(perGbMonthKept ?? 0)} a GB and month: ${priced(cost.kept)}.`]),
    ...(cost.series === 0 ? [] : [`${atLeast ? 'At least ' : ''}${amount(rate.series ?? 0)} active series${atLeast ? ' (one attribute has so many values; together they may make more)' : ''}, at ${priced(prices.perSeriesMonth ?? 0)} a series and month: ${priced(cost.series)}.`]),
  ];
  return told.length > 0 ? told : ['The price table bills nothing of this.'];
}
