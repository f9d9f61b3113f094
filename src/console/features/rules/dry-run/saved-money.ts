// What a saving is worth by the price table: the arithmetic of the views Cost and Events, so that one rule is told one figure.
import { isUnpriced, monthlyCost } from '../../../../cost/index.ts';
import { hoursPerMonth, type PriceTable } from '../../../../model/index.ts';
import type { SavedRate } from '../../../../rules/index.ts';

export interface SavedMoney { readonly perDay: number; readonly perMonth: number }

/** Null while there is no table, or while it bills nothing of what changes. */
export function savedMoney(rates: readonly SavedRate[], prices: PriceTable | null): SavedMoney | null {
  if (prices === null || (rates.length === 0 ? isUnpriced(prices, 'logs') : rates.every(({ signal }) => isUnpriced(prices, signal)))) return null;
  const perMonth = rates.reduce((sum, rate) => sum + monthlyCost(rate, prices).total, 0);
  return { perMonth, perDay: (perMonth * 24) / hoursPerMonth };
}

export function money(amount: number, currency: string): string {
  const digits = Math.abs(amount) >= 100 ? 0 : 2;
  return `${amount < 0 ? '− ' : ''}${currency} ${Math.abs(amount).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}
