// Somebody else saved what is edited here: says what is saved now where they changed it, and asks whose words count.
import { Button } from './button.tsx';

export interface ChangedMeanwhileProps {
  /** What was refused, and why. */
  readonly title: string;
  /** What they changed, and what it says now. */
  readonly theirs: readonly (readonly [field: string, now: string])[];
  /** What is saved takes the place of what was typed here. */
  readonly onLoad: () => void;
  /** What was changed here is saved on top of what is saved now. */
  readonly onKeep: () => void;
}

const shown = (text: string): string => (text.trim() === '' ? '(empty)' : text);

export function ChangedMeanwhile({ title, theirs, onLoad, onKeep }: ChangedMeanwhileProps) {
  return (
    <div className="col gap1" role="alert">
      <p className="red">{title}</p>
      {theirs.length > 0 && <ul className="meta">{theirs.map(([field, now]) => <li key={field}><span className="t3">{field}: now </span><span className="md wrapline">{shown(now)}</span></li>)}</ul>}
      <div className="row wrapline"><Button size="s" onClick={onLoad}>Load what is saved, drop mine</Button><Button size="s" onClick={onKeep}>Save my changes on top of it</Button></div>
    </div>
  );
}

/** Of two states, by their fields in words: what differs, and what it says in the later one. */
export const differences = (before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): readonly (readonly [string, string])[] => Object.entries(now).filter(([field, text]) => before[field] !== text);
