// Requests on their way to the thread, bounded in bytes and records, those that the thread has not answered included. Never waited for:
// what has no room is the caller's to count.
import type { Batch } from './protocol.ts';

/** With the thread at a time: one in hand and one to go on with. */
const mostInHand = 2;

export const wantedOf = ({ wants, records }: QueuedBatch): ReadonlyMap<number, number> => new Map(wants.map((want) => [want.number, want.records?.length ?? records]));

/** `records`: of the whole request. */
export interface QueuedBatch extends Batch { readonly records: number }

export class BatchQueue {
  readonly #maxBytes: number;
  readonly #maxRecords: number;
  #waiting: QueuedBatch[] = [];
  /** A batch's bytes are gone once it is in the thread's hands; their number is not. */
  readonly #inHand = new Map<number, { readonly batch: QueuedBatch; readonly bytes: number }>();
  #bytes = 0;
  #records = 0;

  constructor(maxBytes: number, maxRecords: number) { this.#maxBytes = maxBytes; this.#maxRecords = maxRecords; }

  hasRoom(bytes: number, records: number): boolean { return this.#bytes + bytes <= this.#maxBytes && this.#records + records <= this.#maxRecords; }

  add(batch: QueuedBatch): void {
    this.#bytes += batch.bytes.length;
    this.#records += batch.records;
    this.#waiting.push(batch);
  }

  /** The next one, which then is in the thread's hands; null when there is none or the thread has enough. */
  next(): QueuedBatch | null {
    if (this.#inHand.size >= mostInHand) return null;
    const batch = this.#waiting.shift();
    if (batch === undefined) return null;
    this.#inHand.set(batch.id, { batch, bytes: batch.bytes.length });
    return batch;
  }

  answered(id: number): void {
    const held = this.#inHand.get(id);
    if (held === undefined) return;
    this.#inHand.delete(id);
    this.#bytes -= held.bytes;
    this.#records -= held.batch.records;
  }

  /** Those in the thread's hands, which are lost with it. */
  lose(): readonly QueuedBatch[] {
    const lost = [...this.#inHand.values()].map(({ batch }) => batch);
    for (const { id } of lost) this.answered(id);
    return lost;
  }

  /** Nobody wants any of them any more. */
  clear(): void {
    this.#waiting = [];
    this.#inHand.clear();
    this.#bytes = 0;
    this.#records = 0;
  }
}
