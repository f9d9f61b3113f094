// New rules that were begun and never saved: shown where a new rule is made, to be continued or thrown away.
import { useMemo } from 'react';
import { isEdited, newDraftKey, toast, useDrafts, type StoredDraft } from '../../../state/index.ts';
import { fieldsOf } from './rule-draft.ts';

export interface UnsavedDraft {
  /** The word of the address: `/rules/new?draft=id`. */
  readonly id: string;
  /** Its name, or what it is while it has none. */
  readonly name: string;
  /** Unix time of the last edit. */
  readonly atMs: number;
}

/** Newest first. */
export function unsavedDrafts(drafts: Readonly<Record<string, StoredDraft>>): readonly UnsavedDraft[] {
  const prefix = newDraftKey('');
  return Object.entries(drafts).filter(([key, draft]) => key.startsWith(prefix) && isEdited(draft))
    .map(([key, { text, base, atMs }]) => ({ id: key.slice(prefix.length), name: nameOf(text) ?? nameOf(base) ?? 'a rule without a name', atMs }))
    .toSorted((a, b) => b.atMs - a.atMs);
}

const nameOf = (text: string): string | null => { const name = fieldsOf(text)?.name.trim() ?? ''; return name === '' ? null : name; };

export function useUnsavedDrafts(): readonly UnsavedDraft[] {
  const drafts = useDrafts(state => state.drafts);
  return useMemo(() => unsavedDrafts(drafts), [drafts]);
}

/** Throws the text of a draft away; the message brings it back. */
export function discardDraft(key: string, name: string): void {
  const { drafts, drop } = useDrafts.getState();
  const draft = drafts[key];
  drop(key);
  if (draft !== undefined && isEdited(draft)) toast({ title: `The unsaved text of ${name} is discarded`, action: { label: 'Undo', run: () => useDrafts.getState().put(key, draft) } });
}

/** A word that no other draft of this tab has. */
export const freshDraftId = (): string => `d${crypto.randomUUID().slice(0, 8)}`;
