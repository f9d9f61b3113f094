// What a saving is worth by the price table: the arithmetic and the writing of the views Cost and Events, so that one rule is told one figure.
import { isUnpriced, monthlyCost } from '../../../../cost/index.ts';
import type { PriceTable } from '../../../../model/index.ts';
import type { SavedRate } from '../../../../rules/index.ts';
import { formatMoney } from '../../../ui/index.ts';

/** A month, at the rate at which records came. Null while there is no table, or while it bills nothing of what changes. */
export function savedPerMonth(rates: readonly SavedRate[], prices: PriceTable | null): number | null {
  if (prices === null || (rates.length === 0 ? isUnpriced(prices, 'logs') : rates.every(({ signal }) => isUnpriced(prices, signal)))) return null;
  return rates.reduce((sum, rate) => sum + monthlyCost(rate, prices).total, 0);
}

export const money = (amount: number, currency: string): string => `${formatMoney(amount)} ${currency}`;
