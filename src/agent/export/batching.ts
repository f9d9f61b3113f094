// Small waiting batches travel together: OTLP export requests of one signal consist of one repeated field, so their bytes
// joined end to end are one valid request, and nothing is decoded.
import type { ByteQueue } from './byte-queue.ts';
import type { Outgoing } from './types.ts';

export interface QueuedBatch extends Outgoing {
  /** Refused once as part of a joined request; goes alone, so that it cannot spoil its neighbours again. */
  readonly alone: boolean;
  /** In which it was taken. */
  readonly number: number;
}

/** A queue with less than this waits a moment for more. */
export const smallBytes = 64 * 1024;
const joinedBytes = 512 * 1024;

/** Takes the next request's parts off the queue: one batch, or several small ones of the same signal. */
export function takeRequest(queue: ByteQueue<QueuedBatch>): QueuedBatch[] {
  const first = queue.shift();
  if (first === undefined) return [];
  const parts = [first];
  let bytes = first.bytes.length;
  while (joins(first, queue.peek()) && bytes + queue.peek()!.bytes.length <= joinedBytes) {
    const next = queue.shift()!;
    bytes += next.bytes.length;
    parts.push(next);
  }
  return parts;
}

function joins(first: QueuedBatch, next: QueuedBatch | undefined): boolean {
  return next !== undefined && next.signal === first.signal && !first.alone && !next.alone
    && first.bytes.length < smallBytes && next.bytes.length < smallBytes;
}

export function joinBytes(parts: readonly { readonly bytes: Uint8Array }[]): Uint8Array {
  return parts.length === 1 ? parts[0]!.bytes : Buffer.concat(parts.map((part) => part.bytes));
}
