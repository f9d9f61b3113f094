// The machine as a whole: where it starts, what makes one machine of many records, its limits, its states.
import { z } from 'zod';
import type { MachineState } from '../../../../../model/index.ts';
import { PaneHeader, plural } from '../../../../ui/index.ts';
import { limitedOfDocument, limitWarnings } from '../../words/limit-warnings.ts';
import { durationWords } from '../duration-words.ts';
import { setInitial, setLimit } from '../machine-edits.ts';
import { StateChoice } from './choices.tsx';
import { typedDuration } from './durations.ts';
import { DraftField } from './fields.tsx';
import { KeyForm } from './key-form.tsx';
import { Problems } from './problems.tsx';
import type { InspectorProps } from './types.ts';

export function MachineForm(props: InspectorProps) {
  const { document, onEdit, onSelect, problemsAt } = props;
  return (
    <>
      <PaneHeader title="The machine" meta={plural(Object.keys(document.states).length, 'state')} />
      <p className="net-section t2 prose">Choose a box or an arrow to edit it. To make a transition, draw from the dot at the right side of a box to another box, or to free ground for a new state.</p>
      <Problems at="" problemsAt={problemsAt} />
      <div className="net-section">
        <StateChoice label="Starts in" document={document} value={document.initial} onChange={(name) => onEdit(setInitial(name))} />
        <KeyForm keys={document.key} fields={props.keyFields} onEdit={onEdit} />
      </div>
      <Limits document={document} onEdit={onEdit} />
      <PaneHeader title="States" />
      <ul className="net-list">{Object.entries(document.states).map(([name, state]) => <li key={name}><button type="button" onClick={() => onSelect({ kind: 'state', state: name })}><span className="mono ell">{name}</span><span className="t3 nw end">{stateWords(state)}</span></button></li>)}</ul>
    </>
  );
}

const countText = z.string().regex(/^\d{1,5}$/, 'A whole number.');

function Limits({ document, onEdit }: Pick<InspectorProps, 'document' | 'onEdit'>) {
  const { limits = {} } = document;
  return (
    <>
      <PaneHeader title="Limits" meta="of actions, kept across restarts" />
      <div className="net-section net-fields three">
        <DraftField label="At most" value={limits.actions === undefined ? '' : String(limits.actions)} placeholder="3" optional schema={countText} onCommit={(value) => onEdit(setLimit('actions', value === undefined ? undefined : Number(value)))} />
        <DraftField label="Per" value={durationWords(limits.per ?? '')} placeholder="1 h" optional schema={typedDuration} onCommit={(value) => onEdit(setLimit('per', value))} />
        <DraftField label="Pause between" value={durationWords(limits.cooldown ?? '')} placeholder="10 m" optional schema={typedDuration} onCommit={(value) => onEdit(setLimit('cooldown', value))} />
      </div>
      {limitWarnings(limitedOfDocument(document)).map((warning) => <p key={warning} className="net-warning meta" role="status">{warning}</p>)}
    </>
  );
}

function stateWords({ on = [], enter = [], after = {} }: MachineState): string {
  const parts = [...(on.length === 0 ? [] : [plural(on.length, 'transition')]), ...(enter.length === 0 ? [] : [plural(enter.length, 'action')]), ...(Object.keys(after).length === 0 ? [] : ['a timer'])];
  return parts.length === 0 ? 'stays' : parts.join(', ');
}
