// What a person chose for this browser: theme, time zone, pane sizes. Kept in localStorage, version 1; a broken or newer value is ignored.
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type ThemeChoice = 'system' | 'dark' | 'light' | 'contrast';
export type Theme = Exclude<ThemeChoice, 'system'>;

interface PreferencesState {
  readonly theme: ThemeChoice; readonly timeZone: 'utc' | 'local'; readonly paneSizes: Readonly<Record<string, number>>;
  setTheme(theme: ThemeChoice): void;
  setTimeZone(zone: 'utc' | 'local'): void;
  setPaneSize(id: string, pixels: number): void;
}

export const usePreferences = create<PreferencesState>()(persist(
  set => ({
    theme: 'dark', timeZone: 'utc', paneSizes: {},
    setTheme: theme => set({ theme }),
    setTimeZone: timeZone => set({ timeZone }),
    setPaneSize: (id, pixels) => set(state => ({ paneSizes: { ...state.paneSizes, [id]: pixels } })),
  }),
  { name: 'weir.preferences', version: 1, partialize: ({ theme, timeZone, paneSizes }) => ({ theme, timeZone, paneSizes }) },
));
