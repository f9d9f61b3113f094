// A small floating pane tied to a trigger.
import { Popover as Radix } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import { handOverFocus } from './hand-over-focus.ts';

export interface PopoverProps { readonly content: ReactNode; readonly children: ReactNode; readonly label: string; readonly align?: 'start' | 'center' | 'end'; readonly open?: boolean; readonly onOpenChange?: (open: boolean) => void }

export function Popover({ content, children, label, align = 'start', open, onOpenChange }: PopoverProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const control = { ...(open === undefined ? {} : { open }), ...(onOpenChange ? { onOpenChange } : {}) };
  return (
    <Radix.Root {...control}>
      <Radix.Trigger asChild ref={trigger}>{children}</Radix.Trigger>
      <Radix.Portal><Radix.Content className="pop" align={align} sideOffset={4} collisionPadding={8} aria-label={label} onCloseAutoFocus={event => handOverFocus(event, trigger.current)}>{content}</Radix.Content></Radix.Portal>
    </Radix.Root>
  );
}
