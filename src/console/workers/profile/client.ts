// What the page holds of an open profile: its own worker, which ends with it. Ending the worker is how a reading is cancelled.
import type { FromProfileWorker, ProfileEnd, ToProfileWorker } from './protocol.ts';
import { ProfileFailure, type ProfileCalls, type ProfileClient, type ProfileWork } from './types.ts';

type End = ProfileEnd<ToProfileWorker, FromProfileWorker>;
interface Waiting { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void; readonly progress: ProfileWork['progress'] }

/** The worker starts at once; `close` ends it. */
export function createProfileClient(connect: () => End = startWorker): ProfileClient {
  const end = connect();
  const waiting = new Map<number, Waiting>();
  let next = 1;
  const stop = (message: string, help: string) => {
    end.end?.();
    for (const { reject } of waiting.values()) reject(new ProfileFailure(message, help));
    waiting.clear();
  };
  end.listen(message => {
    const call = waiting.get(message.id);
    if (message.kind === 'progress') { call?.progress?.(message.progress); return; }
    waiting.delete(message.id);
    if (message.kind === 'answer') call?.resolve(message.value); else call?.reject(new ProfileFailure(message.message, message.help));
  }, message => stop(message, 'Reload the page. A browser also ends a worker that asks for more memory than there is: then close other tabs, or take a shorter sample.'));

  const ask = <N extends keyof ProfileCalls>({ signal, progress }: ProfileWork, name: N, ...args: ProfileCalls[N]['args']) => new Promise<ProfileCalls[N]['answer']>((resolve, reject) => {
    if (signal?.aborted === true) { reject(signal.reason as Error); return; }
    const id = next++;
    waiting.set(id, { resolve: resolve as Waiting['resolve'], reject, progress });
    signal?.addEventListener('abort', () => { if (waiting.delete(id)) { end.post({ kind: 'cancel', id }); reject(signal.reason as Error); } }, { once: true });
    end.post({ kind: 'call', id, name, args });
  });
  return { ask, close: () => stop('The profile was closed.', 'Open it again.') };
}

function startWorker(): End {
  const worker = new Worker(new URL('./profile.worker.ts', import.meta.url), { type: 'module', name: 'profile' });
  return {
    post: message => worker.postMessage(message),
    listen: (receive, failed) => {
      worker.onmessage = (event: MessageEvent<FromProfileWorker>) => receive(event.data);
      worker.onerror = event => failed?.(`The reader of profiles stopped: ${event.message || 'its script could not be loaded'}.`);
    },
    end: () => worker.terminate(),
  };
}
