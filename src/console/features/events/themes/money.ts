// An amount of money a month; a dash while nothing was measured. Pure.
import { formatMoney } from '../../../ui/index.ts';

/** As Cost writes it: a currency is what the price table calls it, and stands behind the number. */
export const money = (amount: number | null, currency: string): string => (amount === null ? '–' : `${formatMoney(amount)} ${currency}`);
