// A modal dialog. It begins at the first thing in it that a person can use, not at Close. Esc closes it; focus returns to what opened it.
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import { beginAt, giveFocusBack } from './hand-over-focus.ts';
import type { IconName } from './icon-paths.ts';

export interface DialogProps {
  readonly open: boolean; readonly onOpenChange: (open: boolean) => void; readonly title: string; readonly icon?: IconName;
  readonly danger?: boolean; readonly wide?: boolean; readonly children: ReactNode; readonly footer?: ReactNode;
  /** Ctrl+Enter, wherever in it the focus is: what its main button does. */
  readonly onGo?: (() => void) | undefined;
}

export function Dialog({ open, onOpenChange, title, icon, danger = false, wide = false, children, footer, onGo }: DialogProps) {
  const classes = ['dlg', danger ? 'danger' : '', wide ? 'wide' : ''].filter(Boolean).join(' ');
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className={classes} role={danger ? 'alertdialog' : 'dialog'} aria-describedby={undefined} onKeyDown={event => { if (onGo && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); onGo(); } }} onInteractOutside={event => { if (event.target instanceof Element && event.target.closest('.toasts') !== null) event.preventDefault(); }} onOpenAutoFocus={event => { if (beginAt(event.currentTarget)) event.preventDefault(); }} onCloseAutoFocus={event => { if (giveFocusBack(event.currentTarget)) event.preventDefault(); }}>
          <header>
            {icon && <span className={danger ? 'red' : 't3'}><Icon name={icon} /></span>}
            <Radix.Title asChild><h2 className="grow">{title}</h2></Radix.Title>
            {!danger && <Radix.Close asChild><IconButton icon="x" label="Close" variant="ghost" size="s" tooltip={false} /></Radix.Close>}
          </header>
          <div className="body">{children}</div>
          {footer && <footer>{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
