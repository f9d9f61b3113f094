// The text of one rule under edit and the version it is measured against: kept in the page's store, so that it outlives the view,
// and followed when the rule was saved elsewhere and nothing was typed here. Every write starts from the store, not from what was
// drawn last, so that a letter typed while an answer was on its way is not lost.
import { useCallback, useEffect, useState } from 'react';
import type { RuleDetail } from '../../../../model/index.ts';
import { currentKey, firstKey, isEdited, useDrafts, type StoredDraft } from '../../../state/index.ts';

export interface KeptText {
  /** Names the page and its boxes: the same before and after the first save of a new rule. */
  readonly name: string;
  readonly text: string;
  setText(text: string): void;
  /** The text as it stands now, also what was typed after the last drawing. */
  current(): string;
  /** What edits are measured against, and the version it was saved as (0: never). */
  readonly base: string;
  readonly baseVersion: number;
  readonly dirty: boolean;
  /** Unix time of the last edit, when the view opened on edits that an earlier visit left; null otherwise. */
  readonly leftAtMs: number | null;
  /** `sent` was saved and is the ground that edits are measured against; typing since then stays. A new rule's draft becomes the rule's. */
  saved(after: RuleDetail, sent: string): void;
  /** The edits go: the rule's latest text comes in. */
  takeTheirs(rule: RuleDetail): void;
  /** The edits stay, and are measured against the rule's latest version from now on. */
  keepMine(rule: RuleDetail): void;
  /** A newer version than the one being edited, saved elsewhere; null when there is none or nothing would be lost. */
  readonly newerVersion: number | null;
}

/** @param initial the text that a new rule starts with; of a saved rule its latest text is taken. */
export function useKeptText(startKey: string, rule: RuleDetail | null, initial: string): KeptText {
  const [latest, version] = rule === null ? [initial, 0] : [textOf(rule), rule.latestVersion];
  const key = useDrafts(state => currentKey(state, startKey));
  const name = useDrafts(state => firstKey(state, key));
  const stored = useDrafts(state => state.drafts[key]);
  const draft = stored ?? { text: latest, base: latest, baseVersion: version, atMs: 0 };
  const dirty = isEdited(draft);
  const ahead = version > draft.baseVersion;
  // Saved elsewhere and nothing typed here: follow at once.
  const follows = stored === undefined || (ahead && !dirty);
  useEffect(() => { if (follows) useDrafts.getState().put(key, unedited(latest, version)); }, [follows, key, latest, version]);
  const [leftAtMs] = useState(stored !== undefined && dirty ? stored.atMs : null);
  const setText = useCallback((text: string) => change(startKey, before => before.text === text ? before : { ...before, text, atMs: Date.now() }), [startKey]);
  const current = useCallback(() => here(startKey).draft.text, [startKey]);
  return {
    name, text: draft.text, setText, current, base: draft.base, baseVersion: draft.baseVersion, dirty, leftAtMs: dirty ? leftAtMs : null,
    saved: (after, sent) => settle(startKey, after, sent),
    takeTheirs: after => change(startKey, () => unedited(textOf(after), after.latestVersion)),
    keepMine: after => change(startKey, before => ({ ...before, base: textOf(after), baseVersion: after.latestVersion })),
    newerVersion: ahead && dirty ? version : null,
  };
}

/** The draft as it stands and where; an empty one in the moment after somebody dropped it. */
function here(startKey: string): { readonly key: string; readonly draft: StoredDraft } {
  const state = useDrafts.getState();
  const key = currentKey(state, startKey);
  return { key, draft: state.drafts[key] ?? unedited('', 0) };
}

function change(startKey: string, next: (before: StoredDraft) => StoredDraft): void {
  const { key, draft } = here(startKey);
  const after = next(draft);
  if (after !== draft) useDrafts.getState().put(key, after);
}

function settle(startKey: string, after: RuleDetail, sent: string): void {
  const { key, draft } = here(startKey);
  const base = textOf(after);
  const next: StoredDraft = { text: draft.text === sent ? base : draft.text, base, baseVersion: after.latestVersion, atMs: draft.atMs };
  if (key === after.id) useDrafts.getState().put(key, next);
  else useDrafts.getState().become(key, after.id, next);
}

const unedited = (text: string, baseVersion: number): StoredDraft => ({ text, base: text, baseVersion, atMs: Date.now() });

/** The latest version's text. */
export const textOf = (rule: RuleDetail): string => rule.versions.find(version => version.version === rule.latestVersion)?.text ?? rule.versions[0]?.text ?? '';
