// One rule under edit: its kept text, what the text says, and the ways to change it.
import { useCallback } from 'react';
import type { RuleDetail, TextEdit } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import { toast } from '../../../state/index.ts';
import { withEdits } from '../../../editor/index.ts';
import { edited } from '../draft/index.ts';
import { useKeptText, type KeptText } from './use-kept-text.ts';
import { useReadFields, useTypedCode, type ReadFields } from './use-read-text.ts';

export interface RuleDraftState extends KeptText, ReadFields {
  /** Changes fields of the document; says so when the text is no valid YAML. */
  edit(edits: readonly RuleEdit[]): void;
  /** The KQL as it is typed: white space at its end included. */
  readonly kql: string;
  setKql(kql: string): void;
  /** The JavaScript of a language rule, likewise. */
  readonly script: string;
  setScript(script: string): void;
  editKql(edits: readonly TextEdit[]): void;
  /** Back to what was saved, or to what a new rule began with. */
  revert(): void;
}

/** See useKeptText. */
export function useRuleDraft(startKey: string, rule: RuleDetail | null, initial: string): RuleDraftState {
  const kept = useKeptText(startKey, rule, initial);
  const { setText, current } = kept;
  const edit = useCallback((edits: readonly RuleEdit[]) => {
    const next = edited(current(), edits);
    if (next === null) toast({ kind: 'error', title: 'The change was not made', detail: 'The document is not valid YAML. Mend it in the Document tab first; nothing was lost.' });
    else setText(next);
  }, [current, setText]);
  const read = useReadFields(kept, rule?.kind);
  const [kql, setKql] = useTypedCode('kql', read.shownFields?.kql ?? '', edit);
  const [script, setScript] = useTypedCode('javascript', read.shownFields?.javascript ?? '', edit);
  return { ...kept, ...read, edit, kql, setKql, script, setScript, editKql: edits => setKql(withEdits(kql, edits)), revert: () => setText(kept.base) };
}
