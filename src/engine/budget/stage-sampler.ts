// Which records of a stage are timed, and where its loop reads the clock. One record in about 260 is timed and stands for all
// since the last one; past 260,000 a second fewer, for a thousand a second tell enough, and what they cost counts just there. The
// places are spread by a fixed sequence, so that traffic with a rhythm of its own is not misjudged.
import type { RequestView } from '../../otlp/index.ts';

/** Between two looks at the clock, so that a rule that has become slow is found soon. */
export const chunkRecords = 64;
const chunkBytes = 32 * 1024;
/** Least distance of two timed records, half of the mean one: at usual rates, and as far as it grows. */
const nearestUsual = 129;
const nearestBusy = 512;
/** Timed records a second from which on there are enough. */
const enough = 1024;

export class StageSampler {
  /** Records that no timed one stands for yet. */
  #waiting = 0;
  /** Records that timed ones stand for, of the second under way. */
  #stoodFor = 0;
  #nearest = nearestUsual;
  #every = nearestUsual;
  #random = 0x9e3779b9;
  #due = true;
  /** How many records the picked one stands for. */
  weight = 1;

  /** A second went by: the next record of all is timed, be the rate ever so low, and this second says how far apart the next one's are. */
  second(): void {
    this.#due = true;
    this.#nearest = Math.min(nearestBusy, Math.max(nearestUsual, Math.round((this.#stoodFor + this.#waiting) / enough / 2)));
    this.#stoodFor = 0;
  }

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
    return this.#due || this.#waiting >= this.#every ? this.#take(from, to) : -1;
  }

  #take(from: number, to: number): number {
    this.#due = false;
    this.weight = this.#waiting;
    this.#stoodFor += this.#waiting;
    this.#waiting = 0;
    this.#every = this.#nearest + this.#below(this.#nearest * 2);
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
