// The bar of the editor: where you are, the rule's name, and the commands with the reason when one cannot run.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RuleDetail } from '../../../../model/index.ts';
import { Button, Chip, Icon, IconButton, Input, Menu } from '../../../ui/index.ts';
import type { RuleCommands } from '../commands.ts';
import { StateChip } from '../words/rule-state.tsx';
import type { Reasons, RuleEditorState } from './use-rule-editor.ts';

/** Keeps the field's frame when an error comes or goes, so that the box keeps the focus. */
const noHint = <></>;
const nameForm = /^[a-z0-9][a-z0-9-]{0,62}$/;

export interface HeaderProps {
  readonly editor: RuleEditorState;
  readonly rule: RuleDetail | null;
  readonly busy: RuleCommands['busy'];
  readonly why: Reasons;
  readonly on: { readonly save: () => void; readonly deploy: () => void; readonly disable: () => void; readonly remove: () => void; readonly revert: () => void; readonly duplicate: () => void; readonly download: () => void };
}

export function Header({ editor, rule, busy, why, on }: HeaderProps) {
  const { fields, dirty, edit } = editor.draft;
  const name = fields?.name ?? rule?.name ?? '';
  // Nobody is wrong while still typing: the name is judged once it was left, or once a command needs it.
  const problem = !editor.nameDone || nameForm.test(name) ? null : name === '' ? 'A rule needs a name: lower-case letters, digits and dashes.' : 'Use 1 to 63 lower-case letters, digits and dashes, starting with a letter or digit.';
  return (
    <div className="bar rules-bar">
      <Link to="/rules" className="t3">Rules</Link><span className="t3"><Icon name="right" size="xs" /></span>
      <h1 className="vh">{rule === null ? 'New rule' : `Rule ${rule.name}`}</h1>
      <span className="rules-name"><Input small mono aria-label="Name" placeholder="name-of-the-rule" spellCheck={false} autoComplete="off" disabled={fields === null} size={Math.max(18, name.length + 1)} value={name} onChange={event => edit([{ path: ['name'], value: event.target.value }])} onBlur={event => { if (event.target.value !== '') editor.finishName(); }} hint={noHint} error={problem} /></span>
      <StateChip rule={rule} /><span className="hide-n row gap1"><Chip>{editor.draft.kind === 'state-machine' ? 'state machine' : 'query'}</Chip><Chip tone="line">{fields?.location ?? 'on-box'}</Chip></span>
      {dirty && rule !== null && <Chip tone="attn">edited</Chip>}
      <span className="row end">
        <span onClickCapture={editor.finishName}><Button size="s" onClick={on.save} kbd="Ctrl S" disabledReason={why.save}>{busy === 'saving' ? 'Saving' : 'Save'}</Button></span>
        <Button size="s" onClick={on.disable} disabledReason={why.disable}>Disable</Button>
        <Menu align="end" label="More" entries={[
          { label: 'Undo all edits since the last save', icon: 'undo', disabled: !dirty, onSelect: on.revert },
          { label: 'Duplicate', icon: 'copy', disabled: rule === null, onSelect: on.duplicate },
          { label: 'Download as YAML', icon: 'down', onSelect: on.download },
          { kind: 'separator' },
          { label: 'Delete…', icon: 'trash', danger: true, disabled: why.remove !== null, onSelect: on.remove },
        ]}><IconButton icon="more" size="s" label="More commands" tooltip={false} /></Menu>
        <span onClickCapture={editor.finishName}><Button size="s" variant="primary" icon="deploy" onClick={on.deploy} disabledReason={why.deploy}>{busy === 'deploying' ? 'Deploying' : rule?.mode === 'shadow' && !dirty ? 'Go live' : 'Deploy'}</Button></span>
      </span>
    </div>
  );
}

/** Description, targets, order and end: one quiet line under the bar. Each goes into the document when it is left. */
export function Details({ editor: { draft } }: { readonly editor: RuleEditorState }) {
  const { fields } = draft;
  if (fields === null) return null;
  const set = (field: string) => (value: string) => draft.edit([{ path: [field], value: value === '' ? undefined : field === 'order' && /^\d+$/.test(value) ? Number(value) : value }]);
  return (
    <div className="rules-details">
      <LateInput label="Description" wide placeholder="What this rule is for, for whoever reads it next" value={fields.description} onCommit={set('description')} />
      <label className="row gap1 t3 nw" title='Which records, by ServiceName, Resource["…"] or Agent["…"]; empty means all'>For<LateInput label="Targets, in KQL" mono placeholder="every agent and service" value={fields.targets} onCommit={set('targets')} /></label>
      <label className="row gap1 t3 nw" title="Redaction rules run first; among the others a lower order runs first">Order<LateInput label="Order, lower runs first" narrow value={fields.order} onCommit={set('order')} /></label>
      <label className="row gap1 t3 nw hide-n" title="The rule ends by itself so long after it was deployed">Ends after<LateInput label="Ends after" narrow placeholder="never" value={fields.expires} onCommit={set('expires')} /></label>
    </div>
  );
}

interface LateInputProps { readonly label: string; readonly value: string; readonly placeholder?: string; readonly mono?: boolean; readonly wide?: boolean; readonly narrow?: boolean; readonly onCommit: (value: string) => void }

function LateInput({ label, value, placeholder, mono = false, wide = false, narrow = false, onCommit }: LateInputProps) {
  const [typed, setTyped] = useState({ base: value, text: value });
  // Changed elsewhere: the field follows.
  if (typed.base !== value) setTyped({ base: value, text: value });
  const { text } = typed;
  const setText = (next: string) => setTyped({ base: value, text: next });
  const commit = () => { if (text.trim() !== value) onCommit(text.trim()); };
  return <Input small mono={mono} aria-label={label} placeholder={placeholder} value={text} size={narrow ? 7 : wide ? 40 : 24} spellCheck={wide} autoComplete="off" onChange={event => setText(event.target.value)} onBlur={commit} onKeyDown={event => { if (event.key === 'Enter') commit(); if (event.key === 'Escape') setText(value); }} />;
}
