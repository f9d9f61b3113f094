// The picture of a state machine beside its text: the canvas, and the form of what is selected. Both edit the document; while
// the text cannot be read, the last good machine stays and says why it is not the newest.
import { lazy, Suspense, useCallback, useMemo, useState, type ReactNode } from 'react';
import type { MachineDocument } from '../../../../model/index.ts';
import type { RuleProblem } from '../../../../rules/index.ts';
import { EmptyState, Pane, PaneHeader, ResizablePanes, SkeletonRows } from '../../../ui/index.ts';
import { Inspector, standing, wholeMachine, type Selection } from '../machine/index.ts';
import { ConditionForm } from '../picture/index.ts';
import { useSeenFields } from './use-live-fields.ts';
import type { RuleEditorState } from './use-rule-editor.ts';

// The canvas library arrives with the first net.
const MachineGraph = lazy(() => import('../machine/machine-graph.tsx').then(({ MachineGraph: graph }) => ({ default: graph })));

export function MachinePane({ editor, trailing }: { readonly editor: RuleEditorState; readonly trailing?: ReactNode }) {
  const { machine, draft, problems } = editor;
  if (machine === null) return <Pane label="Picture" className="grow"><PaneHeader title="Picture">{trailing}</PaneHeader><EmptyState title="No picture yet">The document has no state machine that can be read. The Document tab says what is missing.</EmptyState></Pane>;
  const first = problems.find(({ severity }) => severity === 'error');
  const unread = draft.fields === null || (first !== undefined && (first.code.startsWith('rule/') || first.code.startsWith('yaml/')));
  return (
    <Pane label="Picture" className="grow">
      <PaneHeader title="Picture" meta="in sync with the text">{trailing}</PaneHeader>
      {unread && first !== undefined && <div className="banner" role="status">The picture shows the last text that could be read. {first.message}</div>}
      <Machine editor={editor} document={machine} stale={unread} />
    </Pane>
  );
}

function Machine({ editor, document, stale }: { readonly editor: RuleEditorState; readonly document: MachineDocument; readonly stale: boolean }) {
  const { draft, problems } = editor;
  const [chosen, setChosen] = useState<Selection>(wholeMachine);
  const fields = useSeenFields();
  const selection = standing(document, chosen);
  const problemsAt = useCallback((place: string) => sentencesAt(problems, place), [problems]);
  const problemAt = useCallback((place: string) => sentencesAt(problems, place)[0] ?? null, [problems]);
  const renderGuard = useMemo(() => function Guard(guard: { readonly place: string; readonly label: string; readonly text: string; readonly onChange: (text: string) => void }) {
    return <ConditionForm key={guard.place} label={guard.label} text={guard.text} fields={fields} onChange={guard.onChange} />;
  }, [fields]);
  return (
    <ResizablePanes id="rules.inspector" label="Form of what is selected" defaultSize={340} minSize={260} maxSize={520}
      first={<Suspense fallback={<SkeletonRows rows={6} label="Loading the picture" />}><MachineGraph document={document} selection={selection} problemAt={problemAt} onSelect={setChosen} onEdit={draft.edit} readOnly={stale} /></Suspense>}
      second={<Inspector document={document} selection={selection} onSelect={setChosen} onEdit={draft.edit} renderGuard={renderGuard} problemsAt={problemsAt} />} />
  );
}

/** Errors and warnings at a place such as `states/idle/on/0`, and below it; of the whole document for an empty one. */
function sentencesAt(problems: readonly RuleProblem[], place: string): readonly string[] {
  const at = problems.filter(({ severity, path }) => severity !== 'hint' && (place === '' ? path[0] !== 'states' : `${path.join('/')}/`.startsWith(`${place}/`)));
  return [...new Set(at.map(({ message, help }) => (help === undefined ? message : `${message} ${help}`)))];
}
