// A state: its name, how it is left, and what it starts when it is entered.
import { Button, IconButton, PaneHeader } from '../../../../ui/index.ts';
import { z } from 'zod';
import { durationWords } from '../duration-words.ts';
import { countWords } from '../graph-model.ts';
import { addTimer, addTransition, removeState, renameState, setInitial } from '../machine-edits.ts';
import { ActionList } from './action-list.tsx';
import { firstGuard, isPlaceholder } from '../placeholder.ts';
import { DraftField } from './fields.tsx';
import { Problems } from './problems.tsx';
import type { InspectorProps } from './types.ts';

type StateFormProps = InspectorProps & { readonly name: string };
const stateNameText = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, 'Use letters, digits, _ and -, starting with a letter.');

export function StateForm(props: StateFormProps) {
  const { document, name, onEdit, onSelect, problemsAt } = props;
  const alone = Object.keys(document.states).length < 2;
  const rename = (next: string | undefined) => { if (next !== undefined) { onEdit(renameState(document, name, next)); onSelect({ kind: 'state', state: next }); } };
  const unique = stateNameText.refine((next) => next === name || !(next in document.states), 'Another state has this name.');
  return (
    <>
      <PaneHeader title={name} meta="state"><IconButton icon="trash" size="s" variant="ghost" label={`Remove the state ${name}`} kbd="Del" disabledReason={alone ? 'A machine needs a state.' : null} onClick={() => { onEdit(removeState(document, name)); onSelect({ kind: 'machine' }); }} /></PaneHeader>
      <Problems at={`states/${name}`} problemsAt={problemsAt} />
      <div className="net-section net-name"><DraftField label="Name" mono value={name} schema={unique} onCommit={rename} />{document.initial === name ? <span className="meta t3">The machine starts here.</span> : <Button size="s" onClick={() => onEdit(setInitial(name))}>Start here</Button>}</div>
      <Ways {...props} />
      <ActionList key={name} {...props} />
    </>
  );
}

/** How the state is left: by records and by time. */
function Ways({ document, name, onEdit, onSelect }: StateFormProps) {
  const { on = [], after = {} } = document.states[name] ?? {};
  const other = Object.keys(document.states).find((one) => one !== name) ?? name;
  const connect = () => { onEdit(addTransition(document, name, { when: firstGuard, to: other })); onSelect({ kind: 'transition', state: name, index: on.length }); };
  const wait = () => { const time = freeTime(Object.keys(after)); onEdit(addTimer(document, name, time, other)); onSelect({ kind: 'timer', state: name, time }); };
  return (
    <>
      <PaneHeader title="When it leaves"><Button size="s" variant="ghost" icon="plus" onClick={connect}>Transition</Button><Button size="s" variant="ghost" icon="plus" onClick={wait}>Timer</Button></PaneHeader>
      <ul className="net-list">
        {on.map(({ to, when, count, within }, i) => <Way key={`${to}-${String(i)}`} to={to} says={[countWords(count, within), isPlaceholder(when) ? 'choose an event' : when].filter(Boolean).join(': ')} onOpen={() => onSelect({ kind: 'transition', state: name, index: i })} />)}
        {Object.entries(after).map(([time, to]) => <Way key={time} to={to} says={`after ${durationWords(time)}`} onOpen={() => onSelect({ kind: 'timer', state: name, time })} />)}
        {on.length + Object.keys(after).length === 0 && <li className="net-none t3">Never: once here, a machine stays.</li>}
      </ul>
    </>
  );
}

function Way({ to, says, onOpen }: { readonly to: string; readonly says: string; readonly onOpen: () => void }) {
  return <li><button type="button" onClick={onOpen}><span className="mono nw">→ {to}</span><span className="t3 ell" title={says}>{says}</span></button></li>;
}

/** 5m, or the next time that no timer of the state has. */
function freeTime(taken: readonly string[]): string {
  for (let minutes = 5; ; minutes += 5) if (!taken.includes(`${minutes}m`)) return `${minutes}m`;
}
