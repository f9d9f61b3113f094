// The text of one rule under edit: kept in the page's store, so that it outlives the view, and followed when the rule was
// saved elsewhere and nothing was typed here.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RuleDetail, RuleKind, TextEdit } from '../../../../model/index.ts';
import { tidyKql, type RuleEdit } from '../../../../rules/index.ts';
import { toast, useDrafts } from '../../../state/index.ts';
import { withEdits } from '../../../editor/index.ts';
import { edited, fieldsOf, type DraftFields } from '../draft/index.ts';

export interface RuleDraftState {
  /** Names the draft and its boxes. */
  readonly key: string;
  readonly text: string;
  setText(text: string): void;
  /** Null while the text is no valid YAML. */
  readonly fields: DraftFields | null;
  /** The kind that the text says; while it is no valid YAML, the one that it said last. */
  readonly kind: RuleKind;
  /** Changes fields of the document; says so when the text is no valid YAML. */
  edit(edits: readonly RuleEdit[]): void;
  /** The KQL as it is typed: white space at its end included. */
  readonly kql: string;
  setKql(kql: string): void;
  editKql(edits: readonly TextEdit[]): void;
  readonly dirty: boolean;
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
  const draft = stored ?? { text: saved, base: saved, baseVersion: version };
  const dirty = draft.text !== draft.base;
  const ahead = rule !== null && version > draft.baseVersion;
  useEffect(() => {
    // Saved elsewhere and nothing typed here: follow at once.
    if (stored === undefined || (ahead && !dirty)) put(key, { text: saved, base: saved, baseVersion: version });
  }, [stored, ahead, dirty, key, saved, version, put]);

  const latest = useRef(draft);
  useEffect(() => { latest.current = draft; });
  const setText = useCallback((text: string) => { if (text !== latest.current.text) { latest.current = { ...latest.current, text }; put(key, latest.current); } }, [key, put]);
  const edit = useCallback((edits: readonly RuleEdit[]) => {
    const next = edited(latest.current.text, edits);
    if (next === null) toast({ kind: 'error', title: 'The change was not made', detail: 'The document is not valid YAML. Mend it in the Document tab first; nothing was lost.' });
    else setText(next);
  }, [setText]);

  const fields = useMemo(() => fieldsOf(draft.text), [draft.text]);
  const [kind, setKind] = useState<RuleKind>(fields?.kind ?? rule?.kind ?? 'query');
  if (fields !== null && fields.kind !== kind) setKind(fields.kind);
  const [typed, setTyped] = useState('');
  const kql = fields === null ? typed : tidyKql(typed) === fields.kql ? typed : fields.kql;
  const setKql = useCallback((next: string) => { setTyped(next); edit([{ path: ['kql'], value: next }]); }, [edit]);

  return {
    key, text: draft.text, setText, fields, kind, edit, kql, setKql, dirty,
    editKql: edits => setKql(withEdits(kql, edits)),
    rebase: after => { const base = textOf(after); put(key, { text: latest.current.text === draft.text ? base : latest.current.text, base, baseVersion: after.latestVersion }); },
    load: (text, baseVersion) => put(key, { text, base: text, baseVersion }),
    newerVersion: ahead && dirty ? version : null,
  };
}

/** The latest version's text. */
export const textOf = (rule: RuleDetail): string => rule.versions.find(version => version.version === rule.latestVersion)?.text ?? rule.versions[0]?.text ?? '';
