// Rules that are being written, by what they are about: they outlive the view and a reload of the tab, not the tab itself.
// The stored form has a version (2: with the time of the last edit); a broken or newer stored value is ignored.
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { draftStorage } from './draft-storage.ts';
import { toast } from './toasts.ts';

/** `base` is the text that edits are measured against, and the version it was saved as (0: never); `atMs` the Unix time of the last edit. */
export interface StoredDraft { readonly text: string; readonly base: string; readonly baseVersion: number; readonly atMs: number }

interface Kept {
  readonly drafts: Readonly<Record<string, StoredDraft>>;
  /** Drafts of new rules that are rules by now: the rule's id by the draft's key. The rule's page is the one the draft began in. */
  readonly became: Readonly<Record<string, string>>;
}

interface DraftsState extends Kept {
  put(key: string, draft: StoredDraft): void;
  drop(key: string): void;
  /** A new rule was saved: its draft goes by the rule's id from now on, as it stands, whoever still knows the old key. */
  become(key: string, id: string, draft: StoredDraft): void;
}

const maxDrafts = 24;
/** Of all drafts with what they are measured against, in UTF-16 units; browsers keep about five million for a site. */
const maxText = 2_000_000;
/** Past it a draft lives in this page only: the browser's store is small. */
const maxStoredText = 200_000;

/** What equals its base is nobody's work. */
export const isEdited = ({ text, base }: StoredDraft): boolean => text !== base;

/** A new rule's draft: its name stands in the address as `draft`. */
export const newDraftKey = (id: string): string => `new:${id}`;

/** Where a draft is now. */
export const currentKey = ({ became }: Pick<Kept, 'became'>, key: string): string => became[key] ?? key;
/** What a rule's draft was called when its page began: it names the page and its boxes, which stay when a new rule is saved. */
export const firstKey = ({ became }: Pick<Kept, 'became'>, id: string): string => Object.entries(became).find(([, saved]) => saved === id)?.[0] ?? id;

type Entry = readonly [key: string, draft: StoredDraft];
const without = (drafts: Kept['drafts'], key: string): readonly Entry[] => Object.entries(drafts).filter(([other]) => other !== key);
const sizeOf = ({ text, base }: StoredDraft): number => text.length + base.length;

/** Room for one more: what nobody edited goes first, then the oldest work, which is said. */
function bounded(others: readonly Entry[], room: number): readonly Entry[] {
  const fits = others.length < maxDrafts && others.reduce((sum, [, draft]) => sum + sizeOf(draft), 0) <= room;
  if (fits || others.length === 0) return others;
  const leaving = others.find(([, draft]) => !isEdited(draft)) ?? others[0]!;
  if (isEdited(leaving[1])) toast({ kind: 'error', title: 'The oldest unsaved draft was let go', detail: `This tab keeps ${maxDrafts}, of ${maxText / 1_000_000} million letters together. Save or discard drafts in the menu of New rule.` });
  return bounded(others.filter((each) => each !== leaving), room);
}

const withDraft = (drafts: Kept['drafts'], key: string, draft: StoredDraft): Kept['drafts'] => Object.fromEntries([...bounded(without(drafts, key), maxText - sizeOf(draft)), [key, draft]]);

export const useDrafts = create<DraftsState>()(persist(
  set => ({
    drafts: {}, became: {},
    put: (key, draft) => set(({ drafts }) => ({ drafts: withDraft(drafts, key, draft) })),
    drop: key => set(({ drafts }) => ({ drafts: Object.fromEntries(without(drafts, key)) })),
    become: (key, id, draft) => set(({ drafts, became }) => ({
      drafts: withDraft(Object.fromEntries(without(drafts, key)), id, draft),
      became: Object.fromEntries([...Object.entries(became).filter(([other]) => other !== key).slice(1 - maxDrafts), [key, id]]),
    })),
  }),
  {
    name: 'weir.drafts', version: 2, storage: draftStorage<Kept>(() => sessionStorage), migrate: upgraded,
    partialize: ({ drafts, became }) => ({ drafts: Object.fromEntries(Object.entries(drafts).filter(([, draft]) => isEdited(draft) && draft.text.length < maxStoredText)), became }),
  },
));

/** Version 1 had no times, and drafts of new rules went by what they began as. */
function upgraded(stored: unknown, version: number): Kept {
  if (version !== 1) return { drafts: {}, became: {} };
  const { drafts = {} } = (stored ?? {}) as { readonly drafts?: Readonly<Record<string, Omit<StoredDraft, 'atMs'>>> };
  return { became: {}, drafts: Object.fromEntries(Object.entries(drafts).map(([key, draft], index) => [/^(new|copy):/.test(key) ? newDraftKey(`earlier-${index}`) : key, { ...draft, atMs: Date.now() }])) };
}
