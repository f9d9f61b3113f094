// Whether the window has room for every column, as the style sheets see it (1180 px). A hidden column would still be counted by rows
// that span the table, so narrow tables are built without it.
import { useSyncExternalStore } from 'react';

const query = '(min-width: 1181px)';

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => typeof matchMedia !== 'function' || matchMedia(query).matches);
}

function subscribe(changed: () => void): () => void {
  if (typeof matchMedia !== 'function') return () => undefined;
  const list = matchMedia(query);
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
}
