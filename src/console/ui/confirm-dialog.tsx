// Asks before what cannot be undone. It names what stops, where, for how many, and what stays; the safe button has Esc and the focus.
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import type { IconName } from './icon-paths.ts';
import { Input } from './input.tsx';

export interface ConfirmDialogProps {
  readonly open: boolean; readonly onOpenChange: (open: boolean) => void;
  /** A question that names the thing: "Delete launch-log-to-metric?" */
  readonly title: string;
  /** The blast radius, in words and counts. */
  readonly children: ReactNode;
  readonly confirmLabel: string; readonly cancelLabel?: string; readonly icon?: IconName; readonly danger?: boolean;
  /** When given, this text must be typed to arm the button. */
  readonly typeToConfirm?: string;
  readonly onConfirm: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  return props.open ? <OpenConfirm {...props} /> : null;
}

function OpenConfirm({ onOpenChange, title, children, confirmLabel, cancelLabel = 'Cancel', icon = 'warn', danger = true, typeToConfirm, onConfirm, open }: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  const armed = typeToConfirm === undefined || typed.trim() === typeToConfirm;
  const confirm = () => { if (armed) { onOpenChange(false); onConfirm(); } };
  const footer = (
    <>
      <Button autoFocus={typeToConfirm === undefined} kbd="Esc" onClick={() => onOpenChange(false)}>{cancelLabel}</Button>
      <Button variant={danger ? 'danger' : 'primary'} onClick={confirm} disabledReason={armed ? null : `Type ${typeToConfirm} to arm this button.`}>{confirmLabel}</Button>
    </>
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} icon={icon} danger={danger} footer={footer}>
      {children}
      {typeToConfirm !== undefined && (
        <form onSubmit={event => { event.preventDefault(); confirm(); }} className="field">
          <Input autoFocus mono label={<>Type <b className="t1 md mono">{typeToConfirm}</b> to arm the button</>} value={typed} onChange={event => setTyped(event.target.value)} />
        </form>
      )}
    </Dialog>
  );
}
