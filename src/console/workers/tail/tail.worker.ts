// Entry of the tail worker.
import type { FromTailWorker, ToTailWorker } from './protocol.ts';
import { serveTail } from './serve.ts';

/** The part of a dedicated worker's global scope that is used; the DOM library types the page's own. */
interface WorkerScope {
  postMessage(message: FromTailWorker): void;
  onmessage: ((event: MessageEvent<ToTailWorker>) => void) | null;
}
const scope = globalThis as unknown as WorkerScope;

serveTail({
  post: (message) => scope.postMessage(message),
  listen: (receive) => { scope.onmessage = (event) => receive(event.data); },
});
