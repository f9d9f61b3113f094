// Whether the window is too low for a timeline with room around everything.
import { useSyncExternalStore } from 'react';

const query = '(max-height: 840px)';

function subscribe(listener: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

export const useLow = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(query).matches);
