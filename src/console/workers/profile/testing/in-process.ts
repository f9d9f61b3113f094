// The profile worker without a worker, for tests: the same messages, cloned as a real one would.
import type { FromProfileWorker, ProfileEnd, ToProfileWorker } from '../protocol.ts';
import { serveProfile } from '../serve.ts';

export function inProcess(): ProfileEnd<ToProfileWorker, FromProfileWorker> {
  let toPage: (message: FromProfileWorker) => void = () => undefined;
  let toWorker: (message: ToProfileWorker) => void = () => undefined;
  let ended = false;
  serveProfile({
    post: (message, transfer = []) => { const moved = structuredClone(message, { transfer: [...transfer] }); queueMicrotask(() => { if (!ended) toPage(moved); }); },
    listen: receive => { toWorker = receive; },
  });
  return { post: message => { queueMicrotask(() => { if (!ended) toWorker(message); }); }, listen: receive => { toPage = receive; }, end: () => { ended = true; } };
}

/** In place of the browser's Worker: `vi.stubGlobal('Worker', ProfileTestWorker)`. */
export class ProfileTestWorker {
  onmessage: ((event: { readonly data: FromProfileWorker }) => void) | null = null;
  onerror: ((event: { readonly message: string }) => void) | null = null;
  readonly #end = inProcess();
  constructor() { this.#end.listen(data => this.onmessage?.({ data })); }
  postMessage(message: ToProfileWorker): void { this.#end.post(message); }
  terminate(): void { this.#end.end?.(); }
}
