// A worker without a worker, for tests: the same messages, cloned as a real one would.
import type { CallEnd, FromCallWorker, ToCallWorker } from '../protocol.ts';

export function inProcess<P>(serve: (end: CallEnd<FromCallWorker<P>, ToCallWorker>) => void): CallEnd<ToCallWorker, FromCallWorker<P>> {
  let toPage: (message: FromCallWorker<P>) => void = () => undefined;
  let toWorker: (message: ToCallWorker) => void = () => undefined;
  let ended = false;
  serve({
    post: (message, transfer = []) => { const copy = structuredClone(message, { transfer: [...transfer] }); queueMicrotask(() => { if (!ended) toPage(copy); }); },
    listen: receive => { toWorker = receive; },
  });
  return { post: message => { queueMicrotask(() => { if (!ended) toWorker(message); }); }, listen: receive => { toPage = receive; }, end: () => { ended = true; } };
}

/** In place of the browser's Worker: `vi.stubGlobal('Worker', testWorker(serve))`. */
export const testWorker = <P>(serve: (end: CallEnd<FromCallWorker<P>, ToCallWorker>) => void) => class {
  onmessage: ((event: { readonly data: FromCallWorker<P> }) => void) | null = null;
  onerror: ((event: { readonly message: string }) => void) | null = null;
  readonly end = inProcess(serve);
  constructor() { this.end.listen(data => this.onmessage?.({ data })); }
  postMessage(message: ToCallWorker): void { this.end.post(message); }
  terminate(): void { this.end.end?.(); }
};
