// The picture of a state machine beside its text: the canvas, and the form of what is selected. Both edit the document; while
// the text cannot be read, the last good machine stays and says why it is not the newest.
import { lazy, Suspense, useCallback, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { kqlString } from '../../../../kql/index.ts';
import type { MachineDocument } from '../../../../model/index.ts';
import type { RuleProblem } from '../../../../rules/index.ts';
import { Button, EmptyState, Pane, PaneHeader, ResizablePanes, SkeletonRows } from '../../../ui/index.ts';
import { named } from '../draft/index.ts';
import { Inspector, standing, usePictureEdits, useReadMachine, wholeMachine, type GuardField, type Selection, type UndoSteps } from '../machine/index.ts';
import { ConditionForm } from '../picture/index.ts';
import { useSeenFields } from './use-live-fields.ts';
import type { RuleEditorState } from './use-rule-editor.ts';

// The canvas library arrives with the first net.
const MachineGraph = lazy(() => import('../machine/machine-graph.tsx').then(({ MachineGraph: graph }) => ({ default: graph })));

export interface MachinePaneProps {
  readonly editor: Pick<RuleEditorState, 'problems' | 'machine'> & { readonly dryRun?: Pick<RuleEditorState['dryRun'], 'controls'>; readonly recorders?: RuleEditorState['recorders'] } & { readonly draft: Pick<RuleEditorState['draft'], 'text' | 'setText' | 'edit'> };
  /** Shows a place of the document in its text. */
  readonly onReveal?: (range: { readonly start: number; readonly end: number }) => void;
  /** Machines in each state, of a net that is armed. */
  readonly counts?: Readonly<Record<string, number>> | null;
  readonly trailing?: ReactNode;
}

export function MachinePane({ editor, counts = null, onReveal, trailing }: MachinePaneProps) {
  const { machine, unread, unreadAt } = useReadMachine(named(editor.draft.text).text, editor.machine);
  if (machine === null) return <Pane label="Picture" className="grow"><PaneHeader title="Picture">{trailing}</PaneHeader><EmptyState title="No picture yet">The document has no net that can be read. {unread ?? 'The Document tab says what is missing.'}</EmptyState></Pane>;
  return (
    <Pane label="Picture" className="grow">
      <PaneHeader title="Picture" meta={unread === null ? counts === null ? 'in sync with the text' : 'in sync with the text, counts are live' : 'of the last text that could be read'}>{trailing}</PaneHeader>
      {unread !== null && <div className="banner" role="status">The text cannot be read now, so the picture stays as it was and cannot be edited. {unread}{unreadAt !== null && onReveal !== undefined && <span className="row end"><Button size="s" onClick={() => onReveal(unreadAt)}>Show line {unreadAt.line}</Button></span>}</div>}
      <Machine editor={editor} document={machine} counts={counts} stale={unread !== null} />
    </Pane>
  );
}

function Machine({ editor, document, counts, stale }: Pick<MachinePaneProps, 'editor'> & { readonly counts: Readonly<Record<string, number>> | null; readonly document: MachineDocument; readonly stale: boolean }) {
  const { draft } = editor;
  // Problems of a text that is not the one in the picture have no place in it.
  const problems = stale ? none : editor.problems;
  const [chosen, setChosen] = useState<Selection>(wholeMachine);
  // A step of the replay that is chosen below is marked here; what is in hand stays, with all that was typed in its form.
  const shown = editor.dryRun?.controls.shown ?? null;
  const { box, focusForm, leaveForm } = useFormFocus();
  const { edit, steps } = usePictureEdits(draft);
  const fields = useSeenFields();
  const keyFields = useMemo(() => fields.filter(({ column }) => column !== 'Record').toSorted((a, b) => b.presence - a.presence).map(({ column, name }) => ({ kql: name === 'service.name' ? 'ServiceName' : `${column}[${kqlString(name)}]`, label: name })), [fields]);
  const selection = standing(document, chosen);
  const problemsAt = useCallback((place: string) => sentencesAt(problems, place), [problems]);
  const problemAt = useCallback((place: string) => sentencesAt(problems, place)[0] ?? null, [problems]);
  const renderGuard = useCallback((guard: GuardField) => <ConditionForm key={guard.place} label={guard.label} text={guard.text} fields={fields} onChange={guard.onChange} />, [fields]);
  return (
    <div className="net-pane" ref={box} onKeyDown={(event) => undoByKey(event, steps)}>
      <ResizablePanes id="rules.inspector" label="Form of what is selected" defaultSize={340} minSize={280} maxSize={520}
        first={<Suspense fallback={<SkeletonRows rows={6} label="Loading the picture" />}><MachineGraph document={document} selection={selection} problemAt={problemAt} onSelect={setChosen} onEdit={edit} onForm={focusForm} undo={steps} highlight={shown} counts={counts} readOnly={stale} /></Suspense>}
        second={<fieldset className="net-inspector" disabled={stale} aria-label="Form of what is selected" onKeyDown={leaveForm}><Inspector document={document} selection={selection} onSelect={setChosen} onEdit={edit} renderGuard={renderGuard} problemsAt={problemsAt} keyFields={keyFields} recorders={editor.recorders ?? null} /></fieldset>} />
    </div>
  );
}

const none: readonly RuleProblem[] = [];

/** Enter on a box or an arrow goes to its form; Escape in the form goes back to what is chosen. */
function useFormFocus() {
  const box = useRef<HTMLDivElement>(null);
  const focusForm = useCallback(() => { requestAnimationFrame(() => { const first = box.current?.querySelector<HTMLElement>('.net-inspector :is(input, .net-list button, .sel)'); first?.focus(); if (first instanceof HTMLInputElement) first.select(); }); }, []);
  const leaveForm = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    box.current?.querySelector<HTMLElement>('.net-canvas :is(.net-label[aria-pressed=true], .react-flow__node.selected)')?.focus();
  };
  return { box, focusForm, leaveForm };
}

/** Ctrl Z and Ctrl Shift Z, but in a field whose own typing it takes back. */
function undoByKey(event: KeyboardEvent, { undo, redo }: UndoSteps): void {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y') || event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  (key === 'y' || event.shiftKey ? redo : undo)?.();
  // What had the focus may be gone; the keys must still have a place to go.
  const pane = event.currentTarget;
  requestAnimationFrame(() => { if (document.activeElement === document.body) pane.querySelector<HTMLElement>('.net-canvas')?.focus(); });
}

/** Errors and warnings at a place such as `states/idle/on/0`, and below it; of the whole document for an empty one. */
function sentencesAt(problems: readonly RuleProblem[], place: string): readonly string[] {
  const at = problems.filter(({ severity, path }) => severity !== 'hint' && (place === '' ? path[0] !== 'states' : `${path.join('/')}/`.startsWith(`${place}/`)));
  return [...new Set(at.map(({ message, help }) => (help === undefined ? message : `${message} ${help}`)))];
}
