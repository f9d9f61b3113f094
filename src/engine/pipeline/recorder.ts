// A plain flight recorder: requests of recorded records, newest last, bounded in bytes; the oldest chunk goes first.
import { BoundedQueue } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';

export interface RecorderChunk { readonly signal: Signal; readonly bytes: Uint8Array; readonly records: number; readonly atUnixMs: number }
export interface RecorderState { name: string; records: number; bytes: number; maxBytes: number; evicted: number; oldestUnixMs: number | null }

export class Recorder {
  readonly #name: string;
  readonly #queue: BoundedQueue<RecorderChunk>;
  #records = 0;
  #evicted = 0;

  constructor(name: string, maxBytes: number) {
    this.#name = name;
    this.#queue = new BoundedQueue({ maxBytes, sizeOf: (chunk) => chunk.bytes.length, onEvict: (chunk) => { this.#evicted += chunk.records; this.#records -= chunk.records; } });
  }

  /** Copies the bytes: a slice would keep the whole buffer that it came in alive. */
  push(chunk: RecorderChunk): void {
    this.#records += chunk.records;
    this.#queue.push({ ...chunk, bytes: chunk.bytes.slice() });
  }

  chunks(): readonly RecorderChunk[] { return [...this.#queue]; }

  state(): RecorderState {
    return { name: this.#name, records: this.#records, bytes: this.#queue.bytes, maxBytes: this.#queue.maxBytes, evicted: this.#evicted, oldestUnixMs: this.#queue.peek()?.atUnixMs ?? null };
  }
}
