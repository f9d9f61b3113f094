// How what the tail shows stands to the saved view it was opened from. Pure.
import { choiceInUrl } from '../facets/facet-choice.ts';
import type { SavedView, SavedViewInput, Signal } from '../../../../model/index.ts';

/** All that a view keeps of what is shown. */
export type Shown = Omit<SavedViewInput, 'name' | 'description'>;

/** A view without filter, facets or choices, as everybody who opens the tail sees it. */
export const plainShown: Shown = { kql: '', signals: ['logs'], columns: [], stage: 'out', facets: { hidden: {}, only: {} }, wrap: false };

/** The order in which values were ticked is nothing that changes. */
const told = ({ kql, signals, columns, stage, facets, wrap }: Shown): string => JSON.stringify([kql.trim(), signals, columns, stage, inOrder(facets.hidden), inOrder(facets.only), wrap]);
const inOrder = (values: Shown['facets']['hidden']) => Object.keys(values).toSorted().map(field => [field, values[field]!.toSorted()]);

export const isChanged = (view: SavedView, shown: Shown): boolean => told(view) !== told(shown);

/** The address that shows a view. `usual`: signals that need not be said. */
export function searchOf({ id, kql, signals, columns, stage, facets: { hidden, only }, wrap }: SavedView, usual: readonly Signal[]) {
  return {
    view: id, q: kql.trim() === '' ? undefined : kql, signals: signals.join() === usual.join() ? undefined : [...signals], columns: columns.length === 0 ? undefined : [...columns],
    stage: stage === 'out' ? undefined : stage, ...choiceInUrl({ off: hidden, only }), wrap: wrap ? true : undefined,
  };
}

/** What a view keeps beside its filter, in words. */
export function keptWords({ signals, columns, stage, facets, wrap }: Shown): string {
  const fields = Object.keys(facets.hidden).length + Object.keys(facets.only).length;
  return [signals.join(' and '), stage === 'in' ? 'before rules' : 'after rules', ...(fields > 0 ? [`what is ticked in ${fields === 1 ? 'a facet' : `${fields} facets`}`] : []), ...(columns.length > 0 ? [`the columns ${columns.join(', ')}`] : []), ...(wrap ? ['wrapped lines'] : [])].join(', ');
}

/** What is wrong with a name; null for nothing. */
export function nameProblem(name: string, views: readonly SavedView[], id?: string): string | null {
  if (name.trim() === '') return 'Give it a name.';
  return views.some(view => view.name === name.trim() && view.id !== id) ? `There is a view "${name.trim()}" already.` : null;
}
