// The buffer's records as the requests they came in: oldest first, without rows that have left the ring or lie outside the asked time.
// The buffer is not changed.
import type { DryRunRequest } from '../../../../rules/index.ts';
import type { Segment } from './segments.ts';
import type { TailStore } from './tail-store.ts';

/** Of the records' own time, Unix milliseconds, both ends included; all when left out. */
export interface HeldSpan { readonly fromMs?: number; readonly toMs?: number }

export class HeldRequests {
  readonly #store: TailStore;
  readonly #fromMs: number;
  readonly #toMs: number;
  readonly #firstId: number;
  readonly #endId: number;
  #nextId: number;

  constructor(store: TailStore, { fromMs = -Infinity, toMs = Infinity }: HeldSpan) {
    this.#store = store;
    this.#fromMs = fromMs;
    this.#toMs = toMs;
    this.#firstId = this.#nextId = store.ring.firstId;
    this.#endId = store.ring.nextId;
  }

  /** Share done, 0 to 1. */
  get done(): number { return this.#endId === this.#firstId ? 1 : (this.#nextId - this.#firstId) / (this.#endId - this.#firstId); }
  get isOver(): boolean { return this.#nextId >= this.#endId; }

  /** Of the next segment; null when none of its rows is asked for. Rows evicted meanwhile are skipped. */
  next(): DryRunRequest | null {
    const segment = this.#store.segmentOf(Math.max(this.#nextId, this.#store.ring.firstId));
    this.#nextId = segment?.endId ?? this.#endId;
    return segment === undefined ? null : this.#requestOf(segment);
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

/** The newest of them, up to so many bytes: for work that runs elsewhere. Bytes are copies, free to be sent away. */
export function newestRequests(store: TailStore, span: HeldSpan, maxBytes: number): readonly DryRunRequest[] {
  const held = new HeldRequests(store, span);
  const kept: DryRunRequest[] = [];
  let bytes = 0;
  while (!held.isOver) {
    const request = held.next();
    if (request === null) continue;
    kept.push(request);
    bytes += request.bytes.length;
    while (bytes > maxBytes && kept.length > 1) bytes -= kept.shift()!.bytes.length;
  }
  return kept.map(({ signal, sentAtMs, bytes: one }) => ({ signal, sentAtMs, bytes: one.slice() }));
}
