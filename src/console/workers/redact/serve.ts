// Wires the service to one end of a message channel: the worker's entry uses it, and tests do without a worker.
import type { FromRedactWorker, RedactEndpoint, ToRedactWorker } from './protocol.ts';
import { answerRedact } from './redact-service.ts';

/** @param hmacKey for hashes in examples: 32 random bytes of this page. */
export function serveRedact(endpoint: RedactEndpoint<FromRedactWorker, ToRedactWorker>, hmacKey: Uint8Array): void {
  const answer = answerRedact(hmacKey);
  endpoint.listen(({ id, name, args }) => {
    try {
      endpoint.post({ id, ok: true, value: (answer[name] as (...args: readonly unknown[]) => unknown)(...args) });
    } catch (error) {
      endpoint.post({ id, ok: false, message: error instanceof Error ? error.message : String(error) });
    }
  });
}
