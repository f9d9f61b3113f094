// What an open snapshot is compared with, read into the same worker.
import { useEffect, useEffectEvent, useState } from 'react';
import type { CallFailure } from '../../../workers/calls/index.ts';
import type { ComparedHeap, HeapClient, HeapProgress, HeapSource } from '../../../workers/heap/index.ts';
import { asFailure, starting } from './use-heap.ts';

export type BaseState =
  | { readonly state: 'none' }
  | { readonly state: 'opening'; readonly progress: HeapProgress }
  | { readonly state: 'open'; readonly key: string; readonly base: ComparedHeap }
  | { readonly state: 'failed'; readonly failure: CallFailure };

const none: BaseState = { state: 'none' };

/** Compared anew when `key` changes; undefined or no source compares with nothing. */
export function useBase(client: HeapClient, key: string | undefined, source: HeapSource | null): BaseState {
  const [held, setHeld] = useState<{ readonly key: string; readonly state: BaseState } | null>(null);
  const own = source === null ? undefined : key;
  const begin = useEffectEvent((signal: AbortSignal, progress: (step: HeapProgress) => void) => (source === null ? null : client.ask({ signal, progress }, 'openBase', source)));
  useEffect(() => {
    if (own === undefined) return undefined;
    const abort = new AbortController();
    const show = (state: BaseState) => { if (!abort.signal.aborted) setHeld({ key: own, state }); };
    show({ state: 'opening', progress: starting });
    begin(abort.signal, progress => show({ state: 'opening', progress }))?.then(base => show({ state: 'open', key: own, base }), (error: unknown) => show({ state: 'failed', failure: asFailure(error) }));
    return () => { abort.abort(); void client.ask({}, 'closeBase').catch(() => undefined); };
  }, [client, own]);
  return own === undefined || held?.key !== own ? none : held.state;
}
