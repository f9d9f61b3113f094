// Memory for request bodies, used again as soon as the rules are done with a body that nobody kept. V8 collects the whole heap
// after every few dozen megabytes of buffers; not making that garbage is what keeps the collector quiet under load.

import { giveBackChunk } from '../give-back.ts';

/** A request body; `release` gives its memory back, and nobody may read the bytes afterwards. */
export interface Body { readonly bytes: Uint8Array; release(): void }

const minPooledBytes = 32 * 1024;
const maxPooledBytes = 4 * 1024 * 1024;
/** Free memory kept at most. */
const maxFreeBytes = 16 * 1024 * 1024;

export class BodyPool {
  /** Free buffers by size, which is a power of two. */
  readonly #free = new Map<number, ArrayBuffer[]>();
  #freeBytes = 0;

  /** The chunks in one piece; they are empty afterwards. */
  join(chunks: readonly Buffer[], length: number): Body {
    if (length < minPooledBytes || length > maxPooledBytes) return { bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length), release() {} };
    const memory = this.#take(2 ** Math.ceil(Math.log2(length)));
    const bytes = new Uint8Array(memory, 0, length);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
      giveBackChunk(chunk);
    }
    return { bytes, release: () => this.#give(memory) };
  }

  #take(size: number): ArrayBuffer {
    const free = this.#free.get(size)?.pop();
    if (free === undefined) return Buffer.allocUnsafeSlow(size).buffer as ArrayBuffer;
    this.#freeBytes -= size;
    return free;
  }

  #give(memory: ArrayBuffer): void {
    const size = memory.byteLength;
    if (this.#freeBytes + size > maxFreeBytes) return;
    this.#freeBytes += size;
    const free = this.#free.get(size);
    if (free === undefined) this.#free.set(size, [memory]);
    else free.push(memory);
  }
}
