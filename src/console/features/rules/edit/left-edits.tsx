// Says that what is open is not what was saved: edits of an earlier visit to this rule. Stays until they are saved, discarded or accepted.
import { useState } from 'react';
import { Button, formatRelative, IconButton, useNow } from '../../../ui/index.ts';

export interface LeftEditsProps {
  /** When the last of them was made, Unix time; null when there are none. */
  readonly atMs: number | null;
  readonly onCompare: () => void; readonly onDiscard: () => void;
}

export function LeftEdits({ atMs, onCompare, onDiscard }: LeftEditsProps) {
  const [accepted, setAccepted] = useState(false);
  const now = useNow(atMs !== null && !accepted);
  if (atMs === null || accepted) return null;
  return (
    <div className="banner" role="status">
      Edited {formatRelative(atMs, now)}, not saved: this text is yours alone, agents and other people do not have it.
      <span className="row end"><Button size="s" icon="diff" onClick={onCompare}>Compare</Button><Button size="s" icon="undo" onClick={onDiscard}>Discard</Button><IconButton icon="x" size="s" label="Go on editing" onClick={() => setAccepted(true)} /></span>
    </div>
  );
}
