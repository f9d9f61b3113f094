// A text field that says what was typed when it is left or on Enter: one change, one step of undo.
import { useState } from 'react';
import { Input } from '../../../../ui/index.ts';

export interface CommitInputProps { readonly label: string; readonly value: string; readonly onCommit: (value: string) => void; readonly placeholder?: string; readonly mono?: boolean; readonly invalid?: boolean }

export function CommitInput({ label, value, onCommit, placeholder, mono = true, invalid = false }: CommitInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = (): void => { if (typed !== null && typed !== value) onCommit(typed); setTyped(null); };
  return (
    <Input
      aria-label={label} mono={mono} value={typed ?? value} placeholder={placeholder} spellCheck={false} autoComplete="off" aria-invalid={invalid || undefined}
      onChange={(event) => setTyped(event.target.value)} onBlur={commit} onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); commit(); } }}
    />
  );
}
