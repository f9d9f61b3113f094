// A timer: how long a machine stays, and where it goes then.
import { IconButton, PaneHeader } from '../../../../ui/index.ts';
import { durationWords } from '../duration-words.ts';
import { setTimer } from '../machine-edits.ts';
import { StateChoice } from './choices.tsx';
import { typedDuration } from './durations.ts';
import { DraftField } from './fields.tsx';
import { Problems } from './problems.tsx';
import type { InspectorProps } from './types.ts';

export function TimerForm({ document, from, time, onEdit, onSelect, problemsAt }: InspectorProps & { readonly from: string; readonly time: string }) {
  const after = document.states[from]?.after ?? {};
  const to = after[time] ?? from;
  const retime = (next: string | undefined) => { if (next !== undefined) { onEdit(setTimer(document, from, time, { time: next })); onSelect({ kind: 'timer', state: from, time: next }); } };
  const unique = typedDuration.refine((next) => next === time || !(next in after), 'Another timer of this state has this time.');
  return (
    <>
      <PaneHeader title={`${from} → ${to}`} meta="timer"><IconButton icon="trash" size="s" variant="ghost" label="Remove the timer" kbd="Del" onClick={() => { onEdit(setTimer(document, from, time, { time: undefined })); onSelect({ kind: 'state', state: from }); }} /></PaneHeader>
      <Problems at={`states/${from}/after/${time}`} problemsAt={problemsAt} />
      <div className="net-section net-fields">
        <DraftField label={`After this long in ${from}`} value={durationWords(time)} schema={unique} onCommit={retime} />
        <StateChoice label="Go to" document={document} value={to} onChange={(name) => onEdit(setTimer(document, from, time, { to: name }))} />
      </div>
      <p className="net-section t2 prose">The time starts when {from} is entered. Of several timers the soonest decides.</p>
    </>
  );
}
