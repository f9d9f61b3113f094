// The flight recorder of an action: one of those that exist, or a name that is typed, which says when there is no such recorder.
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { ChoiceField } from '../../picture/index.ts';
import { noSuchRecorder } from '../../words/recorders.ts';

export interface RecorderFieldProps { readonly value: string; /** Null while they are not known. */ readonly names: readonly string[] | null; /** What else is wrong with it, in a sentence; null for nothing. */ readonly problem: string | null; readonly onChange: (name: string) => void }

export function RecorderField({ value, names, problem: other, onChange }: RecorderFieldProps) {
  const id = useId();
  // Said at once, whether or not the text could be checked yet.
  const problem = value !== '' && names !== null && !names.includes(value) ? noSuchRecorder : other;
  const typed = (name: string) => { if (name.trim() !== '') onChange(name.trim().slice(0, 63)); };
  return (
    <div className="net-choice" role="group" aria-labelledby={id}>
      <span id={id} className="meta t3">Flight recorder</span>
      <ChoiceField label="Flight recorder" mono shown={value} suggestions={(names ?? []).map(name => ({ key: name, label: name }))} onTake={onChange} onTyped={typed} placeholder={names?.length === 0 ? 'none is defined yet' : 'choose or type'} invalid={problem !== null} />
      {names?.length === 0 && <Link className="meta" to="/recorders" search={{ define: true }}>Define a recorder</Link>}
      {problem !== null && <p className="net-warning meta" role="status">{problem}</p>}
    </div>
  );
}
