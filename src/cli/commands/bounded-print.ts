// Lines to standard output, no faster than its reader takes them: what waits is bounded, and what finds no room is left out and counted.
import type { Writable } from 'node:stream';

const usualBytes = 4 * 1024 * 1024;

export class BoundedPrint {
  readonly #stream: Pick<Writable, 'write' | 'writableLength'>;
  readonly #mostBytes: number;
  readonly #onFirst: () => void;
  /** Lines that were left out. */
  dropped = 0;

  /** `onFirst`: called once, when the first is left out. */
  constructor(stream: Pick<Writable, 'write' | 'writableLength'>, onFirst: () => void, mostBytes = usualBytes) {
    this.#stream = stream;
    this.#onFirst = onFirst;
    this.#mostBytes = mostBytes;
  }

  /** `count`: how many lines these are. */
  lines(text: string, count: number): void {
    if (this.#stream.writableLength < this.#mostBytes) { this.#stream.write(text); return; }
    if (this.dropped === 0) this.#onFirst();
    this.dropped += count;
  }
}
