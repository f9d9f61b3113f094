// What changed about events: the newest first, bounded, with a count for each event; written to the store now and then.
import { eventKey } from '../../catalogue/index.ts';
import type { Drift, EventRef } from '../../model/index.ts';
import type { EventStore } from '../store/index.ts';

const mostDrift = 10_000;

export class DriftLog {
  readonly #store: EventStore;
  #all: Drift[] = [];
  readonly #counts = new Map<string, number>();
  #toStore: Drift[] = [];

  constructor(store: EventStore) { this.#store = store; }

  async load(): Promise<void> { this.#keep(await this.#store.drift(mostDrift)); }

  add(drifts: readonly Drift[]): void {
    if (drifts.length === 0) return;
    this.#toStore.push(...drifts);
    this.#keep(drifts.toReversed());
  }

  /** Newer than `sinceMs`, the newest first. */
  since(sinceMs: number, limit: number): Drift[] {
    const found: Drift[] = [];
    for (const one of this.#all) {
      if (one.at <= sinceMs || found.length >= limit) break;
      found.push(one);
    }
    return found;
  }

  of(key: string, limit: number): Drift[] { return this.count(key) === 0 ? [] : this.#all.filter((one) => eventKey(one) === key).slice(0, limit); }
  count(key: string): number { return this.#counts.get(key) ?? 0; }

  async write(): Promise<void> {
    const drifts = this.#toStore;
    if (drifts.length === 0) return;
    this.#toStore = [];
    try {
      await this.#store.addDrift(drifts, mostDrift);
    } catch (error) {
      this.#toStore = [...drifts, ...this.#toStore].slice(-mostDrift);
      throw error;
    }
  }

  #keep(newest: readonly Drift[]): void {
    for (const one of newest) this.#count(one, 1);
    this.#all = [...newest, ...this.#all];
    for (const one of this.#all.splice(mostDrift)) this.#count(one, -1);
  }

  #count(one: Drift, by: 1 | -1): void {
    const key = eventKey(one);
    const count = (this.#counts.get(key) ?? 0) + by;
    if (count === 0) this.#counts.delete(key); else this.#counts.set(key, count);
  }
}

export const keyOfRef = ({ signal, service, id }: EventRef): string => eventKey({ signal, service, durableId: id });
