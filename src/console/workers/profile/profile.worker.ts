// Entry of the profile worker.
import type { FromProfileWorker, ToProfileWorker } from './protocol.ts';
import { serveProfile } from './serve.ts';

/** The part of a dedicated worker's global scope that is used; the DOM library types the page's own. */
interface WorkerScope {
  postMessage(message: FromProfileWorker, transfer?: readonly Transferable[]): void;
  onmessage: ((event: MessageEvent<ToProfileWorker>) => void) | null;
}
const scope = globalThis as unknown as WorkerScope;
serveProfile({
  post: (message, transfer = []) => scope.postMessage(message, transfer),
  listen: receive => { scope.onmessage = event => receive(event.data); },
});
