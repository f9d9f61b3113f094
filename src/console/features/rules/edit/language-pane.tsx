// The settings of a language rule beside its script. While the text cannot be read, the last good ones stay and say so.
import type { ReactNode } from 'react';
import { named, useReadDocument } from '../draft/index.ts';
import { usePictureEdits } from '../machine/index.ts';
import { ScriptPane } from '../script/index.ts';
import { useSeenFields } from './use-live-fields.ts';
import type { RuleEditorState } from './use-rule-editor.ts';

export function LanguagePane({ editor: { draft, problems }, trailing }: { readonly editor: Pick<RuleEditorState, 'draft' | 'problems'>; readonly trailing?: ReactNode }) {
  const { document, unread } = useReadDocument(named(draft.text).text, 'language', null, 'It is no language rule.');
  const { edit } = usePictureEdits(draft);
  return <ScriptPane document={document} unread={unread} problems={problems} fields={useSeenFields()} onEdit={edit} trailing={trailing} />;
}
