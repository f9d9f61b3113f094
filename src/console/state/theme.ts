// Which theme is drawn: the person's choice, else what the system prefers. Sets data-theme on the root element.
import { useSyncExternalStore } from 'react';
import { usePreferences } from './preferences.ts';
import type { Theme, ThemeChoice } from './preferences.ts';

const queries = ['(prefers-contrast: more)', '(prefers-color-scheme: light)'] as const;
const matches = (query: string) => typeof matchMedia === 'function' && matchMedia(query).matches;

/** Dark unless the system asks for more contrast or for light. */
export function resolveTheme(choice: ThemeChoice, wantsContrast: boolean, wantsLight: boolean): Theme {
  if (choice !== 'system') return choice;
  return wantsContrast ? 'contrast' : wantsLight ? 'light' : 'dark';
}

const current = (): Theme => resolveTheme(usePreferences.getState().theme, matches(queries[0]), matches(queries[1]));

function subscribe(listener: () => void): () => void {
  const lists = typeof matchMedia === 'function' ? queries.map(query => matchMedia(query)) : [];
  for (const list of lists) list.addEventListener('change', listener);
  const stop = usePreferences.subscribe(listener);
  return () => { for (const list of lists) list.removeEventListener('change', listener); stop(); };
}

/** Keeps the document's theme in step with choice and system. Call once, before the first paint. */
export function followTheme(root: HTMLElement): () => void {
  const apply = () => { root.dataset['theme'] = current(); };
  apply();
  return subscribe(apply);
}

export function useTheme(): Theme { return useSyncExternalStore(subscribe, current); }
