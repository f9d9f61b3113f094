// The worker's side: each call gets an answer, a failure in words, or nothing when nobody waits for it any more.
import { CallFailure, type CallEnd, type FromCallWorker, type ToCallWorker } from './protocol.ts';

export interface ServedWork<P> { readonly signal: AbortSignal; readonly progress: (progress: P) => void }
/** Throws CallFailure for what a person can do something about. */
export type AnswerCall<P> = (name: string, args: readonly unknown[], work: ServedWork<P>) => unknown;

export interface ServeOptions {
  /** "The reader of heap snapshots", for mistakes of its own. */
  readonly who: string;
  /** What needs less memory. */
  readonly roomier: string;
  /** What of an answer moves to the page; all is copied when left out. */
  readonly moved?: (answer: unknown) => readonly Transferable[];
}

export function serveCalls<P>(end: CallEnd<FromCallWorker<P>, ToCallWorker>, answer: AnswerCall<P>, { who, roomier, moved }: ServeOptions): void {
  const running = new Map<number, AbortController>();
  const call = async ({ id, name, args }: Extract<ToCallWorker, { kind: 'call' }>) => {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const value = await answer(name, args, { signal: abort.signal, progress: progress => end.post({ kind: 'progress', id, progress }) });
      if (!abort.signal.aborted) end.post({ kind: 'answer', id, value }, moved?.(value));
    } catch (error) {
      if (!abort.signal.aborted) end.post({ kind: 'failed', id, ...wordsOf(error, who, roomier) });
    } finally { running.delete(id); }
  };
  end.listen(message => { if (message.kind === 'call') void call(message); else running.get(message.id)?.abort(); });
}

function wordsOf(error: unknown, who: string, roomier: string): { readonly message: string; readonly help: string } {
  if (error instanceof CallFailure) return { message: error.message, help: error.help };
  if (error instanceof RangeError) return { message: 'There is not enough memory in this tab for that.', help: roomier };
  return { message: `${who} made a mistake: ${error instanceof Error ? error.message : String(error)}`, help: 'Report it with the file, if you may give it away.' };
}
