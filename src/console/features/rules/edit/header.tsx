// The bar of the editor: where you are, the rule's name, and the commands with the reason when one cannot run.
import { Link } from '@tanstack/react-router';
import type { RuleDetail } from '../../../../model/index.ts';
import { Button, Chip, Icon, Input } from '../../../ui/index.ts';
import type { RuleCommands } from '../commands.ts';
import { StateChip } from '../words/rule-state.tsx';
import type { Reasons, RuleEditorState } from './use-rule-editor.ts';

/** Keeps the field's frame when an error comes or goes, so that the box keeps the focus. */
const noHint = <></>;

export interface HeaderProps {
  readonly editor: RuleEditorState;
  readonly rule: RuleDetail | null;
  readonly busy: RuleCommands['busy'];
  readonly why: Reasons;
  readonly on: { readonly save: () => void; readonly deploy: () => void; readonly disable: () => void; readonly remove: () => void };
}

export function Header({ editor, rule, busy, why, on }: HeaderProps) {
  const { draft, change, check } = editor;
  // Nobody is wrong while still typing: the name is judged once it was left, or once a command needs it.
  const nameProblem = editor.nameDone ? check.problems.name : null;
  return (
    <div className="bar rules-bar">
      <Link to="/rules" className="t3">Rules</Link><span className="t3"><Icon name="right" size="xs" /></span>
      <h1 className="vh">{rule === null ? 'New rule' : `Rule ${rule.name}`}</h1>
      <span className="rules-name"><Input small mono aria-label="Name" placeholder="name-of-the-rule" spellCheck={false} autoComplete="off" size={Math.max(18, draft.name.length + 1)} value={draft.name} onChange={event => change({ name: event.target.value })} onBlur={event => { if (event.target.value !== '') editor.finishName(); }} hint={noHint} error={nameProblem} /></span>
      <StateChip rule={rule} /><span className="hide-n row gap1"><Chip>query</Chip><Chip tone="line">on-box</Chip></span>
      {editor.dirty && rule !== null && <Chip tone="attn">edited</Chip>}
      <span className="row end">
        <span onClickCapture={editor.finishName}><Button size="s" onClick={on.save} kbd="Ctrl S" disabledReason={why.save}>{busy === 'saving' ? 'Saving' : 'Save'}</Button></span>
        <Button size="s" icon="play" onClick={editor.runDry} disabledReason={why.dryRun}>Dry run</Button>
        <Button size="s" onClick={on.disable} disabledReason={why.disable}>Disable</Button>
        <Button size="s" variant="danger-outline" onClick={on.remove} disabledReason={why.remove}>Delete</Button>
        <span onClickCapture={editor.finishName}><Button size="s" variant="primary" icon="deploy" onClick={on.deploy} disabledReason={why.deploy}>{busy === 'deploying' ? 'Deploying' : 'Deploy'}</Button></span>
      </span>
    </div>
  );
}

/** Description and order: one quiet line under the bar. */
export function Details({ editor: { draft, change, check } }: { readonly editor: RuleEditorState }) {
  return (
    <div className="rules-details">
      <Input small aria-label="Description" placeholder="What this rule is for, for whoever reads it next" value={draft.description} onChange={event => change({ description: event.target.value })} hint={noHint} error={check.problems.description} />
      <label className="row gap1 t3 nw" title="Redaction rules run first; among the others a lower order runs first">Order<Input small inputMode="numeric" size={5} aria-label="Order, lower runs first" value={draft.order} onChange={event => change({ order: event.target.value })} hint={noHint} error={check.problems.order} /></label>
    </div>
  );
}
