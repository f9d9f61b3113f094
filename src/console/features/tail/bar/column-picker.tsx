// Which extra columns the rows show: attributes and columns seen in the buffer, most present first.
import { useState } from 'react';
import { Checkbox, IconButton, Input, Popover } from '../../../ui/index.ts';

export interface ColumnPickerProps { readonly columns: readonly string[]; readonly known: readonly string[]; readonly onChange: (columns: readonly string[]) => void }

const maxShown = 40;

export function ColumnPicker({ columns, known, onChange }: ColumnPickerProps) {
  const [find, setFind] = useState('');
  const names = [...columns, ...known.filter((name) => !columns.includes(name))].filter((name) => name.toLowerCase().includes(find.toLowerCase()));
  const toggle = (name: string, on: boolean) => onChange(on ? [...columns, name] : columns.filter((one) => one !== name));
  return (
    <Popover label="Columns" align="end" content={
      <div className="tail-columns">
        <Input aria-label="Find a column" placeholder="Find a column" value={find} onChange={(event) => setFind(event.target.value)} />
        <div className="scroll" role="group" aria-label="Extra columns">
          {names.slice(0, maxShown).map((name) => <Checkbox key={name} checked={columns.includes(name)} onChange={(on) => toggle(name, on)}><span className="mono ell">{name}</span></Checkbox>)}
          {names.length === 0 && <p className="t3 meta">No attribute of this name in the buffer.</p>}
        </div>
      </div>
    }><IconButton icon="cols" label="Columns" tooltip={false} on={columns.length > 0} /></Popover>
  );
}
