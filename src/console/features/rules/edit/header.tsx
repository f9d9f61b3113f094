// The bar of the editor: where you are, the rule's name, and the commands with the reason when one cannot run.
import { Link } from '@tanstack/react-router';
import type { RuleDetail } from '../../../../model/index.ts';
import { Button, Chip, Icon, IconButton, Input, Menu } from '../../../ui/index.ts';
import type { RuleCommands } from '../commands/index.ts';
import { doingWords } from '../words/doing-words.ts';
import { StateChip } from '../words/rule-state.tsx';
import { ruleNameFor } from '../draft/index.ts';
import { needsName, type Reasons, type RuleEditorState } from './use-rule-editor.ts';

/** Keeps the field's frame when an error comes or goes, so that the box keeps the focus. */
const noHint = <></>;
const kindWords = { query: 'query', 'state-machine': 'net', 'redaction-policy': 'redaction policy', language: 'JavaScript' } as const;
const nameForm = /^[a-z0-9][a-z0-9-]{0,62}$/;

export interface HeaderProps {
  readonly editor: RuleEditorState;
  readonly rule: RuleDetail | null;
  readonly busy: RuleCommands['busy'];
  readonly why: Reasons;
  readonly on: { readonly save: () => void; readonly deploy: () => void; readonly disable: () => void; readonly remove: () => void; readonly revert: () => void; readonly duplicate: () => void; readonly download: () => void };
}

export function Header({ editor, rule, busy, why, on }: HeaderProps) {
  const { fields, shownFields, dirty, edit } = editor.draft;
  const words = doingWords(editor.draft.kind);
  const name = shownFields?.name ?? rule?.name ?? '';
  // Nobody is wrong while still typing: the name is judged once it was left, or once a command needs it.
  const problem = !editor.nameDone || nameForm.test(name) ? null : name === '' ? needsName(shownFields?.kql ?? '') : 'Use 1 to 63 lower-case letters, digits and dashes, starting with a letter or digit.';
  const example = `name, e.g. ${ruleNameFor(shownFields?.kql ?? '') ?? 'drop-noise'}`;
  return (
    <div className="bar rules-bar">
      <Link to="/rules" className="t3">Rules</Link><span className="t3"><Icon name="right" size="xs" /></span>
      <h1 className="vh">{rule === null ? 'New rule' : `Rule ${rule.name}`}</h1>
      <span className="rules-name"><Input small mono aria-label="Name" placeholder={example} spellCheck={false} autoComplete="off" disabled={fields === null} size={Math.max(18, (name === '' ? example : name).length + 1)} value={name} onChange={event => edit([{ path: ['name'], value: event.target.value }])} onBlur={event => { if (event.target.value !== '') editor.finishName(); }} hint={noHint} error={problem} /></span>
      <StateChip rule={rule} /><span className="hide-n row gap1"><Chip>{kindWords[editor.draft.kind]}</Chip><Chip tone="line">{shownFields?.location ?? 'on-box'}</Chip></span>
      {dirty && rule !== null && <Chip tone="attn">edited, not saved</Chip>}
      <span className="row end">
        <span onClickCapture={editor.finishName}><Button size="s" onClick={on.save} kbd="Ctrl S" disabledReason={why.save}>{busy === 'saving' ? 'Saving' : 'Save'}</Button></span>
        <Button size="s" onClick={on.disable} disabledReason={why.disable}>{words.disable}</Button>
        <Menu align="end" label="More" entries={[
          { label: 'Undo all edits since the last save', icon: 'undo', disabled: !dirty, onSelect: on.revert },
          { label: 'Duplicate', icon: 'copy', disabled: rule === null, onSelect: on.duplicate },
          { label: 'Download as YAML', icon: 'down', onSelect: on.download },
          { kind: 'separator' },
          { label: 'Delete…', icon: 'trash', danger: true, disabled: why.remove !== null, onSelect: on.remove },
        ]}><IconButton icon="more" size="s" label="More commands" tooltip={false} /></Menu>
        <span onClickCapture={editor.finishName}><Button size="s" variant="primary" icon="deploy" onClick={on.deploy} disabledReason={why.deploy}>{busy === 'deploying' ? words.deploying : rule?.mode === 'shadow' && !dirty ? words.goLive : words.deploy}</Button></span>
      </span>
    </div>
  );
}
