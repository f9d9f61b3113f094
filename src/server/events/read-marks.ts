// When somebody last looked at an event: opened it, or watched its records.
import type { EventStore } from '../store/index.ts';

/** Looking again within this changes nothing. */
const freshMs = 60_000;

export class ReadMarks {
  readonly #store: EventStore;
  readonly #at = new Map<string, number>();
  readonly #dirty = new Set<string>();

  constructor(store: EventStore) { this.#store = store; }

  async load(): Promise<void> { for (const [key, atMs] of await this.#store.reads()) this.#at.set(key, atMs); }

  /** `key` is that of an event in the catalogue: its bound is theirs. */
  touch(key: string, nowMs: number): void {
    if (nowMs - (this.#at.get(key) ?? -Infinity) < freshMs) return;
    this.#at.set(key, nowMs);
    this.#dirty.add(key);
  }

  at(key: string): number | null { return this.#at.get(key) ?? null; }

  forget(key: string): void {
    this.#at.delete(key);
    this.#dirty.delete(key);
  }

  async write(): Promise<void> {
    const keys = [...this.#dirty];
    if (keys.length === 0) return;
    this.#dirty.clear();
    try {
      await this.#store.putReads(keys.flatMap((key) => { const at = this.#at.get(key); return at === undefined ? [] : [[key, at] as const]; }));
    } catch (error) {
      for (const key of keys) this.#dirty.add(key);
      throw error;
    }
  }
}
