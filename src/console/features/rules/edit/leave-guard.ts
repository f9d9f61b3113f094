// Asks before the tab closes over unsaved text. Inside the console nothing is lost: drafts outlive the view, and who leaves a new rule is told where it is.
import { useEffect } from 'react';
import { currentKey, isEdited, toast, useDrafts } from '../../../state/index.ts';

export function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
}

/** @param draftKey of a rule that was never saved; null of one that was */
export function useKeptNotice(draftKey: string | null): void {
  useEffect(() => () => { if (draftKey !== null && isKept(draftKey)) toast({ title: 'Not saved, and kept', detail: 'Rules, New rule, Continue opens it again.', about: draftKey }); }, [draftKey]);
}

/** Still there, edited, under the key it began with: neither saved nor thrown away. */
function isKept(draftKey: string): boolean {
  const state = useDrafts.getState();
  const draft = state.drafts[draftKey];
  return draft !== undefined && isEdited(draft) && currentKey(state, draftKey) === draftKey;
}
