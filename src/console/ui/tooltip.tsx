// A tooltip on hover and focus. The trigger must be one element that takes a ref.
import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface TooltipProps { readonly content: ReactNode; readonly side?: 'top' | 'right' | 'bottom' | 'left'; readonly children: ReactNode }

export function Tooltip({ content, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal><Radix.Content className="tip" side={side} sideOffset={5} collisionPadding={8}>{content}</Radix.Content></Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
