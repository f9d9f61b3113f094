// The tail worker within the test's own thread.
import type { FromTailWorker, ToTailWorker } from '../protocol.ts';
import { serveTail } from '../serve.ts';

/** In place of the browser's Worker: `vi.stubGlobal('Worker', TailTestWorker)`. */
export class TailTestWorker {
  onmessage: ((event: { readonly data: FromTailWorker }) => void) | null = null;
  #toWorker: (message: ToTailWorker) => void = () => undefined;
  #ended = false;
  constructor() {
    serveTail({ post: data => { if (!this.#ended) queueMicrotask(() => this.onmessage?.({ data })); }, listen: receive => { this.#toWorker = receive; } });
  }
  postMessage(message: ToTailWorker): void { if (!this.#ended) queueMicrotask(() => this.#toWorker(message)); }
  terminate(): void { this.#toWorker({ kind: 'command', command: { type: 'close' } }); this.#ended = true; }
}
