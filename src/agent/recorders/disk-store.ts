// A recorder kept in segment files under its own folder: the oldest segment goes when it is full or too old. Frames are written a fifth of
// a second after they came at the latest. Of each key it knows how much is held and from which frame on it is shown; a key that
// has to go (past `maxKeys` the one that was quiet longest) is forgotten here, and its bytes leave with their segments.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { breathBytes, type FramesAsked, type FrameStore, type KeyState, type RecorderFrame, type Renewed } from '../../engine/index.ts';
import { Segment, type KeyShare } from './segment.ts';

/** A full recorder has about so many segments: so much of it goes at once. */
const segmentsPerStore = 8;
const leastSegmentBytes = 64 * 1024;
const mostSegmentBytes = 4 * 1024 * 1024;
const flushEveryMs = 200;
const flushAtBytes = 1024 * 1024;

export interface DiskStoreOptions {
  /** Of this recorder alone; is made when it is not there. */
  readonly directory: string;
  readonly maxBytes: number;
  readonly maxKeys: number;
  /** Of the disk it is on. */
  readonly freeBytes: () => number;
  /** So much of the disk stays free for everything else. */
  readonly keepFreeBytes: number;
}

interface Held extends KeyShare { /** Frames before it were let go with an earlier life of this key. */ readonly since: number }

export class DiskStore implements FrameStore {
  readonly #options: DiskStoreOptions;
  #maxBytes: number;
  #maxKeys: number;
  /** Oldest first; the last one is written to. */
  readonly #segments: Segment[] = [];
  /** Quiet longest first. */
  readonly #keys = new Map<string, Held>();
  #next = 1;
  #nextFrame = 0;
  #bytes = 0;
  #records = 0;
  #unflushed = 0;
  #timer: NodeJS.Timeout | null = null;
  evicted = 0;
  evictedKeys = 0;
  problem: string | null = null;

  constructor(options: DiskStoreOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes;
    this.#maxKeys = options.maxKeys;
    this.#trying(() => { this.#load(); });
  }

  get bytes(): number { return this.#bytes; }
  get records(): number { return this.#records; }
  get keyCount(): number { return this.#keys.size; }
  get oldestUnixMs(): number | null { return this.#segments.find(({ oldestUnixMs }) => oldestUnixMs !== null)?.oldestUnixMs ?? null; }
  get newestUnixMs(): number | null { return this.#segments.findLast(({ newestUnixMs }) => newestUnixMs !== null)?.newestUnixMs ?? null; }

  push(frame: RecorderFrame): boolean {
    if (frame.bytes.length > this.#maxBytes) { this.evicted += frame.records; return false; }
    const isTaken = this.#trying(() => {
      const segment = this.#current();
      const before = segment.bytes;
      segment.add(frame);
      this.#bytes += segment.bytes - before;
      this.#hold(frame.key, { records: frame.records, bytes: segment.bytes - before, oldestUnixMs: frame.atUnixMs, newestUnixMs: frame.atUnixMs }, this.#nextFrame++);
      this.#unflushed += frame.bytes.length;
    });
    // What fails from here on is counted as evicted, not as refused.
    this.#trying(() => {
      if (this.#unflushed >= flushAtBytes) this.#flush();
      else if (isTaken) this.#timer ??= setTimeout(() => { this.#trying(() => { this.#flush(); }); }, flushEveryMs);
    });
    this.#trying(() => { this.#trim(); });
    return isTaken;
  }

  evictOne(): boolean { return this.#segments.length > 1 && this.#dropOldest(); }

  expire(beforeUnixMs: number): void {
    while (this.#segments.length > 0 && (this.#segments[0]!.newestUnixMs ?? beforeUnixMs) < beforeUnixMs) this.#dropOldest();
  }

  *frames(renewed: Renewed, { key, sinceUnixMs = 0 }: FramesAsked = {}): Iterable<RecorderFrame | null> {
    this.#trying(() => { this.#flush(); });
    const since = new Map([...this.#keys].flatMap(([name, held]) => (key === undefined || name === key ? [[name, held.since]] : [])));
    if (since.size === 0) return;
    const first = [...since.values()].reduce((least, one) => Math.min(least, one), Infinity);
    const wanted = this.#segments.filter(({ firstFrame, frames, latestUnixMs }) => firstFrame + frames > first && latestUnixMs >= sinceUnixMs);
    for (const segment of wanted) segment.hold();
    let looked = 0;
    try {
      for (const segment of wanted) {
        for (const { number, ...frame } of segment.read()) {
          looked += frame.bytes.length;
          const left = frame.atUnixMs >= sinceUnixMs && number >= (since.get(frame.key) ?? Infinity) ? renewed(frame) : null;
          if (left === null && looked < breathBytes) continue;
          looked = 0;
          yield left;
        }
      }
    } finally {
      for (const segment of wanted) segment.letGo();
    }
  }

  keys(limit: number): readonly KeyState[] {
    return [...this.#keys].map(([key, { records, bytes, oldestUnixMs, newestUnixMs }]) => ({ key, records, bytes, oldestUnixMs, newestUnixMs })).sort((a, b) => b.bytes - a.bytes).slice(0, limit);
  }

  resize(maxBytes: number, maxKeys: number): void {
    this.#maxBytes = maxBytes;
    this.#maxKeys = maxKeys;
    this.#trying(() => { this.#trim(); });
  }

  /** The files stay: they are what a later agent goes on with. */
  close(): void {
    this.#trying(() => { this.#flush(); });
    for (const segment of this.#segments.splice(0)) this.#trying(() => { segment.close(); });
  }

  clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const segment of this.#segments.splice(0)) this.#trying(() => { segment.remove(); });
    this.#keys.clear();
    this.#bytes = this.#records = this.#unflushed = 0;
    this.#trying(() => { rmSync(this.#options.directory, { recursive: true, force: true }); });
  }

  get #segmentBytes(): number { return Math.min(mostSegmentBytes, Math.max(leastSegmentBytes, Math.floor(this.#maxBytes / segmentsPerStore))); }

  #load(): void {
    mkdirSync(this.#options.directory, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#options.directory).filter((one) => /^\d{8}\.frames$/.test(one)).sort()) {
      const segment = new Segment(join(this.#options.directory, name), this.#nextFrame);
      this.#segments.push(segment);
      this.#next = Number(name.slice(0, 8)) + 1;
      this.#nextFrame += segment.frames;
      this.#bytes += segment.bytes;
      for (const [key, share] of segment.keys()) this.#hold(key, share, segment.firstFrame);
      if (segment.lostBytes > 0) this.problem = `${segment.lostBytes} bytes at the end of ${name} were not finished when the agent before this one ended.`;
    }
    const byLastUse = [...this.#keys].sort(([, a], [, b]) => a.newestUnixMs - b.newestUnixMs);
    this.#keys.clear();
    for (const [key, held] of byLastUse) this.#keys.set(key, held);
    this.#trim();
  }

  #hold(key: string, share: KeyShare, frame: number): void {
    const held = this.#keys.get(key);
    this.#keys.delete(key);
    this.#keys.set(key, held === undefined ? { ...share, since: frame } : { ...held, records: held.records + share.records, bytes: held.bytes + share.bytes, newestUnixMs: share.newestUnixMs });
    this.#records += share.records;
  }

  /** So much of a key is gone; what an earlier life of it left was gone before. */
  #release(key: string, { records, bytes }: Pick<KeyShare, 'records' | 'bytes'>): number {
    const held = this.#keys.get(key);
    if (held === undefined) return 0;
    const gone = Math.min(records, held.records);
    this.#records -= gone;
    if (held.records <= gone) this.#keys.delete(key);
    else { held.records -= gone; held.bytes = Math.max(0, held.bytes - bytes); }
    return gone;
  }

  #current(): Segment {
    const last = this.#segments.at(-1);
    if (last !== undefined && !last.isSealed && last.bytes < this.#segmentBytes) return last;
    if (last !== undefined) this.#flush();
    this.#keepDiskFree();
    last?.seal((key) => this.#keys.has(key));
    const segment = new Segment(join(this.#options.directory, `${String(this.#next++).padStart(8, '0')}.frames`), this.#nextFrame);
    this.#segments.push(segment);
    this.#bytes += segment.bytes;
    return segment;
  }

  /** Throws when the disk has no room for one segment more, even without the oldest. */
  #keepDiskFree(): void {
    const wanted = this.#options.keepFreeBytes + this.#segmentBytes;
    if (this.#options.freeBytes() >= wanted) return;
    while (this.#segments.length > 1) { this.#dropOldest(); if (this.#options.freeBytes() >= wanted) return; }
    throw new Error(`its disk has less than ${Math.round(wanted / 2 ** 20).toLocaleString('en')} MiB free, which are kept for everything else`);
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#unflushed = 0;
    const last = this.#segments.at(-1);
    const before = last?.bytes ?? 0;
    const failed = last?.flush() ?? null;
    if (last === undefined) return;
    if (failed === null) { this.problem = null; return; }
    this.#bytes -= before - last.bytes;
    for (const [key, share] of failed.lost) this.evicted += this.#release(key, share);
    // The numbers of what was lost are given again.
    this.#nextFrame = last.firstFrame + last.frames;
    for (const [key, held] of this.#keys) if (held.since > this.#nextFrame) this.#keys.set(key, { ...held, since: this.#nextFrame });
    throw failed.error;
  }

  #trim(): void {
    while (this.#keys.size > this.#maxKeys) {
      const [[key, { records }] = ['', { records: 0 }]] = this.#keys;
      this.#keys.delete(key);
      this.#segments.at(-1)?.forgetKey(key);
      this.#records -= records;
      this.evicted += records;
      this.evictedKeys++;
    }
    while (this.#bytes > this.#maxBytes && this.#segments.length > 1) this.#dropOldest();
  }

  #dropOldest(): boolean {
    const segment = this.#segments.shift();
    if (segment === undefined) return false;
    this.#bytes -= segment.bytes;
    const end = segment.firstFrame + segment.frames;
    return this.#trying(() => {
      for (const [key, share] of segment.keys()) if ((this.#keys.get(key)?.since ?? Infinity) < end) this.evicted += this.#release(key, share);
      segment.remove();
    });
  }

  #trying(run: () => void): boolean {
    try {
      run();
      return true;
    } catch (error) {
      this.problem = `The recorder could not be kept on disk: ${error instanceof Error ? error.message : String(error)}. What comes meanwhile is lost; free some space or see to the folder's permissions.`;
      return false;
    }
  }
}
