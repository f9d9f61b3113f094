// Entry of the KQL worker. The main thread never sees the parser.
import { loadKusto } from './kusto.ts';
import type { FromKqlWorker, KqlRequest } from './protocol.ts';
import { serveKql } from './serve.ts';

interface WorkerScope {
  postMessage(message: FromKqlWorker): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<KqlRequest>) => void): void;
}
const scope = globalThis as unknown as WorkerScope; // the console's tsconfig types globalThis as a Window

const receive = serveKql(message => scope.postMessage(message), loadKusto);
scope.addEventListener('message', event => receive(event.data));
