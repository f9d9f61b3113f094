// What rules save, as one figure: measured, with what was predicted of the same rules beside it. Pure.
import { isSafe } from '../../../cost/index.ts';
import type { SavingList, SuggestionList } from '../../../model/index.ts';
import { formatMoney, plural } from '../../ui/index.ts';

export interface SavedWords { readonly value: string; readonly unit: string; readonly note: string; /** Where the note leads. */ readonly tab: 'suggestions' | 'savings' }

export function savedWords({ savings, currency }: SavingList): SavedWords {
  const running = savings.filter(({ state }) => state === 'deployed');
  if (running.length === 0) return { value: '0', unit: currency, note: 'no rule saves yet', tab: 'suggestions' };
  const measured = running.filter(({ measuredPerMonth }) => measuredPerMonth !== null);
  if (measured.length === 0) return { value: '–', unit: '', note: 'being measured', tab: 'savings' };
  // At the traffic of the measured minutes, as the measured figure is.
  const predicted = measured.filter(({ atTrafficPerMonth }) => atTrafficPerMonth !== null);
  const total = (of: (saving: SavingList['savings'][number]) => number | null, among: SavingList['savings']): string => formatMoney(among.reduce((sum, saving) => sum + (of(saving) ?? 0), 0));
  return { value: total(({ measuredPerMonth }) => measuredPerMonth, measured), unit: currency, note: predicted.length === 0 ? 'measured' : `${predicted.length < measured.length ? `${total(({ measuredPerMonth }) => measuredPerMonth, predicted)} of it ` : ''}predicted ${total(({ atTrafficPerMonth }) => atTrafficPerMonth, predicted)}`, tab: 'savings' };
}

export interface CouldBeWords { readonly value: string; readonly unit: string; readonly note: string; readonly title: string; /** The one that saves the most, of the safe ones where there are any. */ readonly suggestion: string }

/** Null when nothing is suggested. */
export function couldBeWords({ suggestions, totalPerMonth, currency }: SuggestionList): CouldBeWords | null {
  const safe = suggestions.filter(isSafe);
  const [costliest] = (safe.length > 0 ? safe : suggestions).toSorted((a, b) => b.savingPerMonth - a.savingPerMonth);
  if (costliest === undefined) return null;
  return {
    value: formatMoney(totalPerMonth), unit: `${currency}/mo`, note: plural(suggestions.length, 'suggestion'), suggestion: costliest.id,
    title: `A month, at today's rate. What goes without loss of single records that matter: debug records, equal records, and fields that nobody names; each event counted once. The most: ${costliest.title}.`,
  };
}
