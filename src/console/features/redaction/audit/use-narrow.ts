// Whether the proofs have no room beside the sources, at the width at which the style sheet folds the rail.
import { useSyncExternalStore } from 'react';

const query = '(max-width: 1180px)';
const canAsk = (): boolean => typeof matchMedia === 'function';
const read = (): boolean => canAsk() && matchMedia(query).matches;

export function useNarrow(): boolean { return useSyncExternalStore(subscribe, read); }

function subscribe(changed: () => void): () => void {
  if (!canAsk()) return () => undefined;
  const list = matchMedia(query);
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
}
