// What the page holds of a worker that answers calls. Closing it ends the worker, which is how long work is cancelled.
import { CallFailure, type CallEnd, type CallTable, type FromCallWorker, type ToCallWorker } from './protocol.ts';

export interface CallWork<P> { readonly signal?: AbortSignal; readonly progress?: (progress: P) => void }

export interface CallClient<C extends CallTable<C>, P> {
  /** Rejects with a CallFailure, or with the signal's reason. */
  ask<N extends keyof C & string>(work: CallWork<P>, name: N, ...args: C[N]['args']): Promise<C[N]['answer']>;
  close(): void;
}

interface Waiting<P> { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void; readonly progress: CallWork<P>['progress'] }

/** @param closed what is said to whoever still waits when it is closed */
export function createCallClient<C extends CallTable<C>, P>(end: CallEnd<ToCallWorker, FromCallWorker<P>>, closed: string): CallClient<C, P> {
  const waiting = new Map<number, Waiting<P>>();
  let next = 1;
  const stop = (message: string, help: string) => {
    end.end?.();
    for (const { reject } of waiting.values()) reject(new CallFailure(message, help));
    waiting.clear();
  };
  end.listen(message => {
    const call = waiting.get(message.id);
    if (message.kind === 'progress') { call?.progress?.(message.progress); return; }
    waiting.delete(message.id);
    if (message.kind === 'answer') call?.resolve(message.value); else call?.reject(new CallFailure(message.message, message.help));
  }, message => stop(message, 'Reload the page. A browser also ends a worker that asks for more memory than there is: then close other tabs.'));

  const ask: CallClient<C, P>['ask'] = ({ signal, progress }, name, ...args) => new Promise((resolve, reject) => {
    if (signal?.aborted === true) { reject(signal.reason as Error); return; }
    const id = next++;
    waiting.set(id, { resolve: resolve as Waiting<P>['resolve'], reject, progress });
    signal?.addEventListener('abort', () => { if (waiting.delete(id)) { end.post({ kind: 'cancel', id }); reject(signal.reason as Error); } }, { once: true });
    end.post({ kind: 'call', id, name, args });
  });
  return { ask, close: () => stop(closed, 'Open it again.') };
}
