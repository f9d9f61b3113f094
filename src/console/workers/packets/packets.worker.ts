// Entry of the packets worker.
import type { FromPacketsWorker, ToPacketsWorker } from './protocol.ts';
import { servePackets } from './serve.ts';

/** The part of a dedicated worker's global scope that is used; the DOM library types the page's own. */
interface WorkerScope {
  postMessage(message: FromPacketsWorker): void;
  onmessage: ((event: MessageEvent<ToPacketsWorker>) => void) | null;
}
const scope = globalThis as unknown as WorkerScope;
const receive = servePackets(message => scope.postMessage(message));
scope.onmessage = event => { void receive(event.data); };
