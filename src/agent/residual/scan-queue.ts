// What left and waits to be looked at: copies, first in first out, bounded in bytes and number. Worked off in short slices between
// which everything else of the agent has its turn, until nothing is left, however slow the machine is.
import type { Clock } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';

/** A batch that left by an exporter, at that time. */
export interface LeftBatch { readonly exporter: string; readonly signal: Signal; readonly bytes: Uint8Array; readonly records: number; readonly atUnixMs: number }

/** Runs it later; gives what takes that back. */
export type Later = (run: () => void, ms: number) => () => void;

export interface ScanQueueOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly later: Later;
  /** Looks at a batch, in steps. */
  readonly look: (batch: LeftBatch) => Iterator<unknown>;
  readonly onDone: (batch: LeftBatch) => void;
}

const mostBytes = 16 * 1024 * 1024;
const mostBatches = 4096;
const sliceMs = 10;
/** After a slice it rests as long as the slice took, which is half a core, and no longer than this: a machine that lost time in a slice
 *  is busy, and what waits must get done all the same. */
const mostRestMs = 30;

export class ScanQueue {
  readonly #options: ScanQueueOptions;
  readonly #batches: LeftBatch[] = [];
  #bytes = 0;
  /** Of the first batch. */
  #steps: Iterator<unknown> | null = null;
  #cancel: (() => void) | null = null;
  #isStopped = false;
  /** Records that wait, those of the batch in hand among them. */
  waiting = 0;

  constructor(options: ScanQueueOptions) { this.#options = options; }

  /** Takes a copy. False when there is no room. */
  offer(batch: LeftBatch): boolean {
    if (this.#isStopped || this.#batches.length >= mostBatches || this.#bytes + batch.bytes.length > mostBytes) return false;
    this.#batches.push({ ...batch, bytes: new Uint8Array(batch.bytes) });
    this.#bytes += batch.bytes.length;
    this.waiting += batch.records;
    this.#cancel ??= this.#options.later(() => this.#slice(), 0);
    return true;
  }

  /** What waits is dropped, and nothing is taken any more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancel = this.#steps = null;
    this.#batches.length = this.#bytes = this.waiting = 0;
  }

  #slice(): void {
    const { clock, later } = this.#options;
    const start = clock.monotonicMs();
    let tookMs = 0;
    while (this.#batches.length > 0 && tookMs < sliceMs) {
      this.#step(this.#batches[0]!);
      tookMs = clock.monotonicMs() - start;
    }
    this.#cancel = this.#batches.length === 0 ? null : later(() => this.#slice(), Math.min(tookMs, mostRestMs));
  }

  #step(batch: LeftBatch): void {
    try {
      this.#steps ??= this.#options.look(batch);
      if (this.#steps.next().done !== true) return;
      this.#options.onDone(batch);
    } catch {
      // A bug in a scanner costs one batch, which stays unscanned, and not the agent.
    }
    this.#batches.shift();
    this.#bytes -= batch.bytes.length;
    this.waiting -= batch.records;
    this.#steps = null;
  }
}
