// A plain flight recorder: requests of recorded records, newest last, bounded in bytes; the oldest chunk goes first.
import { BoundedQueue } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';

export interface RecorderChunk { readonly signal: Signal; readonly bytes: Uint8Array; readonly records: number; readonly atUnixMs: number }
export interface RecorderState { name: string; records: number; bytes: number; maxBytes: number; evicted: number; oldestUnixMs: number | null }

export class Recorder {
  readonly #name: string;
  #queue: BoundedQueue<RecorderChunk>;
  /** Of the redact rules that all it holds went past. */
  #epoch: number;
  #records = 0;
  #evicted = 0;

  constructor(name: string, maxBytes: number, epoch: number) {
    this.#name = name;
    this.#epoch = epoch;
    this.#queue = this.#newQueue(maxBytes);
  }

  #newQueue(maxBytes: number): BoundedQueue<RecorderChunk> {
    return new BoundedQueue({ maxBytes, sizeOf: (chunk) => chunk.bytes.length, onEvict: (chunk) => { this.#evicted += chunk.records; this.#records -= chunk.records; } });
  }

  /** Copies the bytes: a slice would keep the whole buffer that it came in alive. */
  push(chunk: RecorderChunk): void {
    this.#records += chunk.records;
    this.#queue.push({ ...chunk, bytes: chunk.bytes.slice() });
  }

  /** What was recorded under other redact rules goes past those of now, once; `redacted` gives null where nothing is left. */
  renew(epoch: number, redacted: (chunk: RecorderChunk) => RecorderChunk | null): void {
    if (epoch === this.#epoch) return;
    const chunks = this.chunks().flatMap((chunk) => redacted(chunk) ?? []);
    this.#queue = this.#newQueue(this.#queue.maxBytes);
    this.#records = 0;
    for (const chunk of chunks) this.push(chunk);
    this.#epoch = epoch;
  }

  chunks(): readonly RecorderChunk[] { return [...this.#queue]; }

  state(): RecorderState {
    return { name: this.#name, records: this.#records, bytes: this.#queue.bytes, maxBytes: this.#queue.maxBytes, evicted: this.#evicted, oldestUnixMs: this.#queue.peek()?.atUnixMs ?? null };
  }
}
