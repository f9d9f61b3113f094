// What rules save, as one figure: measured, with what was predicted of the same rules beside it. Pure.
import type { SavingList } from '../../../model/index.ts';
import { formatMoney } from '../../ui/index.ts';

export interface SavedWords { readonly value: string; readonly unit: string; readonly note: string; /** Where the note leads. */ readonly tab: 'suggestions' | 'savings' }

export function savedWords({ savings, currency }: SavingList): SavedWords {
  const running = savings.filter(({ state }) => state === 'deployed');
  if (running.length === 0) return { value: '0', unit: currency, note: 'what could be saved', tab: 'suggestions' };
  const measured = running.filter(({ measuredPerMonth }) => measuredPerMonth !== null);
  if (measured.length === 0) return { value: '–', unit: '', note: 'being measured', tab: 'savings' };
  // At the traffic of the measured minutes, as the measured figure is.
  const predicted = measured.filter(({ atTrafficPerMonth }) => atTrafficPerMonth !== null);
  const total = (of: (saving: SavingList['savings'][number]) => number | null, among: SavingList['savings']): string => formatMoney(among.reduce((sum, saving) => sum + (of(saving) ?? 0), 0));
  return { value: total(({ measuredPerMonth }) => measuredPerMonth, measured), unit: currency, note: predicted.length === 0 ? 'measured' : `${predicted.length < measured.length ? `${total(({ measuredPerMonth }) => measuredPerMonth, predicted)} of it ` : ''}predicted ${total(({ atTrafficPerMonth }) => atTrafficPerMonth, predicted)}`, tab: 'savings' };
}
