// A link may name a saved view and nothing else: then what it keeps comes into the address.
import { useEffect, useEffectEvent, useRef } from 'react';
import type { SavedView, Signal } from '../../../../model/index.ts';
import { useSavedViews } from '../../../api/index.ts';
import { searchOf } from './view-state.ts';

/** @returns the view that the address names, once it is known. `bare`: the address says nothing of its own that a view keeps. */
export function useViewOfUrl(id: string | undefined, bare: boolean, usual: readonly Signal[], onOpen: (search: ReturnType<typeof searchOf>) => void): SavedView | undefined {
  const view = useSavedViews().data?.find(one => one.id === id);
  const open = useEffectEvent(() => { if (view !== undefined && bare) onOpen(searchOf(view, usual)); });
  /** Once: who takes back all that a view says sees that. */
  const arrived = useRef<string | undefined>(undefined);
  const known = view?.id;
  useEffect(() => { if (known !== undefined && arrived.current !== known) open(); arrived.current = known; }, [known]);
  return view;
}
