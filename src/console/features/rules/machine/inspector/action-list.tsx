// What a state starts when it is entered.
import { useEffect, useRef, useState } from 'react';
import { themeAction, type MachineAction } from '../../../../../model/index.ts';
import { Button, Icon, IconButton, Menu, PaneHeader, plural, type MenuEntry } from '../../../../ui/index.ts';
import { durationWords } from '../duration-words.ts';
import { addAction, removeAction, setAction } from '../machine-edits.ts';
import { actionNames, actionWords, newAction } from './action-words.ts';
import { typedDuration } from './durations.ts';
import { DraftField } from './fields.tsx';
import { RecorderField } from './recorder-field.tsx';
import type { InspectorProps } from './types.ts';

export type ActionListProps = Pick<InspectorProps, 'document' | 'onEdit' | 'renderGuard' | 'problemsAt' | 'recorders'> & { /** Of the state. */ readonly name: string };

export function ActionList(props: ActionListProps) {
  const { document, name } = props;
  const actions = document.states[name]?.enter ?? [];
  const [added, setAdded] = useState<number | null>(null);
  return (
    <>
      <PaneHeader title={`On entering ${name}`} meta={plural(actions.length, 'action')}><AddAction {...props} onAdded={() => setAdded(actions.length)} /></PaneHeader>
      {actions.length === 0 && <p className="net-none t3">Nothing is started.</p>}
      {actions.map((action, i) => <Action key={`${action.action}-${String(i)}`} {...props} action={action} index={i} added={i === added} />)}
    </>
  );
}

function AddAction({ document, name, onEdit, recorders, onAdded }: ActionListProps & { readonly onAdded: () => void }) {
  const entries = actionNames.map((action): MenuEntry => ({ label: actionWords[action].title, icon: actionWords[action].icon, detail: <span className="mono t3">{action}</span>, onSelect: () => { onEdit(addAction(document, name, newAction(action, recorders))); onAdded(); } }));
  return <Menu entries={entries} align="end" label="Add an action"><Button size="s" variant="ghost" icon="plus">Action</Button></Menu>;
}

function Action({ document, name, onEdit, renderGuard, problemsAt, recorders, action, index, added }: ActionListProps & { readonly action: MachineAction; readonly index: number; /** Just now, by this form. */ readonly added: boolean }) {
  const { title, says, needs, icon } = actionWords[action.action];
  const change = (patch: Parameters<typeof setAction>[2]) => onEdit(setAction(name, index, patch));
  const condition = action.if;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { if (added) { box.current?.scrollIntoView({ block: 'nearest' }); box.current?.querySelector('input')?.focus({ preventScroll: true }); } }, [added]);
  return (
    <div ref={box} className="net-action">
      <div className="row"><Icon name={icon} size="s" /><span className="t1 md ell">{title}</span><span className="end"><IconButton icon="trash" size="s" variant="ghost" label={`Remove ${action.action}`} onClick={() => onEdit(removeAction(document, name, index))} /></span></div>
      <p className="meta t3 prose">{says}</p>
      {needs === 'duration' && <DraftField label="For" value={durationWords(action.duration ?? '')} placeholder="10 s" schema={typedDuration} onCommit={(value) => change({ duration: value })} />}
      {needs === 'theme' && <DraftField label="Theme" value={typeof action['name'] === 'string' ? action['name'] : ''} placeholder="checkout details" schema={themeAction.shape.name} onCommit={(value) => change({ name: value })} />}
      {needs === 'theme' && <DraftField label="For" optional value={durationWords(typeof action['for'] === 'string' ? action['for'] : '')} placeholder="10 m" schema={typedDuration} onCommit={(value) => change({ for: value })} />}
      {needs === 'recorder' && <RecorderField value={action.recorder ?? ''} names={recorders} problem={problemsAt(`states/${name}/enter/${index}`)[0] ?? null} onChange={(recorder) => change({ recorder })} />}
      {condition === undefined
        ? <Button size="s" variant="ghost" icon="plus" className="net-add" onClick={() => change({ if: `last("${action.action}") > 1h` })}>Only if it last ran over 1 h ago</Button>
        : <div className="net-if">{renderGuard({ place: `states/${name}/enter/${index}/if`, label: 'Only if', text: condition, onChange: (text) => change({ if: text.trim() === '' ? undefined : text }) })}<IconButton icon="x" size="s" variant="ghost" label="Always, without a condition" onClick={() => change({ if: undefined })} /></div>}
    </div>
  );
}
