// What makes two records belong to the same machine: one machine for each combination of these values.
import { useState } from 'react';
import type { RuleEdit } from '../../../../rules/index.ts';
import { Button, IconButton, Input } from '../../../ui/index.ts';
import { setKey } from './machine-edits.ts';

export function KeyForm({ keys, onEdit }: { readonly keys: readonly string[]; readonly onEdit: (edits: readonly RuleEdit[]) => void }) {
  const [adding, setAdding] = useState('');
  const add = () => { const key = adding.trim(); if (key !== '' && !keys.includes(key)) onEdit(setKey([...keys, key])); setAdding(''); };
  return (
    <div className="col gap1">
      <span className="meta t3">One machine for each</span>
      {keys.length === 0 && <span className="t2">One machine in all.</span>}
      {keys.map((key) => <span key={key} className="row gap1"><span className="mono ell grow">{key}</span><IconButton icon="x" size="s" variant="ghost" label={`Remove ${key} from the key`} onClick={() => onEdit(setKey(keys.filter((one) => one !== key)))} /></span>)}
      <span className="row gap1"><Input small mono aria-label="Add a value to the key, in KQL" placeholder='Attributes["queue.name"]' value={adding} onChange={(event) => setAdding(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter') add(); }} /><Button size="s" onClick={add}>Add</Button></span>
    </div>
  );
}
