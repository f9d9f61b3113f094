// Entry of the redact worker.
import type { FromRedactWorker, ToRedactWorker } from './protocol.ts';
import { serveRedact } from './serve.ts';

/** The part of a dedicated worker's global scope that is used; the DOM library types the page's own. */
interface WorkerScope {
  postMessage(message: FromRedactWorker): void;
  onmessage: ((event: MessageEvent<ToRedactWorker>) => void) | null;
}
const scope = globalThis as unknown as WorkerScope;

serveRedact({
  post: (message) => scope.postMessage(message),
  listen: (receive) => { scope.onmessage = (event) => receive(event.data); },
}, crypto.getRandomValues(new Uint8Array(32)));
