// What changed about events: the newest first, bounded, with a count of what is open for each event; written to the store now and then. A change may
// be closed: a loss and an arrival that were a rename, a rename that did not hold. Whoever watches is told that there is something else to read.
import { eventKey, type EventKey } from '../../catalogue/index.ts';
import type { Drift, EventRef } from '../../model/index.ts';
import type { EventStore } from '../store/index.ts';

const mostDrift = 10_000;

/** What closes a change; null: it is open; undefined: as it was. */
export type Closing = Drift['closed'] | null;

export class DriftLog {
  readonly #store: EventStore;
  #all: Drift[] = [];
  readonly #counts = new Map<string, number>();
  readonly #toStore = new Map<string, Drift>();
  readonly #toRemove = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(store: EventStore) { this.#store = store; }

  async load(): Promise<void> { this.#keep(await this.#store.drift(mostDrift)); }

  onChange(listener: () => void): () => void { this.#listeners.add(listener); return () => this.#listeners.delete(listener); }

  add(drifts: readonly Drift[]): void {
    if (drifts.length === 0) return;
    for (const one of drifts) this.#toStore.set(one.id, one);
    this.#keep(drifts.toReversed());
    this.#tell();
  }

  /** Closes and opens again what is there. */
  settle(closingOf: (drift: Drift) => Closing): void {
    const changed = new Map<string, Drift>();
    for (const one of this.#all) {
      const closed = closingOf(one);
      if (closed === undefined || closed?.why === one.closed?.why) continue;
      const { closed: _, ...open } = one;
      changed.set(one.id, closed === null ? open : { ...open, closed });
    }
    this.#replace(changed);
  }

  /** Nothing is left of what rules hide now: of these changes `without` makes what may stay, or null. */
  forget(without: (drift: Drift) => Drift | null): void {
    const changed = new Map<string, Drift>();
    const gone = new Set<string>();
    for (const one of this.#all) {
      const kept = without(one);
      if (kept === null) gone.add(one.id);
      else if (kept !== one) changed.set(one.id, kept);
    }
    if (gone.size > 0) {
      for (const one of this.#all) if (gone.has(one.id)) this.#count(one, -1);
      this.#all = this.#all.filter(({ id }) => !gone.has(id));
      for (const id of gone) { this.#toStore.delete(id); this.#toRemove.add(id); }
      this.#tell();
    }
    this.#replace(changed);
  }

  get all(): readonly Drift[] { return this.#all; }

  /** Newer than `sinceMs`, the newest first. */
  since(sinceMs: number, limit: number): Drift[] {
    const found: Drift[] = [];
    for (const one of this.#all) {
      if (one.at <= sinceMs || found.length >= limit) break;
      found.push(one);
    }
    return found;
  }

  of(key: string, limit: number): Drift[] { return this.#all.filter((one) => eventKey(one) === key).slice(0, limit); }
  /** Of those that are open. */
  count(key: string): number { return this.#counts.get(key) ?? 0; }

  async write(): Promise<void> {
    const [drifts, removed] = [[...this.#toStore.values()], [...this.#toRemove]];
    this.#toStore.clear();
    this.#toRemove.clear();
    try {
      if (drifts.length > 0) await this.#store.addDrift(drifts, mostDrift);
      if (removed.length > 0) await this.#store.removeDrift(removed);
    } catch (error) {
      for (const one of drifts) if (!this.#toStore.has(one.id) && !this.#toRemove.has(one.id)) this.#toStore.set(one.id, one);
      for (const id of removed) this.#toRemove.add(id);
      throw error;
    }
  }

  #replace(changed: ReadonlyMap<string, Drift>): void {
    if (changed.size === 0) return;
    this.#all = this.#all.map((one) => {
      const now = changed.get(one.id);
      if (now === undefined) return one;
      this.#count(one, -1);
      this.#count(now, 1);
      this.#toStore.set(now.id, now);
      return now;
    });
    this.#tell();
  }

  #keep(newest: readonly Drift[]): void {
    for (const one of newest) this.#count(one, 1);
    this.#all = [...newest, ...this.#all];
    for (const one of this.#all.splice(mostDrift)) this.#count(one, -1);
  }

  #count(one: Drift, by: 1 | -1): void {
    if (one.closed !== undefined) return;
    const key = eventKey(one);
    const count = (this.#counts.get(key) ?? 0) + by;
    if (count === 0) this.#counts.delete(key); else this.#counts.set(key, count);
  }

  #tell(): void { for (const listener of this.#listeners) listener(); }
}

export const keyOfRef = ({ signal, service, id }: EventRef): string => eventKey({ signal, service, durableId: id });

/** What may stay of a change when rules hide an event: nothing of its own, and no rename from it. */
export const withoutEvent = ({ signal, service, durableId }: EventKey) => (drift: Drift): Drift | null =>
  (drift.signal === signal && drift.service === service && (drift.durableId === durableId || (drift.kind === 'renamed' && drift.was === durableId) || drift.closed?.other === durableId) ? null : drift);

/** What may stay when rules hide some of an event's texts: what says nothing of its fields, without the version and without the words of a rename. */
export const withoutTexts = ({ signal, service, durableId }: EventKey) => (drift: Drift): Drift | null => {
  if (drift.signal !== signal || drift.service !== service || drift.durableId !== durableId) return drift;
  if (drift.field !== undefined) return null;
  const { version: _, ...rest } = drift;
  return drift.kind === 'renamed' ? { ...rest, now: durableId } : drift.version === undefined ? drift : rest;
};
