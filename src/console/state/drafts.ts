// Rules that are being written, by what they are about: they outlive the view and a reload of the tab, not the tab itself.
// The stored form has a version (2: with the time of the last edit); a broken or newer stored value is ignored.
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { toast } from './toasts.ts';

/** `base` is the text that edits are measured against, and the version it was saved as (0: never); `atMs` the Unix time of the last edit. */
export interface StoredDraft { readonly text: string; readonly base: string; readonly baseVersion: number; readonly atMs: number }

interface DraftsState {
  readonly drafts: Readonly<Record<string, StoredDraft>>;
  put(key: string, draft: StoredDraft): void;
  drop(key: string): void;
}

const maxDrafts = 24;
/** Past it a draft lives in this page only: the browser's store is small. */
const maxStoredText = 200_000;

/** What equals its base is nobody's work. */
export const isEdited = ({ text, base }: StoredDraft): boolean => text !== base;

/** A new rule's draft: its name stands in the address as `draft`. */
export const newDraftKey = (id: string): string => `new:${id}`;

type Entry = readonly [key: string, draft: StoredDraft];
const without = (drafts: DraftsState['drafts'], key: string): readonly Entry[] => Object.entries(drafts).filter(([other]) => other !== key);

/** Room for one more: what nobody edited goes first, then the oldest work, which is said. */
function bounded(others: readonly Entry[]): readonly Entry[] {
  if (others.length < maxDrafts) return others;
  const leaving = others.find(([, draft]) => !isEdited(draft)) ?? others[0]!;
  if (isEdited(leaving[1])) toast({ kind: 'error', title: 'The oldest unsaved draft was let go', detail: `This tab keeps ${maxDrafts}. Save or discard drafts in the menu of New rule.` });
  return others.filter((each) => each !== leaving);
}

export const useDrafts = create<DraftsState>()(persist(
  set => ({
    drafts: {},
    put: (key, draft) => set(({ drafts }) => ({ drafts: Object.fromEntries([...bounded(without(drafts, key)), [key, draft]]) })),
    drop: key => set(({ drafts }) => ({ drafts: Object.fromEntries(without(drafts, key)) })),
  }),
  {
    name: 'weir.drafts', version: 2, storage: createJSONStorage(() => sessionStorage), migrate: upgraded,
    partialize: ({ drafts }) => ({ drafts: Object.fromEntries(Object.entries(drafts).filter(([, draft]) => isEdited(draft) && draft.text.length < maxStoredText)) }),
  },
));

/** Version 1 had no times, and drafts of new rules went by what they began as. */
function upgraded(stored: unknown, version: number): Pick<DraftsState, 'drafts'> {
  if (version !== 1) return { drafts: {} };
  const { drafts = {} } = (stored ?? {}) as { readonly drafts?: Readonly<Record<string, Omit<StoredDraft, 'atMs'>>> };
  return { drafts: Object.fromEntries(Object.entries(drafts).map(([key, draft], index) => [/^(new|copy):/.test(key) ? newDraftKey(`earlier-${index}`) : key, { ...draft, atMs: Date.now() }])) };
}
