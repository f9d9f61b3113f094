// The two ends of a real worker.
import type { CallEnd, FromCallWorker, ToCallWorker } from './protocol.ts';

/** The page's end. @param who "The reader of heap snapshots" */
export function endOfWorker<P>(worker: Worker, who: string): CallEnd<ToCallWorker, FromCallWorker<P>> {
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    listen: (receive, failed) => {
      worker.onmessage = (event: MessageEvent<FromCallWorker<P>>) => receive(event.data);
      worker.onerror = event => failed?.(`${who} stopped: ${event.message || 'its script could not be loaded'}.`);
    },
    end: () => worker.terminate(),
  };
}

/** The part of a dedicated worker's global scope that is used; the DOM library types the page's own. */
interface WorkerScope<P> {
  postMessage(message: FromCallWorker<P>, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToCallWorker>) => void) | null;
}

/** The worker's own end; call it in a worker's entry. */
export function endInWorker<P>(): CallEnd<FromCallWorker<P>, ToCallWorker> {
  const scope = globalThis as unknown as WorkerScope<P>;
  return { post: (message, transfer = []) => scope.postMessage(message, [...transfer]), listen: receive => { scope.onmessage = event => receive(event.data); } };
}
