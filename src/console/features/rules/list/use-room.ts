// How much room the window leaves for columns, at the widths of the style sheets (1180 px is where the rail folds). A hidden column
// would still be counted by rows that span the table, so narrow tables are built without it.
import { useSyncExternalStore } from 'react';

export type Room = 'wide' | 'usual' | 'little';

const queries = { wide: '(min-width: 1181px)', usual: '(min-width: 861px)' } as const;
const matches = (query: string): boolean => typeof matchMedia !== 'function' || matchMedia(query).matches;
const read = (): Room => (matches(queries.wide) ? 'wide' : matches(queries.usual) ? 'usual' : 'little');

export function useRoom(): Room { return useSyncExternalStore(subscribe, read); }

function subscribe(changed: () => void): () => void {
  if (typeof matchMedia !== 'function') return () => undefined;
  const lists = Object.values(queries).map(query => matchMedia(query));
  for (const list of lists) list.addEventListener('change', changed);
  return () => { for (const list of lists) list.removeEventListener('change', changed); };
}
