// What makes two records belong to the same machine: one machine for each combination of these values. Fields that live records have
// are chosen from a list; anything else is written in KQL.
import { useState } from 'react';
import type { RuleEdit } from '../../../../../rules/index.ts';
import { Button, IconButton, Input, Menu, type MenuEntry } from '../../../../ui/index.ts';
import { setKey } from '../machine-edits.ts';
import type { InspectorProps } from './types.ts';

export interface KeyFormProps { readonly keys: readonly string[]; readonly fields: InspectorProps['keyFields']; readonly onEdit: (edits: readonly RuleEdit[]) => void }

const mostOffered = 16;

export function KeyForm({ keys, fields, onEdit }: KeyFormProps) {
  const [typing, setTyping] = useState(false);
  const add = (key: string) => { setTyping(false); if (key !== '' && !keys.includes(key)) onEdit(setKey([...keys, key])); };
  const offered = fields.filter(({ kql }) => !keys.includes(kql)).slice(0, mostOffered);
  const entries: readonly MenuEntry[] = [
    ...offered.map(({ kql, label }): MenuEntry => ({ label: <span className="mono">{label}</span>, onSelect: () => add(kql) })),
    ...(offered.length === 0 ? [] : [{ kind: 'separator' as const }]), { label: 'Something else, in KQL', icon: 'edit', onSelect: () => setTyping(true) },
  ];
  return (
    <div className="col gap1">
      <span className="meta t3">One machine for each</span>
      {keys.length === 0 && <span className="t2">One machine in all.</span>}
      {keys.map((key) => <span key={key} className="row gap1 net-key"><span className="mono ell grow" title={key}>{key}</span><IconButton icon="x" size="s" variant="ghost" label={`Remove ${key} from the key`} onClick={() => onEdit(setKey(keys.filter((one) => one !== key)))} /></span>)}
      {typing ? <NewKey onDone={add} /> : <Menu entries={entries} label="Add a field to the key"><Button size="s" variant="ghost" icon="plus" className="net-add">Add a field</Button></Menu>}
    </div>
  );
}

/** `onDone` gets '' when nothing was typed. */
function NewKey({ onDone }: { readonly onDone: (key: string) => void }) {
  const [text, setText] = useState('');
  const done = () => onDone(text.trim());
  return <Input small mono autoFocus aria-label="Field or expression in KQL" placeholder='Attributes["queue.name"]' spellCheck={false} autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} onBlur={done} onKeyDown={(event) => { if (event.key === 'Enter') done(); if (event.key === 'Escape') onDone(''); }} />;
}
