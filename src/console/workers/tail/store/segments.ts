// The payloads behind the rows: one segment per frame, kept as it came; rows are ranges of its bytes.
import type { Signal } from '../../../../model/index.ts';
import type { RequestView } from '../../../../otlp/index.ts';

export interface Segment {
  /** Row id of the view's record 0; record i of the view is row firstId + i. */
  readonly firstId: number;
  readonly endId: number;
  readonly signal: Signal;
  readonly view: RequestView;
  readonly agent: number;
  readonly sentUnixMs: number;
  /** What the segment holds in memory: the whole frame and the view's offsets. */
  readonly heldBytes: number;
}

export class SegmentDeque {
  #items: Segment[] = [];
  #head = 0;
  #heldBytes = 0;

  get length(): number { return this.#items.length - this.#head; }
  get heldBytes(): number { return this.#heldBytes; }
  get first(): Segment | undefined { return this.#items[this.#head]; }
  get last(): Segment | undefined { return this.#items.at(-1); }
  at(index: number): Segment | undefined { return this.#items[this.#head + index]; }

  push(segment: Segment): void {
    this.#items.push(segment);
    this.#heldBytes += segment.heldBytes;
  }

  shift(): Segment | undefined {
    const segment = this.#items[this.#head];
    if (segment === undefined) return undefined;
    this.#heldBytes -= segment.heldBytes;
    this.#items[this.#head] = undefined as unknown as Segment; // lets the bytes go at once; the index is never read again
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) this.#compact();
    return segment;
  }

  /** Index of the segment that holds row `id`, or -1. */
  indexOf(id: number): number {
    let low = this.#head;
    let high = this.#items.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const segment = this.#items[middle]!;
      if (id < segment.firstId) high = middle - 1;
      else if (id >= segment.endId) low = middle + 1;
      else return middle - this.#head;
    }
    return -1;
  }

  #compact(): void {
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }
}
