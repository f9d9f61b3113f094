// Whether the window is too narrow for three columns; at the width where the rail turns to icons.
import { useSyncExternalStore } from 'react';

const query = '(max-width: 1180px)';

function subscribe(listener: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(query).matches);
