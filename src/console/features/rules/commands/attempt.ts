// One command at a time says that it is under way; a failure becomes a message that stays.
import { useState } from 'react';
import { explainFailure } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';

export type Busy = 'saving' | 'deploying' | 'disabling' | 'deleting' | 'moving';

/** Null after a failure, of which the person was told. `sorry` is what did not happen. */
export type Attempt = <T>(what: Busy, sorry: string, work: () => Promise<T>) => Promise<T | null>;

export function useAttempt(): { readonly busy: Busy | null; readonly attempt: Attempt } {
  const [busy, setBusy] = useState<Busy | null>(null);
  const attempt: Attempt = async (what, sorry, work) => {
    setBusy(what);
    try { return await work(); } catch (error) {
      const { title, help } = explainFailure(error);
      toast({ kind: 'error', title: sorry, detail: [title, help].filter(Boolean).join(/[.!?…]$/.test(title) ? ' ' : '. ') });
      return null;
    } finally { setBusy(null); }
  };
  return { busy, attempt };
}
