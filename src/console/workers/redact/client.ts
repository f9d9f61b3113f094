// The redact client: what the console's main thread holds. The worker starts at the first call.
import type { FromRedactWorker, RedactCallName, RedactEndpoint, ToRedactWorker } from './protocol.ts';
import type { RedactClient } from './types.ts';

interface Waiting { resolve(value: never): void; reject(error: Error): void }
type Endpoint = RedactEndpoint<ToRedactWorker, FromRedactWorker>;

export function createRedactClient(connect: () => Endpoint = startWorker): RedactClient {
  const waiting = new Map<number, Waiting>();
  let nextCall = 1;
  let endpoint: Endpoint | null = null;

  const stop = (message: string) => {
    endpoint?.end?.();
    endpoint = null;
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  };
  const receive = (message: FromRedactWorker) => {
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) call?.resolve(message.value as never); else call?.reject(new Error(message.message));
  };
  const end = () => {
    if (endpoint === null) { endpoint = connect(); endpoint.listen(receive, stop); }
    return endpoint;
  };
  const call = <N extends RedactCallName>(name: N, ...args: Parameters<RedactClient[N]>) => new Promise<never>((resolve, reject) => {
    const id = nextCall++;
    waiting.set(id, { resolve, reject });
    end().post({ id, name, args });
  });

  return {
    facts: () => call('facts'), scan: (texts) => call('scan', texts), match: (pattern, texts) => call('match', pattern, texts),
    fitting: (glob, keys) => call('fitting', glob, keys),
    example: (policy, at, text) => call('example', policy, at, text), close: () => stop('The work was ended.'),
  };
}

function startWorker(): Endpoint {
  const worker = new Worker(new URL('./redact.worker.ts', import.meta.url), { type: 'module', name: 'redact' });
  return {
    post: (message) => worker.postMessage(message),
    listen: (receive, failed) => {
      worker.onmessage = (event: MessageEvent<FromRedactWorker>) => receive(event.data);
      worker.onerror = (event) => failed?.(`The detectors stopped: ${event.message || 'their script could not be loaded'}. Try again, or reload the page.`);
    },
    end: () => worker.terminate(),
  };
}
