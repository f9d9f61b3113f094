// Wires a ProfileService to one end of a message channel: the worker's entry uses it, and tests do without a worker.
import { ProfileService } from './profile-service.ts';
import type { FromProfileWorker, ProfileEnd, ToProfileWorker } from './protocol.ts';
import { transferablesOf } from './transferables.ts';
import { ProfileFailure } from './types.ts';

export function serveProfile(end: ProfileEnd<FromProfileWorker, ToProfileWorker>): void {
  const service = new ProfileService();
  const running = new Map<number, AbortController>();
  const call = async ({ id, name, args }: Extract<ToProfileWorker, { kind: 'call' }>) => {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const value = await service.answer(name, args, { signal: abort.signal, progress: progress => end.post({ kind: 'progress', id, progress }) });
      if (!abort.signal.aborted) end.post({ kind: 'answer', id, value }, transferablesOf(value));
    } catch (error) {
      if (!abort.signal.aborted) end.post({ kind: 'failed', id, ...wordsOf(error) });
    } finally { running.delete(id); }
  };
  end.listen(message => { if (message.kind === 'call') void call(message); else running.get(message.id)?.abort(); });
}

function wordsOf(error: unknown): { readonly message: string; readonly help: string } {
  if (error instanceof ProfileFailure) return { message: error.message, help: error.help };
  if (error instanceof RangeError) return { message: 'There is not enough memory in this tab for that.', help: 'Choose a part of the time, or close other tabs.' };
  return { message: `The reader of profiles made a mistake: ${error instanceof Error ? error.message : String(error)}`, help: 'Report it with the file, if you may give it away.' };
}
