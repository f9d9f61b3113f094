// An answer of the heap worker that follows what is asked; the last answer to the same call stays until the next is there.
import { useEffect, useEffectEvent, useState } from 'react';
import type { CallFailure } from '../../../workers/calls/index.ts';
import type { HeapCalls, HeapClient } from '../../../workers/heap/index.ts';
import { asFailure } from './use-heap.ts';

export interface Answer<T> { readonly value: T | undefined; readonly failure: CallFailure | null; /** `value` answers an earlier question. */ readonly stale: boolean }

interface Held<T> { readonly client: HeapClient; readonly key: string; readonly value: T | undefined; readonly failure: CallFailure | null }

/** Null asks nothing. @param more what else the answer hangs on: what the snapshot is compared with */
export function useAnswer<N extends keyof HeapCalls>(client: HeapClient, name: N, args: HeapCalls[N]['args'] | null, more = ''): Answer<HeapCalls[N]['answer']> {
  const [held, setHeld] = useState<Held<HeapCalls[N]['answer']> | null>(null);
  const key = args === null ? null : `${JSON.stringify(args)} ${more}`;
  // The key stands for the arguments, which are new objects in each render.
  const argsNow = useEffectEvent(() => args);
  useEffect(() => {
    const asked = argsNow();
    if (key === null || asked === null) return undefined;
    const abort = new AbortController();
    client.ask({ signal: abort.signal }, name, ...asked).then(
      value => { if (!abort.signal.aborted) setHeld({ client, key, value, failure: null }); },
      (error: unknown) => { if (!abort.signal.aborted) setHeld(before => ({ client, key, value: before?.client === client ? before.value : undefined, failure: asFailure(error) })); },
    );
    return () => abort.abort();
  }, [client, name, key]);
  const own = held?.client === client ? held : null;
  return { value: own?.value, failure: own?.key === key ? own.failure : null, stale: own?.key !== key };
}
