// What an open profile or snapshot is compared with: read into the same worker, for as long as it is wanted.
import { useEffect, useEffectEvent, useState } from 'react';

export type Compared<P, B, F> =
  | { readonly state: 'none' }
  | { readonly state: 'opening'; readonly progress: P }
  | { readonly state: 'open'; readonly key: string; readonly base: B }
  | { readonly state: 'failed'; readonly failure: F };

export interface ComparedWork<P, B, F> {
  /** What is told before the worker tells anything. */
  readonly starting: P;
  readonly open: (signal: AbortSignal, progress: (step: P) => void) => Promise<B>;
  readonly failed: (error: unknown) => F;
  /** It is no longer wanted. */
  readonly close?: () => void;
}

const none = { state: 'none' } as const;

/** Read anew when `client` or `key` changes; undefined compares with nothing. */
export function useCompared<P, B, F>(client: object, key: string | undefined, work: ComparedWork<P, B, F>): Compared<P, B, F> {
  const [held, setHeld] = useState<{ readonly key: string; readonly state: Compared<P, B, F> } | null>(null);
  const begin = useEffectEvent((signal: AbortSignal, show: (state: Compared<P, B, F>) => void, of: string) => {
    show({ state: 'opening', progress: work.starting });
    work.open(signal, progress => show({ state: 'opening', progress })).then(base => show({ state: 'open', key: of, base }), (error: unknown) => show({ state: 'failed', failure: work.failed(error) }));
    return work.close;
  });
  useEffect(() => {
    if (key === undefined) return undefined;
    const abort = new AbortController();
    const close = begin(abort.signal, state => { if (!abort.signal.aborted) setHeld({ key, state }); }, key);
    return () => { abort.abort(); close?.(); };
  }, [client, key]);
  return key === undefined || held?.key !== key ? none : held.state;
}
