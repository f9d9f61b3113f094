// Decides how many of the matching records a tail may have. A token bucket sets the share of each batch; which records make
// up that share depends on their trace id alone, so that traces stay whole and every agent chooses the same ones.
import type { ColumnId, RecordCursor } from '../../otlp/index.ts';

const golden = 0.618_033_988_749_894_9;

export class TailSampler {
  readonly #perSecond: number;
  #tokens: number;
  #refilledMs: number;
  #step = 0;

  /** A burst of one second's worth is allowed. */
  constructor(recordsPerSecond: number, nowMs: number) {
    this.#perSecond = recordsPerSecond;
    this.#tokens = recordsPerSecond;
    this.#refilledMs = nowMs;
  }

  /** The share of `matching` records that the rate allows now, in [0, 1]. */
  share(matching: number, nowMs: number): number {
    this.#tokens = Math.min(this.#perSecond, this.#tokens + ((nowMs - this.#refilledMs) / 1000) * this.#perSecond);
    this.#refilledMs = nowMs;
    return matching <= this.#tokens ? 1 : Math.max(0, this.#tokens / matching);
  }

  spent(records: number): void { this.#tokens -= records; }

  /** True for `share` of the records; `traceId` is the column, or -1 where the table has none. */
  keeps(cursor: RecordCursor, traceId: ColumnId, share: number): boolean {
    if (share >= 1) return true;
    const id = traceId < 0 ? null : cursor.column(traceId);
    if (typeof id === 'string' && id.length >= 8) return Number.parseInt(id.slice(-8), 16) < share * 2 ** 32;
    this.#step = (this.#step + golden) % 1;
    return this.#step < share;
  }
}
