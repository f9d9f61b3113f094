// The frames of one key in memory, oldest first.
import { BoundedQueue } from '../../base/index.ts';
import type { KeyState, RecorderFrame } from './store.ts';

export class Ring {
  readonly key: string;
  readonly #frames: BoundedQueue<RecorderFrame>;
  #records = 0;
  #newest: number | null = null;

  constructor(key: string) {
    this.key = key;
    this.#frames = unbounded();
  }

  get bytes(): number { return this.#frames.bytes; }
  get records(): number { return this.#records; }
  get length(): number { return this.#frames.length; }
  get oldestUnixMs(): number | null { return this.#frames.peek()?.atUnixMs ?? null; }
  get newestUnixMs(): number | null { return this.#newest; }

  push(frame: RecorderFrame): void {
    this.#frames.push(frame);
    this.#records += frame.records;
    this.#newest = frame.atUnixMs;
  }

  /** The oldest frame; undefined when there is none. */
  shift(): RecorderFrame | undefined {
    const frame = this.#frames.shift();
    if (frame !== undefined) this.#records -= frame.records;
    return frame;
  }

  [Symbol.iterator](): Iterator<RecorderFrame> { return this.#frames[Symbol.iterator](); }

  state(): KeyState { return { key: this.key, records: this.#records, bytes: this.bytes, oldestUnixMs: this.oldestUnixMs, newestUnixMs: this.#newest }; }
}

/** Who owns the ring decides what goes. */
const unbounded = (): BoundedQueue<RecorderFrame> => new BoundedQueue({ maxBytes: Number.MAX_SAFE_INTEGER, sizeOf: sizeOf });

/** What a frame takes beside its bytes, about. */
const frameOverhead = 96;
export const sizeOf = (frame: RecorderFrame): number => frame.bytes.length + frameOverhead;
