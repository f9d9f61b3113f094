// The rows that pass the KQL filter, the facets and the time range, kept up to date in slices: new rows as they come, the whole
// buffer when the filter changes. While a new filter runs, the old result stays on show.
import type { TailFacetFilter, TailTimeRange } from '../types.ts';
import { compileFacetFilter, type SlotTest } from './facet-filter.ts';
import { IdDeque } from './id-deque.ts';
import type { RowFilter, RowTest } from './row-filter.ts';
import type { TailStore } from './tail-store.ts';

/** Rows between two looks at the clock: well under a millisecond of work. */
const rowsPerSlice = 2048;

export class FilteredView {
  readonly #store: TailStore;
  #matches = new IdDeque();
  /** The result of a new filter while it is being worked out. */
  #pending: IdDeque | null = null;
  #filter: RowFilter | null = null;
  #facets: SlotTest | null = null;
  #range: TailTimeRange | null = null;
  /** Rows below were tested and put in their list. */
  #cursor: number;
  /** Rows below have `accepted` set by the filter in force. */
  #acceptedTo: number;

  constructor(store: TailStore) {
    this.#store = store;
    this.#cursor = store.ring.firstId;
    this.#acceptedTo = this.#cursor;
  }

  get matches(): IdDeque { return this.#matches; }
  get busy(): boolean { return this.#cursor < this.#store.ring.nextId || this.#pending !== null; }

  /** Null matches every row. */
  setFilter(filter: RowFilter | null): void {
    this.#filter = filter;
    this.#acceptedTo = this.#store.ring.firstId;
    this.#restart();
  }

  setFacets(filters: readonly TailFacetFilter[]): void {
    this.#facets = compileFacetFilter(this.#store, filters);
    this.#restart();
  }

  /** Null: records of any time. */
  setTimeRange(range: TailTimeRange | null): void {
    this.#range = range;
    this.#restart();
  }

  /** After the store was cleared. */
  clear(): void {
    this.#matches = new IdDeque();
    this.#pending = null;
    this.#cursor = this.#store.ring.nextId;
    this.#acceptedTo = this.#cursor;
  }

  /** Works until `now()` passes `deadline` or nothing is left; true when up to date. */
  advance(deadline: number, now: () => number): boolean {
    const { ring } = this.#store;
    this.#cursor = Math.max(this.#cursor, ring.firstId);
    this.#acceptedTo = Math.max(this.#acceptedTo, ring.firstId);
    while (this.#cursor < ring.nextId) {
      this.#slice(Math.min(ring.nextId, this.#cursor + rowsPerSlice));
      if (this.#cursor < ring.nextId && now() > deadline) return false;
    }
    if (this.#pending !== null) this.#matches = this.#pending;
    this.#pending = null;
    this.#matches.dropBelow(ring.firstId);
    return true;
  }

  /** Forgets matches that left the ring; cheap, to be called before the list is read. */
  trim(): void { this.#matches.dropBelow(this.#store.ring.firstId); }

  #restart(): void {
    this.#pending = new IdDeque();
    this.#cursor = this.#store.ring.firstId;
  }

  #slice(until: number): void {
    const { segments } = this.#store;
    const into = this.#pending ?? this.#matches;
    for (let at = segments.indexOf(this.#cursor); this.#cursor < until; at++) {
      const segment = segments.at(at)!;
      const test = this.#filter === null ? undefined : this.#filter[segment.signal];
      this.#cursor = this.#segmentRows(at, test, Math.min(until, segment.endId), into);
    }
  }

  /** `test`: undefined when there is no filter, null when the filter does not speak of this signal. */
  #segmentRows(at: number, test: RowTest | null | undefined, until: number, into: IdDeque): number {
    const { ring, segments } = this.#store;
    const { view, firstId } = segments.at(at)!;
    const { accepted, timeMs } = ring;
    const facets = this.#facets;
    const range = this.#range;
    for (let id = this.#cursor; id < until; id++) {
      const slot = ring.slot(id);
      if (id >= this.#acceptedTo) accepted[slot] = test === undefined || (test !== null && test(view, id - firstId, slot)) ? 1 : 0;
      if (accepted[slot] === 1 && (facets === null || facets(slot)) && (range === null || inRange(timeMs[slot]!, range))) into.push(id);
    }
    this.#acceptedTo = Math.max(this.#acceptedTo, until);
    return until;
  }
}

const inRange = (at: number, { fromMs, toMs }: TailTimeRange): boolean => at >= fromMs && at <= toMs;
