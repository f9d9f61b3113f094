// A small floating pane tied to a trigger.
import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface PopoverProps { readonly content: ReactNode; readonly children: ReactNode; readonly label: string; readonly align?: 'start' | 'center' | 'end'; readonly open?: boolean; readonly onOpenChange?: (open: boolean) => void }

export function Popover({ content, children, label, align = 'start', open, onOpenChange }: PopoverProps) {
  const control = { ...(open === undefined ? {} : { open }), ...(onOpenChange ? { onOpenChange } : {}) };
  return (
    <Radix.Root {...control}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal><Radix.Content className="pop" align={align} sideOffset={4} collisionPadding={8} aria-label={label}>{content}</Radix.Content></Radix.Portal>
    </Radix.Root>
  );
}
