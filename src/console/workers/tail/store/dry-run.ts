// A dry run over the buffer: its requests, oldest first, without rows that have left the ring or lie outside the asked
// time, through rules/dry-run in slices. The buffer is not changed.
import type { Failure, Result } from '../../../../base/index.ts';
import { createDryRun, type DryRun, type DryRunRequest, type DryRunResult } from '../../../../rules/index.ts';
import type { TailDryRunOptions } from '../types.ts';
import type { Segment } from './segments.ts';
import type { TailStore } from './tail-store.ts';

export class TailDryRun {
  readonly #store: TailStore;
  readonly #now: () => number;
  readonly #run: Result<DryRun, Failure>;
  readonly #fromMs: number;
  readonly #toMs: number;
  readonly #firstId: number;
  readonly #endId: number;
  #nextId: number;

  /** `now` is monotonic, in milliseconds. */
  constructor(store: TailStore, { fromMs = -Infinity, toMs = Infinity, ...options }: TailDryRunOptions, now: () => number) {
    this.#store = store;
    this.#now = now;
    this.#run = createDryRun({ ...options, now });
    this.#fromMs = fromMs;
    this.#toMs = toMs;
    this.#firstId = this.#nextId = store.ring.firstId;
    this.#endId = store.ring.nextId;
  }

  /** Share done, 0 to 1. */
  get done(): number { return this.#endId === this.#firstId ? 1 : (this.#nextId - this.#firstId) / (this.#endId - this.#firstId); }

  /** Goes on until `now()` passes `deadline`; true when done. Rows evicted meanwhile are skipped. */
  step(deadline: number): boolean {
    const run = this.#run;
    if (!run.ok) return true;
    while (this.#nextId < this.#endId) {
      const segment = this.#store.segmentOf(Math.max(this.#nextId, this.#store.ring.firstId));
      this.#nextId = segment?.endId ?? this.#endId;
      const request = segment === undefined ? null : this.#requestOf(segment);
      if (request !== null) run.value.feed(request);
      if (this.#now() > deadline) return false;
    }
    return run.value.settle(deadline);
  }

  /** The failure says why the rule cannot run. */
  result(): Result<DryRunResult, Failure> {
    return this.#run.ok ? { ok: true, value: this.#run.value.result() } : this.#run;
  }

  #requestOf(segment: Segment): DryRunRequest | null {
    const { signal, sentUnixMs: sentAtMs, view } = segment;
    const kept = this.#kept(segment);
    if (kept.length === 0) return null;
    const idOf = (index: number) => kept[index] ?? -1;
    if (kept.length === view.recordCount) return { signal, sentAtMs, bytes: view.bytes, idOf };
    const ids = new Set(kept);
    const outcome = Array.from({ length: view.recordCount }, (_, i) => (ids.has(segment.firstId + i) ? null : false));
    return { signal, sentAtMs, bytes: this.#store.codec.rewrite(view, outcome), idOf };
  }

  /** Ids of the segment's rows that are asked for. */
  #kept(segment: Segment): readonly number[] {
    const { ring } = this.#store;
    const ids: number[] = [];
    for (let id = Math.max(segment.firstId, ring.firstId); id < segment.endId; id++) {
      const time = ring.timeMs[ring.slot(id)]!;
      if (time >= this.#fromMs && time <= this.#toMs) ids.push(id);
    }
    return ids;
  }
}
