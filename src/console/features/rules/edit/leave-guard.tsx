// Asks before unsaved text is left behind, inside the console and when the tab closes.
import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';
import { ConfirmDialog } from '../../../ui/index.ts';

/** @param allowed set to true just before a navigation that is meant, such as the one after the first save. */
export function LeaveGuard({ dirty, name, allowed }: { readonly dirty: boolean; readonly name: string; readonly allowed: { readonly current: boolean } }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && !allowed.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty && !allowed.current,
    withResolver: true,
  });
  const going = useRef(false);
  const leave = () => { going.current = true; blocker.proceed?.(); };
  // The dialog closes before it confirms; staying is decided once that is known.
  const close = () => queueMicrotask(() => { if (!going.current) blocker.reset?.(); going.current = false; });
  return (
    <ConfirmDialog open={blocker.status === 'blocked'} onOpenChange={close} title={`Leave ${name || 'this rule'} unsaved?`} confirmLabel="Leave" cancelLabel="Stay" onConfirm={leave}>
      <p>Your edits since the last save will be lost. What is deployed stays as it is.</p>
    </ConfirmDialog>
  );
}
