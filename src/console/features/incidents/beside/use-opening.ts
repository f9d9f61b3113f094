// Something that a worker of its own reads: the worker lives as long as it is shown, and ending it is how reading is cancelled.
import { useEffect, useEffectEvent, useState } from 'react';

export type Opening<T> =
  | { readonly state: 'opening'; /** 0 to 1; null while nobody knows. */ readonly share: number | null; readonly cancel: () => void }
  | { readonly state: 'open'; readonly value: T }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly message: string; readonly help: string };

export interface Opener<T> { /** Starts; hears how far. The signal ends it. */ (progress: (share: number | null) => void, signal: AbortSignal): Promise<T> }

const nothing = (): void => undefined;

/** @param key tells sources apart @param open makes what is shown, and must end it when its signal says so, also after it was opened */
export function useOpening<T>(key: string, open: Opener<T>): { readonly current: Opening<T>; readonly again: () => void } {
  const [turn, setTurn] = useState(0);
  const [current, setCurrent] = useState<Opening<T>>({ state: 'opening', share: null, cancel: nothing });
  const begin = useEffectEvent(open);
  useEffect(() => {
    const abort = new AbortController();
    const show = (next: Opening<T>) => { if (!abort.signal.aborted) setCurrent(next); };
    const cancel = () => { show({ state: 'cancelled' }); abort.abort(); };
    const progress = (share: number | null) => show({ state: 'opening', share, cancel });
    progress(null);
    begin(progress, abort.signal).then(value => show({ state: 'open', value }), (error: unknown) => show({ state: 'failed', ...wordsOf(error) }));
    return () => abort.abort();
  }, [key, turn]);
  return { current, again: () => setTurn(turn + 1) };
}

/** Failures of workers carry the next step. */
function wordsOf(error: unknown): { readonly message: string; readonly help: string } {
  const help = (error as { readonly help?: unknown } | null)?.help;
  return { message: error instanceof Error ? error.message : String(error), help: typeof help === 'string' ? help : '' };
}
