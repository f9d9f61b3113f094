// Rules that are being written, by what they are about: they outlive the view and a reload of the tab, not the tab itself.
// A broken or newer stored value is ignored.
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

/** `base` is the text that edits are measured against, and the version it was saved as (0: never). */
export interface StoredDraft { readonly text: string; readonly base: string; readonly baseVersion: number }

interface DraftsState {
  readonly drafts: Readonly<Record<string, StoredDraft>>;
  put(key: string, draft: StoredDraft): void;
  drop(key: string): void;
}

const maxDrafts = 24;
/** Past it a draft lives in this page only: the browser's store is small. */
const maxStoredText = 200_000;

const without = (drafts: DraftsState['drafts'], key: string) => Object.entries(drafts).filter(([other]) => other !== key);

export const useDrafts = create<DraftsState>()(persist(
  set => ({
    drafts: {},
    put: (key, draft) => set(({ drafts }) => ({ drafts: Object.fromEntries([...without(drafts, key).slice(-maxDrafts), [key, draft]]) })),
    drop: key => set(({ drafts }) => ({ drafts: Object.fromEntries(without(drafts, key)) })),
  }),
  {
    name: 'weir.drafts', version: 1, storage: createJSONStorage(() => sessionStorage),
    // What equals its base is nobody's work.
    partialize: ({ drafts }) => ({ drafts: Object.fromEntries(Object.entries(drafts).filter(([, draft]) => draft.text !== draft.base && draft.text.length < maxStoredText)) }),
  },
));
