// Entry of the rules worker.
import type { FromRulesWorker, ToRulesWorker } from './protocol.ts';
import { newVm } from './load-quickjs.ts';
import { serveRules } from './serve.ts';

/** The part of a dedicated worker's global scope that is used; the DOM library types the page's own. */
interface WorkerScope {
  postMessage(message: FromRulesWorker): void;
  onmessage: ((event: MessageEvent<ToRulesWorker>) => void) | null;
}
const scope = globalThis as unknown as WorkerScope;

serveRules({
  post: (message) => scope.postMessage(message),
  listen: (receive) => { scope.onmessage = (event) => receive(event.data); },
}, newVm);
