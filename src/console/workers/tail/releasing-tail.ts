// A tail for a visit: closing it ends its worker, and with it the connection and the records it held. The next use
// starts a new worker with an empty buffer.
import { createTailClient, idleTailState } from './client.ts';
import type { FromTailWorker, ToTailWorker } from './protocol.ts';
import type { TailClient } from './types.ts';

/** Mock traffic: a fresh port for each worker, for the port goes with the worker. */
export interface ReleasingTail extends TailClient { useSources(open: () => MessagePort): void }

export function createReleasingTail(start: () => Worker = startWorker): ReleasingTail {
  let openSource: (() => MessagePort) | null = null;
  let worker: Worker | null = null;
  let receive: (message: FromTailWorker) => void = () => {};
  const running = () => {
    if (worker === null) {
      worker = start();
      worker.onmessage = (event: MessageEvent<FromTailWorker>) => receive(event.data);
      const port = openSource?.();
      if (port !== undefined) worker.postMessage({ kind: 'source', port } satisfies ToTailWorker, [port]);
    }
    return worker;
  };
  const client = createTailClient({ connect: () => ({
    post: (message, transfer = []) => running().postMessage(message, transfer),
    listen: (listener) => { receive = listener; },
  }) });
  const close = () => {
    worker?.terminate();
    worker = null;
    receive({ kind: 'state', state: idleTailState });
  };
  return { ...client, close, useSources: (open) => { openSource = open; } };
}

function startWorker(): Worker {
  return new Worker(new URL('./tail.worker.ts', import.meta.url), { type: 'module', name: 'visited tail' });
}
