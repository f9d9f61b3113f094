// The pane in which a new recorder is defined.
import { IconButton, Pane, PaneHeader } from '../../ui/index.ts';
import { DefinitionForm } from './definition-form.tsx';

export function DefinitionPane({ taken, onDone }: { readonly taken: readonly string[]; /** Undefined: it was left. */ readonly onDone: (name: string | undefined) => void }) {
  return (
    <Pane className="grow scroll" label="Define a recorder">
      <PaneHeader title="Define a recorder"><IconButton icon="x" label="Close" variant="ghost" size="s" onClick={() => onDone(undefined)} /></PaneHeader>
      <DefinitionForm recorder={null} taken={taken} onDone={onDone} />
    </Pane>
  );
}
