// A link may name a saved view without saying its filter: then what the view keeps comes into the address, but for what the link itself says.
import { useEffect, useEffectEvent, useRef } from 'react';
import type { SavedView, Signal } from '../../../../model/index.ts';
import { useSavedViews } from '../../../api/index.ts';
import type { TailSearch } from '../../../state/index.ts';
import { searchOf } from './view-state.ts';

/** @returns the view that the address names, once it is known. `said`: what the address says of that which a view keeps. */
export function useViewOfUrl(id: string | undefined, said: Omit<TailSearch, 'view'>, usual: readonly Signal[], onOpen: (search: TailSearch) => void): SavedView | undefined {
  const view = useSavedViews().data?.find(one => one.id === id);
  const open = useEffectEvent(() => {
    const own = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    // Once a view with a filter is open, its filter or another is in the address; one without may be open with anything changed.
    const brings = view !== undefined && (view.kql.trim() === '' ? Object.keys(own).length === 0 : said.q === undefined);
    if (brings) onOpen({ ...searchOf(view, usual), ...own });
  });
  /** Once: who takes back all that a view says sees that. */
  const arrived = useRef<string | undefined>(undefined);
  const known = view?.id;
  useEffect(() => { if (known !== undefined && arrived.current !== known) open(); arrived.current = known; }, [known]);
  return view;
}
