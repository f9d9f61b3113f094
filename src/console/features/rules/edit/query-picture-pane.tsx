// The picture beside the KQL: the same text as a chain of steps, with the rates of the last dry run.
import type { ReactNode } from 'react';
import { withEdits, type EditorHandle } from '../../../editor/index.ts';
import { Pane, PaneHeader } from '../../../ui/index.ts';
import { ruleNameFor } from '../draft/index.ts';
import { QueryPicture, useQueryBlocks } from '../picture/index.ts';
import { flowOf } from '../dry-run/index.ts';
import { useSeenFields } from './use-live-fields.ts';
import { useSinkNames } from './use-sink-names.ts';
import { useTableNote } from './use-table-note.ts';
import type { RuleEditorState } from './use-rule-editor.ts';

export interface QueryPicturePaneProps { readonly editor: RuleEditorState; readonly caret: number | null; readonly kqlBox: { readonly current: EditorHandle | null }; readonly onSelect: (range: { readonly start: number; readonly end: number }) => void; readonly onReveal: (range: { readonly start: number; readonly end: number }) => void; readonly trailing?: ReactNode }

export function QueryPicturePane({ editor, caret, kqlBox, onSelect, onReveal, trailing }: QueryPicturePaneProps) {
  const { draft, kqlDiagnostics, dryRun, stale } = editor;
  const reading = useQueryBlocks(draft.kql, 'rule');
  const fields = useSeenFields();
  const sinkNames = useSinkNames();
  const tableNote = useTableNote(draft.fields?.targets ?? '');
  const flow = stale ? null : flowOf(dryRun);
  // The box makes the edits when it is there, so that its undo takes them back one by one.
  const edit = (edits: Parameters<typeof draft.editKql>[0]) => {
    if (kqlBox.current !== null) kqlBox.current.applyEdits(edits); else draft.editKql(edits);
    // A rule that says what it does has a name to begin with.
    const name = draft.fields?.name === '' ? ruleNameFor(withEdits(draft.kql, edits)) : null;
    if (name !== null) draft.edit([{ path: ['name'], value: name }]);
  };
  return (
    <Pane label="Picture" className="grow">
      <PaneHeader title="Picture" meta={reading.blocks === null ? 'of the text before' : flow === null ? 'in sync with the text' : 'in sync with the text; bands show rates'}>{trailing}</PaneHeader>
      <QueryPicture text={draft.kql} reading={reading} mode="rule" problems={kqlDiagnostics} flow={flow} selectedOffset={caret} fields={fields} sinkNames={sinkNames} tableNote={tableNote} onEdit={edit} onSelect={onSelect} onReveal={onReveal} />
    </Pane>
  );
}
