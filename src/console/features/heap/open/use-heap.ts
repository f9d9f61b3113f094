// An open snapshot: its worker lives as long as it is shown, and is ended when the person goes on or cancels.
import { useEffect, useEffectEvent, useState } from 'react';
import { CallFailure } from '../../../workers/calls/index.ts';
import { createHeapClient, type HeapClient, type HeapProgress, type HeapSource, type OpenedHeap } from '../../../workers/heap/index.ts';

export type OpenState =
  | { readonly state: 'opening'; readonly progress: HeapProgress; readonly cancel: () => void }
  | { readonly state: 'open'; readonly heap: OpenedHeap; readonly client: HeapClient }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly failure: CallFailure };

export const starting: HeapProgress = { stage: 'reading', share: 0, bytes: 0, totalBytes: 0 };

/** Opened anew when `key` changes, which must tell sources apart; a source of its own for each render is no change. */
export function useHeap(key: string, source: HeapSource): { readonly current: OpenState; readonly again: () => void } {
  const [turn, setTurn] = useState(0);
  const [current, setCurrent] = useState<OpenState>({ state: 'opening', progress: starting, cancel: () => undefined });
  const begin = useEffectEvent((client: HeapClient, progress: (step: HeapProgress) => void) => client.ask({ progress }, 'open', source));
  useEffect(() => {
    const client = createHeapClient();
    let live = true;
    const show = (next: OpenState) => { if (live) setCurrent(next); };
    const cancel = () => { show({ state: 'cancelled' }); live = false; client.close(); };
    const progress = (step: HeapProgress) => show({ state: 'opening', progress: step, cancel });
    progress(starting);
    begin(client, progress).then(heap => show({ state: 'open', heap, client }), (error: unknown) => show({ state: 'failed', failure: asFailure(error) }));
    return () => { live = false; client.close(); };
  }, [key, turn]);
  return { current, again: () => setTurn(turn + 1) };
}

export const asFailure = (error: unknown): CallFailure => (error instanceof CallFailure ? error : new CallFailure(error instanceof Error ? error.message : String(error), 'Reload the page.'));
