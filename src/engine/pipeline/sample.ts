// Consistent probability sampling as OpenTelemetry describes it: the rightmost 56 bits of the trace id are the
// randomness, a record is kept when they are at least (1 - ratio) * 2^56. So a trace stays whole, and a smaller ratio keeps
// a subset of what a larger one keeps. A record without a trace id uses a hash of its own
// bytes and of its place in the stream instead, so that of equal records the right share is kept, not all or none.
import { columnId, hashBytes, type ColumnId, type RecordCursor } from '../../otlp/index.ts';
import type { Signal } from '../../model/index.ts';

const halfBits = 28;
const half = 2 ** halfBits;

/** Randomness as two halves of 28 bits, compared without bigints. */
export class Sampler {
  readonly #high: number;
  readonly #low: number;
  readonly #trace: ColumnId;
  #untraced = 0;

  constructor(ratio: number, signal: Signal) {
    const threshold = (1 - ratio) * 2 ** 56;
    this.#high = Math.floor(threshold / half);
    this.#low = Math.floor(threshold - this.#high * half);
    this.#trace = columnId(signal, 'TraceId');
  }

  keeps(cursor: RecordCursor): boolean {
    if (this.#trace >= 0) {
      const id = cursor.column(this.#trace);
      if (typeof id === 'string' && id.length >= 14) return this.#above(Number.parseInt(id.slice(-14, -7), 16), Number.parseInt(id.slice(-7), 16));
    }
    const { view, index } = cursor;
    this.#untraced = (this.#untraced + 1) | 0;
    const hash = mixed(hashBytes(view.bytes, view.recordStart(index), view.recordEnd(index)) ^ Math.imul(this.#untraced, 0x9e3779b1));
    return this.#above(hash >>> 4, mixed(hash ^ 0x5bd1e995) >>> 4);
  }

  #above(high: number, low: number): boolean { return high > this.#high || (high === this.#high && low >= this.#low); }
}

/** Spreads a hash over all 32 bits. */
function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
