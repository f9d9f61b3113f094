// The buttons over the canvas, and the line below it that says what the keys do.
import { IconButton, Kbd } from '../../../ui/index.ts';
import type { UndoSteps } from './machine-commands.ts';

export interface GraphToolsProps { readonly undo: UndoSteps; readonly readOnly: boolean; readonly onAdd: () => void; readonly onFit: () => void }

export function GraphTools({ undo, readOnly, onAdd, onFit }: GraphToolsProps) {
  return (
    <div className="net-tools" role="toolbar" aria-label="Picture" aria-orientation="vertical">
      {!readOnly && <IconButton icon="plus" size="s" label="Add a state" kbd="N" onClick={onAdd} />}
      {!readOnly && <IconButton icon="undo" size="s" label="Take back the last change of the picture" kbd="Ctrl Z" disabledReason={undo.undo === null ? 'Nothing was changed in the picture since the text was last typed in.' : null} onClick={() => undo.undo?.()} />}
      <IconButton icon="fit" size="s" label="Fit everything in view" kbd="F" onClick={onFit} />
    </div>
  );
}

const keys = [['Tab', 'next'], ['Enter', 'edit'], ['T', 'new transition'], ['N', 'new state'], ['↑↓←→', 'move'], ['Del', 'remove']] as const;

export const KeyLine = () => <p className="net-keys meta t3">{keys.map(([key, does]) => <span key={key} className="net-does"><Kbd>{key}</Kbd>{does}</span>)}</p>;
