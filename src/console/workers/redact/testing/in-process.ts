// The redact client over the real service, without a worker: for tests.
import { createRedactClient } from '../client.ts';
import type { FromRedactWorker, ToRedactWorker } from '../protocol.ts';
import { serveRedact } from '../serve.ts';
import type { RedactClient } from '../types.ts';

export function inProcessRedact(): RedactClient {
  return createRedactClient(() => {
    let toWorker: (message: ToRedactWorker) => void = () => undefined;
    let toPage: (message: FromRedactWorker) => void = () => undefined;
    serveRedact({ post: (message) => queueMicrotask(() => toPage(message)), listen: (receive) => { toWorker = receive; } }, new Uint8Array(32).fill(7));
    return { post: (message) => toWorker(message), listen: (receive) => { toPage = receive; } };
  });
}
