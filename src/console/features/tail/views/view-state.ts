// How what the tail shows stands to the saved view it was opened from. Pure.
import type { SavedView, Signal } from '../../../../model/index.ts';

export interface Shown { readonly kql: string; readonly signals: readonly Signal[]; readonly columns: readonly string[] }

export const isChanged = (view: SavedView, { kql, signals, columns }: Shown): boolean => view.kql.trim() !== kql.trim() || view.signals.join() !== signals.join() || view.columns.join() !== columns.join();

/** The address that shows a view. `usual`: signals that need not be said. */
export function searchOf({ id, kql, signals, columns }: SavedView, usual: readonly Signal[]) {
  return { view: id, q: kql.trim() === '' ? undefined : kql, signals: signals.join() === usual.join() ? undefined : [...signals], columns: columns.length === 0 ? undefined : [...columns] };
}

/** What is wrong with a name; null for nothing. */
export function nameProblem(name: string, views: readonly SavedView[], id?: string): string | null {
  if (name.trim() === '') return 'Give it a name.';
  return views.some(view => view.name === name.trim() && view.id !== id) ? `There is a view "${name.trim()}" already.` : null;
}
