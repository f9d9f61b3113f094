// The moment of the record under pointer or keys, Unix milliseconds: the timeline draws it over its lanes. Null: none.
import { create } from 'zustand';

export const usePointed = create<{ readonly atMs: number | null; point(atMs: number | null): void }>()(set => ({ atMs: null, point: atMs => set({ atMs }) }));
