// A link may name a saved view and nothing else: then its filter comes into the address.
import { useEffect, useEffectEvent } from 'react';
import type { SavedView, Signal } from '../../../../model/index.ts';
import { useSavedViews } from '../../../api/index.ts';
import { searchOf } from './view-state.ts';

/** @returns the view that the address names, once it is known. `bare`: the address says no filter of its own. */
export function useViewOfUrl(id: string | undefined, bare: boolean, usual: readonly Signal[], onOpen: (search: ReturnType<typeof searchOf>) => void): SavedView | undefined {
  const view = useSavedViews().data?.find(one => one.id === id);
  const open = useEffectEvent(() => { if (view !== undefined && view.kql.trim() !== '') onOpen(searchOf(view, usual)); });
  const known = view !== undefined;
  useEffect(() => { if (known && bare) open(); }, [known, bare, id]);
  return view;
}
