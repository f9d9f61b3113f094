// The text of one rule under edit: kept in the page's store, so that it outlives the view, and followed when the rule was
// saved elsewhere and nothing was typed here.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RuleDetail, RuleKind, TextEdit } from '../../../../model/index.ts';
import { tidyKql, type RuleEdit } from '../../../../rules/index.ts';
import { toast, useDrafts, type StoredDraft } from '../../../state/index.ts';
import { withEdits } from '../../../editor/index.ts';
import { edited, fieldsOf, kindOf, type DraftFields } from '../draft/index.ts';

export interface RuleDraftState {
  /** Names the draft and its boxes. */
  readonly key: string;
  readonly text: string;
  setText(text: string): void;
  /** Null while the text is no valid YAML. */
  readonly fields: DraftFields | null;
  /** `fields`, or the last that could be read: what is shown and cannot be edited meanwhile. */
  readonly shownFields: DraftFields | null;
  /** The kind that the text says; while it is no valid YAML, the one that it said last. */
  readonly kind: RuleKind;
  /** Changes fields of the document; says so when the text is no valid YAML. */
  edit(edits: readonly RuleEdit[]): void;
  /** The KQL as it is typed: white space at its end included. */
  readonly kql: string;
  setKql(kql: string): void;
  editKql(edits: readonly TextEdit[]): void;
  readonly dirty: boolean;
  /** Unix time of the last edit, when the view opened on edits that an earlier visit left; null otherwise. */
  readonly leftAtMs: number | null;
  /** Back to what was saved, or to what a new rule began with. */
  revert(): void;
  /** What was saved becomes the ground that edits are measured against; typing since then stays. */
  rebase(saved: RuleDetail): void;
  /** Throws the edits away. */
  load(text: string, version: number): void;
  /** A newer version than the one being edited, saved elsewhere; null when there is none or nothing would be lost. */
  readonly newerVersion: number | null;
}

/** @param initial the text that a new rule starts with; of a saved rule its latest text is taken. */
export function useRuleDraft(key: string, rule: RuleDetail | null, initial: string): RuleDraftState {
  const saved = rule === null ? initial : textOf(rule);
  const version = rule?.latestVersion ?? 0;
  const stored = useDrafts(state => state.drafts[key]);
  const { put } = useDrafts.getState();
  const draft = stored ?? { text: saved, base: saved, baseVersion: version, atMs: 0 };
  const dirty = draft.text !== draft.base;
  const ahead = rule !== null && version > draft.baseVersion;
  useEffect(() => {
    // Saved elsewhere and nothing typed here: follow at once.
    if (stored === undefined || (ahead && !dirty)) put(key, fresh(saved, version));
  }, [stored, ahead, dirty, key, saved, version, put]);
  const [leftAtMs] = useState(stored !== undefined && dirty ? stored.atMs : null);

  const latest = useRef(draft);
  useEffect(() => { latest.current = draft; });
  const setText = useCallback((text: string) => { if (text !== latest.current.text) { latest.current = { ...latest.current, text, atMs: Date.now() }; put(key, latest.current); } }, [key, put]);
  const edit = useCallback((edits: readonly RuleEdit[]) => {
    const next = edited(latest.current.text, edits);
    if (next === null) toast({ kind: 'error', title: 'The change was not made', detail: 'The document is not valid YAML. Mend it in the Document tab first; nothing was lost.' });
    else setText(next);
  }, [setText]);

  const fields = useMemo(() => fieldsOf(draft.text), [draft.text]);
  const [readable, setReadable] = useState(fields ?? fieldsOf(draft.base));
  if (fields !== null && fields !== readable) setReadable(fields);
  const shownFields = fields ?? readable;
  const said = useMemo(() => kindOf(draft.text), [draft.text]);
  const [kind, setKind] = useState<RuleKind>(said ?? rule?.kind ?? kindOf(draft.base) ?? 'query');
  if (said !== null && said !== kind) setKind(said);
  const [typed, setTyped] = useState('');
  const kqlOfText = shownFields?.kql ?? '';
  const kql = tidyKql(typed) === kqlOfText ? typed : kqlOfText;
  const setKql = useCallback((next: string) => { setTyped(next); edit([{ path: ['kql'], value: next }]); }, [edit]);

  return {
    key, text: draft.text, setText, fields, shownFields, kind, edit, kql, setKql, dirty, leftAtMs: dirty ? leftAtMs : null,
    revert: () => setText(draft.base),
    editKql: edits => setKql(withEdits(kql, edits)),
    rebase: after => { const base = textOf(after); put(key, { text: latest.current.text === draft.text ? base : latest.current.text, base, baseVersion: after.latestVersion, atMs: latest.current.atMs }); },
    load: (text, baseVersion) => put(key, fresh(text, baseVersion)),
    newerVersion: ahead && dirty ? version : null,
  };
}

/** Nothing was edited yet. */
const fresh = (text: string, baseVersion: number): StoredDraft => ({ text, base: text, baseVersion, atMs: Date.now() });

/** The latest version's text. */
export const textOf = (rule: RuleDetail): string => rule.versions.find(version => version.version === rule.latestVersion)?.text ?? rule.versions[0]?.text ?? '';
