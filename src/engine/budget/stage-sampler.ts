// Which records of a stage are timed, and where its loop reads the clock. One record in about 260 is timed and stands for all
// since the last one; the places are spread by a fixed sequence, so that traffic with a rhythm of its own is not misjudged.
import type { RequestView } from '../../otlp/index.ts';

/** Between two looks at the clock, so that a rule that has become slow is found soon. */
export const chunkRecords = 64;
const chunkBytes = 32 * 1024;
const everyLeast = 129;
const everySpread = 256;

export class StageSampler {
  /** Records that no timed one stands for yet. */
  #waiting = 0;
  #every = everyLeast;
  #random = 0x9e3779b9;
  /** Set once a second: at low rates each second has a timed record. */
  due = true;
  /** How many records the picked one stands for. */
  weight = 1;

  /** Whether one look at the clock, after all of the request, is not enough. */
  isLarge(view: RequestView): boolean { return view.recordCount > chunkRecords || view.bytes.length > chunkBytes; }

  /** End, exclusive, of the chunk that starts at `from`: 64 records, fewer when they are large. */
  chunkEnd(view: RequestView, from: number): number {
    let to = Math.min(view.recordCount, from + chunkRecords);
    while (to - from > 1 && view.recordEnd(to - 1) - view.recordStart(from) > chunkBytes) to = from + ((to - from) >> 1);
    return to;
  }

  /** The record of the chunk to time, or -1. */
  pick(from: number, to: number): number {
    this.#waiting += to - from;
    if (!this.due && this.#waiting < this.#every) return -1;
    this.due = false;
    this.weight = this.#waiting;
    this.#waiting = 0;
    this.#every = everyLeast + this.#below(everySpread);
    return from + this.#below(to - from);
  }

  /** Xorshift (Marsaglia 2003): spread, not secret. */
  #below(bound: number): number {
    let next = this.#random;
    next ^= next << 13;
    next ^= next >>> 17;
    next ^= next << 5;
    this.#random = next;
    return (next >>> 0) % bound;
  }
}
