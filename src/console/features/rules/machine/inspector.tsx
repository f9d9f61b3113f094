// What is selected in the graph, as a form that edits the document: the machine, a state with its actions, a transition, a timer.
import type { ReactNode } from 'react';
import { z } from 'zod';
import { durationText, type MachineDocument, type MachineState } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import { Button, IconButton, Menu, PaneHeader, plural, Select, type MenuEntry } from '../../../ui/index.ts';
import { actionNames, actionWords, newAction } from './action-words.ts';
import { DraftField } from './fields.tsx';
import { KeyForm } from './key-form.tsx';
import { addAction, addTransition, removeAction, removeState, removeTransition, renameState, setAction, setInitial, setLimit, setTimer, setTransition } from './machine-edits.ts';
import type { Selection } from './selection.ts';

export interface InspectorProps {
  readonly document: MachineDocument;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
  /** The form of one condition: fields, signs and values instead of KQL. `place` is a stable name of the place in the document. */
  readonly renderGuard: (guard: { readonly place: string; readonly label: string; readonly text: string; readonly onChange: (text: string) => void }) => ReactNode;
  /** Sentences about a place such as `states/idle/on/0`, with all that lies below it. */
  readonly problemsAt: (place: string) => readonly string[];
}

const stateNameText = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, 'Use letters, digits, _ and -, starting with a letter.');
const countText = z.string().regex(/^[1-9]\d{0,4}$/, 'A whole number from 1 to 10,000.');

export function Inspector(props: InspectorProps) {
  const { selection } = props;
  switch (selection.kind) {
    case 'machine': return <MachineForm {...props} />;
    case 'state': return <StateForm {...props} name={selection.state} />;
    case 'transition': return <TransitionForm {...props} from={selection.state} index={selection.index} />;
    case 'timer': return <TimerForm {...props} from={selection.state} />;
  }
}

function Problems({ at, problemsAt }: { readonly at: string; readonly problemsAt: InspectorProps['problemsAt'] }) {
  const found = problemsAt(at);
  return found.length === 0 ? null : <ul className="net-problems" role="status">{found.map((each) => <li key={each}>{each}</li>)}</ul>;
}

const stateOptions = ({ states }: MachineDocument) => Object.keys(states).map((name) => ({ value: name, label: name }));

function MachineForm({ document, onEdit, onSelect, problemsAt }: InspectorProps) {
  const { limits = {} } = document;
  return (
    <div className="net-inspector">
      <PaneHeader title="The machine" meta={plural(Object.keys(document.states).length, 'state')} />
      <p className="net-section t2">Choose a box or an arrow to edit it. Draw from the dot at a box's right side to another box to make a transition.</p>
      <Problems at="" problemsAt={problemsAt} />
      <div className="net-section">
        <label className="meta t3">Starts in<Select label="First state" size="s" value={document.initial} options={stateOptions(document)} onChange={(name) => onEdit(setInitial(name))} /></label>
        <KeyForm keys={document.key} onEdit={onEdit} />
      </div>
      <PaneHeader title="Limits" meta="kept across restarts" />
      <div className="net-section net-fields">
        <DraftField label="Actions" value={limits.actions === undefined ? '' : String(limits.actions)} placeholder="3" optional schema={z.string().regex(/^\d{1,5}$/, 'A whole number.')} onCommit={(value) => onEdit([...setLimit('actions', value === undefined ? undefined : Number(value))])} />
        <DraftField label="Per" value={limits.per ?? ''} placeholder="1h" optional schema={durationText} onCommit={(value) => onEdit(setLimit('per', value))} />
        <DraftField label="Cooldown" value={limits.cooldown ?? ''} placeholder="10m" optional schema={durationText} onCommit={(value) => onEdit(setLimit('cooldown', value))} />
      </div>
      <PaneHeader title="States" />
      <ul className="net-list">{Object.entries(document.states).map(([name, state]) => <li key={name}><button type="button" onClick={() => onSelect({ kind: 'state', state: name })}><span className="mono">{name}</span><span className="t3">{stateWords(state)}</span></button></li>)}</ul>
    </div>
  );
}

function stateWords({ on = [], enter = [], after = {} }: MachineState): string {
  const parts = [plural(on.length, 'transition'), ...(enter.length === 0 ? [] : [plural(enter.length, 'action')]), ...(Object.keys(after).length === 0 ? [] : ['a timer'])];
  return parts.join(', ');
}

function StateForm({ document, name, onEdit, onSelect, renderGuard, problemsAt }: InspectorProps & { readonly name: string }) {
  const state = document.states[name] ?? {};
  const others = Object.keys(document.states).filter((one) => one !== name);
  const rename = (next: string | undefined) => { if (next === undefined || next in document.states) return; onEdit(renameState(document, name, next)); onSelect({ kind: 'state', state: next }); };
  const connect = () => { onEdit(addTransition(document, name, { when: 'EventName == ""', to: others[0] ?? name })); onSelect({ kind: 'transition', state: name, index: state.on?.length ?? 0 }); };
  const unique = stateNameText.refine((next) => next === name || !(next in document.states), 'Another state has this name.');
  return (
    <div className="net-inspector">
      <PaneHeader title={name} meta="state"><IconButton icon="trash" size="s" variant="ghost" label={`Remove the state ${name}`} disabledReason={others.length === 0 ? 'A machine needs a state.' : null} onClick={() => { onEdit(removeState(document, name)); onSelect({ kind: 'machine' }); }} /></PaneHeader>
      <Problems at={`states/${name}`} problemsAt={problemsAt} />
      <div className="net-section"><DraftField label="Name" mono value={name} schema={unique} onCommit={rename} />{document.initial === name ? <span className="meta t3">The machine starts here.</span> : <Button size="s" onClick={() => onEdit(setInitial(name))}>Start here</Button>}</div>
      <PaneHeader title="When it leaves"><Button size="s" variant="ghost" icon="plus" onClick={connect}>Transition</Button></PaneHeader>
      <ul className="net-list">{(state.on ?? []).map(({ to, when, count, within }, i) => <li key={`${to}-${String(i)}`}><button type="button" onClick={() => onSelect({ kind: 'transition', state: name, index: i })}><span className="mono">to {to}</span><span className="t3 ell">{count === undefined ? '' : `${count} times${within === undefined ? '' : ` in ${within}`}: `}{when}</span></button></li>)}</ul>
      <TimerFields document={document} from={name} onEdit={onEdit} />
      <PaneHeader title={`On entering ${name}`} meta={plural(state.enter?.length ?? 0, 'action')}><AddAction document={document} state={name} onEdit={onEdit} /></PaneHeader>
      {(state.enter ?? []).map((action, i) => {
        const words = actionWords[action.action];
        const place = `states/${name}/enter/${i}`;
        return (
          <div className="net-action" key={`${action.action}-${String(i)}`}>
            <div className="row"><span className="t1">{words.title}</span><span className="end"><IconButton icon="trash" size="s" variant="ghost" label={`Remove ${action.action}`} onClick={() => onEdit(removeAction(document, name, i))} /></span></div>
            <span className="meta t3">{words.says}</span>
            {words.needs === 'duration' && <DraftField label="For" value={action.duration ?? ''} placeholder="10s" schema={durationText} onCommit={(value) => onEdit(setAction(name, i, { duration: value }))} />}
            {words.needs === 'recorder' && <DraftField label="Flight recorder" mono value={action.recorder ?? ''} schema={z.string().min(1, 'Name the flight recorder.').max(63)} onCommit={(value) => onEdit(setAction(name, i, { recorder: value }))} />}
            {action.if === undefined
              ? <Button size="s" variant="ghost" icon="plus" onClick={() => onEdit(setAction(name, i, { if: `last("${action.action}") > 1h` }))}>Only if it last ran over 1 h ago</Button>
              : renderGuard({ place: `${place}/if`, label: 'Only if', text: action.if, onChange: (text) => onEdit(setAction(name, i, { if: text.trim() === '' ? undefined : text })) })}
          </div>
        );
      })}
    </div>
  );
}

function AddAction({ document, state, onEdit }: { readonly document: MachineDocument; readonly state: string; readonly onEdit: InspectorProps['onEdit'] }) {
  const entries = actionNames.map((name): MenuEntry => ({ label: actionWords[name].title, icon: actionWords[name].icon, detail: <span className="mono t3">{name}</span>, onSelect: () => onEdit(addAction(document, state, newAction(name))) }));
  return <Menu entries={entries} align="end" label="Add an action"><Button size="s" variant="ghost" icon="plus">Action</Button></Menu>;
}

function TransitionForm({ document, from, index, onEdit, onSelect, renderGuard, problemsAt }: InspectorProps & { readonly from: string; readonly index: number }) {
  const transition = document.states[from]?.on?.[index];
  if (transition === undefined) return null;
  const { to, when, count, within } = transition;
  const place = `states/${from}/on/${index}`;
  const change = (patch: Parameters<typeof setTransition>[2]) => onEdit(setTransition(from, index, patch));
  return (
    <div className="net-inspector">
      <PaneHeader title={`${from} → ${to}`} meta="transition"><IconButton icon="trash" size="s" variant="ghost" label="Remove this transition" onClick={() => { onEdit(removeTransition(document, from, index)); onSelect({ kind: 'state', state: from }); }} /></PaneHeader>
      <Problems at={place} problemsAt={problemsAt} />
      <div className="net-section">{renderGuard({ place: `${place}/when`, label: 'When a record has', text: when, onChange: (text) => change({ when: text }) })}</div>
      <div className="net-section net-fields">
        <DraftField label="Times" value={count === undefined ? '' : String(count)} placeholder="1" optional schema={countText} onCommit={(value) => change({ count: value === undefined ? undefined : Number(value) })} />
        <DraftField label="Within" value={within ?? ''} placeholder="any time" optional schema={durationText} onCommit={(value) => change({ within: value })} />
        <label className="meta t3">Go to<Select label="State that follows" size="s" value={to} options={stateOptions(document)} onChange={(name) => change({ to: name })} /></label>
      </div>
      <div className="net-section"><Button size="s" onClick={() => onSelect({ kind: 'state', state: to })}>What happens in {to}</Button></div>
    </div>
  );
}

function TimerForm({ document, from, onEdit, onSelect, problemsAt }: InspectorProps & { readonly from: string }) {
  return (
    <div className="net-inspector">
      <PaneHeader title={`Timer of ${from}`} meta="timer"><IconButton icon="trash" size="s" variant="ghost" label="Remove the timer" onClick={() => { onEdit(setTimer(from, null)); onSelect({ kind: 'state', state: from }); }} /></PaneHeader>
      <Problems at={`states/${from}/after`} problemsAt={problemsAt} />
      <TimerFields document={document} from={from} onEdit={onEdit} />
    </div>
  );
}

function TimerFields({ document, from, onEdit }: { readonly document: MachineDocument; readonly from: string; readonly onEdit: InspectorProps['onEdit'] }) {
  const [timer] = Object.entries(document.states[from]?.after ?? {});
  const [time, to] = timer ?? ['', Object.keys(document.states).find((name) => name !== from) ?? from];
  return (
    <div className="net-section net-fields">
      <DraftField label="Leaves after" value={time} placeholder="no timer" optional schema={durationText} onCommit={(value) => onEdit(setTimer(from, value === undefined ? null : { time: value, to }))} />
      {time !== '' && <label className="meta t3">Go to<Select label="State after the timer" size="s" value={to} options={stateOptions(document)} onChange={(name) => onEdit(setTimer(from, { time, to: name }))} /></label>}
    </div>
  );
}
