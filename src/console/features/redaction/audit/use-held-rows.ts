// The rows in an order that stays while counts move (see heldOrder), begun anew when a person sorts, filters or changes the range.
import { useEffect, useState } from 'react';
import { heldOrder, sortSources, type Sorting, type SourceRow } from './source-list.ts';

/** `about`: what the order was made for; another text begins a new one. */
export function useHeldRows(rows: readonly SourceRow[], sorting: Sorting, about: string): readonly SourceRow[] {
  const [held, setHeld] = useState<{ readonly about: string; readonly ids: readonly string[] }>({ about: '', ids: [] });
  const wish = `${sorting.key} ${sorting.down} ${about}`;
  const sorted = sortSources(rows, sorting);
  const ordered = held.about === wish ? heldOrder(held.ids, sorted, sorting.key === 'state' ? (sorting.down ? -1 : 1) : null) : sorted;
  const ids = ordered.map(({ source }) => source.id);
  if (held.about !== wish || ids.join() !== held.ids.join()) setHeld({ about: wish, ids });
  return ordered;
}

/** A chosen row whose place changed is scrolled back into view. */
export function useKeptInView(box: { readonly current: HTMLElement | null }, place: number): void {
  useEffect(() => {
    if (place >= 0) box.current?.querySelector('tr[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' });
  }, [box, place]);
}
