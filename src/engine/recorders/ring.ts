// The frames of one key in memory, oldest first.
import { BoundedQueue } from '../../base/index.ts';
import type { KeyState, RecorderFrame } from './store.ts';

/** A frame in its place, counted as large as it came; `frame` is null once redaction took all of it away. */
export interface Held { frame: RecorderFrame | null; readonly size: number; inRing: boolean }

export class Ring {
  readonly key: string;
  readonly #frames: BoundedQueue<Held>;
  #records = 0;
  #newest: number | null = null;

  constructor(key: string) {
    this.key = key;
    // Who owns the ring decides what goes.
    this.#frames = new BoundedQueue({ maxBytes: Number.MAX_SAFE_INTEGER, sizeOf: ({ size }) => size });
  }

  get bytes(): number { return this.#frames.bytes; }
  get records(): number { return this.#records; }
  get length(): number { return this.#frames.length; }
  get oldestUnixMs(): number | null { return this.#frames.peek()?.frame?.atUnixMs ?? null; }
  get newestUnixMs(): number | null { return this.#newest; }

  push(frame: RecorderFrame): void {
    this.#frames.push({ frame, size: sizeOf(frame), inRing: true });
    this.#records += frame.records;
    this.#newest = frame.atUnixMs;
  }

  /** Lets the oldest frame go; gives what went. */
  shift(): { readonly size: number; readonly records: number } | null {
    const held = this.#frames.shift();
    if (held === undefined) return null;
    held.inRing = false;
    const records = held.frame?.records ?? 0;
    this.#records -= records;
    return { size: held.size, records };
  }

  /** Puts what redaction left of a frame in its place, for as long as it is in the ring. Gives by how many records there are fewer. */
  put(held: Held, left: RecorderFrame | null): number {
    const fewer = held.inRing ? (held.frame?.records ?? 0) - (left?.records ?? 0) : 0;
    held.frame = left;
    this.#records -= fewer;
    return fewer;
  }

  [Symbol.iterator](): Iterator<Held> { return this.#frames[Symbol.iterator](); }

  state(): KeyState { return { key: this.key, records: this.#records, bytes: this.bytes, oldestUnixMs: this.oldestUnixMs, newestUnixMs: this.#newest }; }
}

/** What a frame and a ring take beside the bytes in them (measured on Node 26, heap and external memory, frames of 150 bytes). */
const frameOverhead = 896;
export const ringOverhead = 640;
export const sizeOf = (frame: RecorderFrame): number => frame.bytes.length + frameOverhead;
