// What a recorder on disk holds of which key, by last use, and what went. Keys of a segment that is gone are counted out a few at a time while others
// have their turn; whoever asks for a count has the one of now.
import { largest, LeastUsed, type KeyState } from '../../engine/index.ts';
import type { KeyShare } from './segment-index.ts';
import { numberAfter, type LostFrames } from './segment.ts';

/** Counted out so many keys at a time, for so long a time, of so many segments at most at once. */
const keysAtOnce = 500;
const tidyMs = 2;
const mostLeaving = 4;

/** `since` of a key: the number of the first frame that counts; those before it were let go with an earlier life of it. */
export class HeldKeys {
  readonly #keys = new LeastUsed<KeyShare>();
  readonly #leaving: Generator<undefined>[] = [];
  #isTidying = false;
  /** For each reader since when keys counted that went while it reads. */
  readonly #readers = new Set<Map<string, number>>();
  #records = 0;
  #evicted = 0;
  evictedKeys = 0;

  get records(): number { this.settle(); return this.#records; }
  get evicted(): number { this.settle(); return this.#evicted; }
  get count(): number { this.settle(); return this.#keys.size; }
  /** Those included of which the last records are being counted out. */
  get size(): number { return this.#keys.size; }

  /** Infinite where nothing of the key counts. */
  since(key: string): number { this.settle(); return this.#keys.get(key)?.since ?? Infinity; }

  /** More of a key, which was used last. */
  hold(key: string, share: KeyShare): void {
    this.#records += share.records;
    const known = this.#keys.size;
    const held = this.#keys.use(key, () => ({ ...share }));
    if (this.#keys.size > known) return;
    held.records += share.records;
    held.bytes += share.bytes;
    held.newestUnixMs = share.newestUnixMs;
  }

  /** Of a key in all: gives how many records that were. */
  forget(key: string): number {
    const held = this.#keys.get(key);
    if (held === undefined) return 0;
    for (const before of this.#readers) if (!before.has(key)) before.set(key, held.since);
    this.#keys.delete(key);
    this.#records -= held.records;
    return held.records;
  }

  /** Records that were never held. */
  refuse(records: number): void { this.#evicted += records; }

  /** The key that was quiet longest goes; null when there is none. */
  evictOldest(): string | null {
    const name = this.#keys.oldest?.name ?? null;
    if (name === null) return null;
    this.#evicted += this.forget(name);
    this.evictedKeys++;
    return name;
  }

  /** The segment with these shares is gone. `end`: the number of the first frame that was not in it. */
  leave(shares: Iterable<readonly [string, KeyShare]>, end: number): void {
    this.#leaving.push(this.#countOut(shares, end));
    if (this.#leaving.length > mostLeaving) finish(this.#leaving.shift()!);
    this.#tidySoon();
  }

  *#countOut(shares: Iterable<readonly [string, KeyShare]>, end: number): Generator<undefined> {
    let keys = 0;
    for (const [key, share] of shares) {
      this.#evict(key, end, share);
      if (++keys % keysAtOnce === 0) yield;
    }
  }

  /** So much of a key, where it counted before `end`. */
  #evict(key: string, end: number, { records, bytes }: Pick<KeyShare, 'records' | 'bytes'>): void {
    const held = this.#keys.get(key);
    if (held === undefined || held.since >= end) return;
    if (held.records <= records) { this.#evicted += this.forget(key); return; }
    held.records -= records;
    held.bytes = Math.max(0, held.bytes - bytes);
    this.#records -= records;
    this.#evicted += records;
  }

  /** Frames of a segment that ends at `end` could not be written: they are evicted, and their numbers given again. */
  lose({ from, frames }: LostFrames, end: number): void {
    for (const { number, key, ...share } of frames) this.#evict(key, number + 1, share);
    for (const [, held] of this.#keys) if (held.since < end) held.since = numberAfter(held.since, from, frames.length);
  }

  /** For whoever reads now: whether a frame counts, or did when the reading began. `end`: to be called when it is over. */
  reading(): { readonly counts: (key: string, number: number) => boolean; readonly end: () => void } {
    const before = new Map<string, number>();
    this.#readers.add(before);
    return { counts: (key, number) => number >= (before.get(key) ?? this.#keys.get(key)?.since ?? Infinity), end: () => { this.#readers.delete(before); } };
  }

  /** Those with most bytes first. `oldestUnixMs`: nothing is older. */
  states(limit: number, oldest: number): readonly KeyState[] {
    this.settle();
    return largest(this.#keys, limit, ([, { bytes }]) => bytes).map(([key, { records, bytes, oldestUnixMs, newestUnixMs }]) => ({ key, records, bytes, oldestUnixMs: Math.min(newestUnixMs, Math.max(oldest, oldestUnixMs)), newestUnixMs }));
  }

  clear(): void {
    this.#leaving.length = 0;
    this.#keys.clear();
    this.#records = 0;
  }

  settle(): void { for (const one of this.#leaving.splice(0)) finish(one); }

  #tidySoon(): void {
    if (this.#isTidying) return;
    this.#isTidying = true;
    setImmediate(() => {
      this.#isTidying = false;
      const until = performance.now() + tidyMs;
      while (this.#leaving.length > 0 && performance.now() < until) if (this.#leaving[0]!.next().done === true) this.#leaving.shift();
      if (this.#leaving.length > 0) this.#tidySoon();
    });
  }
}

function finish(steps: Iterator<undefined>): void { while (steps.next().done !== true) { /* to its end */ } }
