// Records and bytes a second of every event, in buckets of five seconds over five minutes. Only events that speak have a ring.
import type { EventChange } from '../../../catalogue/index.ts';

const bucketMs = 5000;
const buckets = 60;
/** What "now" is averaged over. */
const nowBuckets = 6;
/** A rate over less says nothing. */
const leastMs = 2000;
const heldMs = buckets * bucketMs;

interface Ring {
  /** Records at [bucket % buckets], bytes behind them. */
  readonly counts: Float32Array;
  sinceMs: number; newest: number;
}

export interface PerSecond { readonly records: number; readonly bytes: number }
/** `fromMs`: since when it was watched. */
export interface Came { readonly records: number; readonly bytes: number; readonly fromMs: number }

export class EventRates {
  readonly #rings = new Map<string, Ring>();
  /** The last report of any agent; what came since is not known yet. */
  #reportedMs = 0;

  get reportedMs(): number { return this.#reportedMs; }

  noteReport(nowMs: number): void { this.#reportedMs = Math.max(this.#reportedMs, nowMs); }

  /** What a report changed, spread over the time that it took. */
  add(key: string, { records, bytes }: Pick<EventChange, 'records' | 'bytes'>, overMs: number, nowMs: number): void {
    if (records <= 0) return;
    const fromMs = nowMs - Math.min(Math.max(1, overMs), heldMs - bucketMs);
    const ring = this.#rings.get(key) ?? newRing(fromMs);
    this.#rings.set(key, ring);
    advance(ring, Math.floor(nowMs / bucketMs));
    for (let bucket = Math.floor(fromMs / bucketMs); bucket * bucketMs < nowMs; bucket++) {
      const share = (Math.min(nowMs, (bucket + 1) * bucketMs) - Math.max(fromMs, bucket * bucketMs)) / (nowMs - fromMs);
      const at = bucket % buckets;
      ring.counts[at]! += records * share;
      ring.counts[buckets + at]! += bytes * share;
    }
  }

  perSecond(key: string, nowMs: number): PerSecond {
    const ring = this.#rings.get(key);
    if (ring === undefined) return { records: 0, bytes: 0 };
    const untilMs = this.#knownUntil(nowMs);
    const newest = Math.floor(untilMs / bucketMs);
    advance(ring, newest);
    const seconds = Math.max(leastMs, untilMs - Math.max(ring.sinceMs, (newest - nowBuckets + 1) * bucketMs)) / 1000;
    let [records, bytes] = [0, 0];
    for (let bucket = newest - nowBuckets + 1; bucket <= newest; bucket++) {
      records += ring.counts[bucket % buckets]!;
      bytes += ring.counts[buckets + (bucket % buckets)]!;
    }
    return { records: records / seconds, bytes: bytes / seconds };
  }

  /** What came from then on, up to then and up to what is known; null of an event that was not watched in that time, or for less than two seconds of it. */
  between(key: string, fromMs: number, toMs: number, nowMs: number): Came | null {
    const ring = this.#rings.get(key);
    if (ring === undefined) return null;
    const knownMs = this.#knownUntil(nowMs);
    const newest = Math.floor(knownMs / bucketMs);
    advance(ring, newest);
    const untilMs = Math.min(toMs, knownMs);
    const first = Math.max(fromMs, ring.sinceMs, (newest - buckets + 1) * bucketMs);
    if (untilMs - first < leastMs) return null;
    let [records, bytes] = [0, 0];
    for (let bucket = Math.floor(first / bucketMs); bucket * bucketMs < untilMs; bucket++) {
      // What a bucket holds came in the part of it that was watched.
      const began = Math.max(bucket * bucketMs, ring.sinceMs);
      const ends = Math.min(knownMs, (bucket + 1) * bucketMs);
      const share = ends > began ? (Math.min(untilMs, ends) - Math.max(first, began)) / (ends - began) : 1;
      records += ring.counts[bucket % buckets]! * share;
      bytes += ring.counts[buckets + (bucket % buckets)]! * share;
    }
    return { records, bytes, fromMs: first };
  }

  /** Records a second, oldest first; null before the event was watched. The bucket under way is left out. */
  history(key: string, nowMs: number): (number | null)[] {
    const ring = this.#rings.get(key);
    const newest = Math.floor(this.#knownUntil(nowMs) / bucketMs);
    if (ring !== undefined) advance(ring, newest);
    return Array.from({ length: buckets - 1 }, (_, i) => {
      const bucket = newest - buckets + 1 + i;
      if (ring === undefined || (bucket + 1) * bucketMs <= ring.sinceMs) return null;
      return Math.round((ring.counts[bucket % buckets]! / bucketMs) * 1e5) / 100;
    });
  }

  forget(key: string): void { this.#rings.delete(key); }

  /** Rings of events that were silent for all of their time go. */
  tidy(nowMs: number): void {
    const oldest = Math.floor(nowMs / bucketMs) - 2 * buckets;
    for (const [key, ring] of this.#rings) if (ring.newest < oldest) this.#rings.delete(key);
  }

  /** While reports come, what is known ends at the newest one. */
  #knownUntil(nowMs: number): number { return nowMs - this.#reportedMs <= bucketMs ? Math.min(nowMs, this.#reportedMs) : nowMs; }
}

const newRing = (sinceMs: number): Ring => ({ counts: new Float32Array(2 * buckets), sinceMs, newest: Math.floor(sinceMs / bucketMs) });

/** Empties the buckets between the newest so far and this one. */
function advance(ring: Ring, bucket: number): void {
  if (bucket <= ring.newest) return;
  for (let one = Math.max(ring.newest + 1, bucket - buckets + 1); one <= bucket; one++) ring.counts[one % buckets] = ring.counts[buckets + (one % buckets)] = 0;
  ring.newest = bucket;
}
