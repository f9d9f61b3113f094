// Asks before values of a process's memory are shown.
import { ConfirmDialog } from '../../../ui/index.ts';
import type { Revealing } from './use-reveal.ts';

export function RevealDialog({ reveal, name }: { readonly reveal: Revealing; readonly name: string }) {
  return (
    <ConfirmDialog open={reveal.asking} onOpenChange={open => { if (!open) reveal.answer(false); }} icon="eye" danger={false} title={`Show the strings of ${name}?`} confirmLabel="Show strings" onConfirm={() => reveal.answer(true)}>
      <p>They are what was in the process's memory: tokens, addresses and what people typed may be among them. {reveal.isLocal
        ? 'The file is of this machine and was not sent anywhere, so nothing is written down.'
        : 'Your name, the time and this snapshot are written to the audit.'} They are shown in this tab only, until you leave the snapshot or mask them again.</p>
    </ConfirmDialog>
  );
}
