// One flight recorder: what it is defined as, what it holds, and what passed it by.
import type { RecorderState } from '../../model/index.ts';
import type { KeyOf } from './key-of.ts';
import type { FrameStore, RecorderFrame } from './store.ts';

export interface RecorderShape { readonly name: string; readonly maxBytes: number; readonly maxKeys: number; readonly maxAgeMs: number | null; readonly disk: boolean }

export class Recorder {
  shape: RecorderShape;
  /** Null of a plain one. */
  keyOf: KeyOf | null;
  readonly store: FrameStore;
  running = true;
  #taken = 0;
  #takenBytes = 0;
  #refused = 0;

  constructor(shape: RecorderShape, keyOf: KeyOf | null, store: FrameStore) {
    this.shape = shape;
    this.keyOf = keyOf;
    this.store = store;
  }

  push(frame: RecorderFrame): void {
    this.#taken += frame.records;
    this.#takenBytes += frame.bytes.length;
    if (!this.store.push(frame)) this.#refused += frame.records;
  }

  /** Records that it was to keep and did not. */
  refuse(records: number): void {
    this.#taken += records;
    this.#refused += records;
  }

  /** Once a second. */
  second(nowUnixMs: number): void { if (this.shape.maxAgeMs !== null) this.store.expire(nowUnixMs - this.shape.maxAgeMs); }

  state(): RecorderState {
    const { store, shape } = this;
    return {
      name: shape.name, records: store.records, bytes: store.bytes, maxBytes: shape.maxBytes, evicted: store.evicted, oldestUnixMs: store.oldestUnixMs, newestUnixMs: store.newestUnixMs,
      taken: this.#taken, takenBytes: this.#takenBytes, refused: this.#refused, disk: shape.disk, problem: store.problem, running: this.running,
      ...(this.keyOf === null ? {} : { keys: store.keyCount, evictedKeys: store.evictedKeys }),
    };
  }
}
