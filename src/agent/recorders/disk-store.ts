// A recorder on disk: segment files, the oldest of which goes as a whole when the recorder is full. Written from memory every fifth of a
// second: an agent that is killed loses no more than that. A disk that fails costs what it refused, counted and said.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameStore, KeyState, RecorderFrame } from '../../engine/index.ts';
import { Segment } from './segment.ts';

/** A full recorder has about so many segments: so much of it goes at once. */
const segmentsPerStore = 8;
const leastSegmentBytes = 64 * 1024;
const mostSegmentBytes = 16 * 1024 * 1024;
const flushEveryMs = 200;
const flushAtBytes = 1024 * 1024;

export interface DiskStoreOptions {
  /** Of this recorder alone; is made when it is not there. */
  readonly directory: string;
  readonly maxBytes: number;
}

export class DiskStore implements FrameStore {
  readonly #directory: string;
  #maxBytes: number;
  /** Oldest first; the last one is written to. */
  readonly #segments: Segment[] = [];
  #next = 1;
  #unflushed = 0;
  #timer: NodeJS.Timeout | null = null;
  evicted = 0;
  readonly evictedKeys = 0;
  problem: string | null = null;

  constructor({ directory, maxBytes }: DiskStoreOptions) {
    this.#directory = directory;
    this.#maxBytes = maxBytes;
    this.#trying(() => { this.#load(); });
  }

  get bytes(): number { return sum(this.#segments, ({ bytes }) => bytes); }
  get records(): number { return sum(this.#segments, ({ records }) => records); }
  get keyCount(): number { return new Set(this.#segments.flatMap(({ places }) => places.map(({ key }) => key))).size; }
  get oldestUnixMs(): number | null { return this.#segments.find(({ oldestUnixMs }) => oldestUnixMs !== null)?.oldestUnixMs ?? null; }
  get newestUnixMs(): number | null { return this.#segments.findLast(({ newestUnixMs }) => newestUnixMs !== null)?.newestUnixMs ?? null; }

  push(frame: RecorderFrame): boolean {
    if (frame.bytes.length > this.#maxBytes) { this.evicted += frame.records; return false; }
    return this.#trying(() => {
      this.#current().add(frame);
      this.#unflushed += frame.bytes.length;
      if (this.#unflushed >= flushAtBytes) this.#flush();
      else this.#timer ??= setTimeout(() => { this.#trying(() => { this.#flush(); }); }, flushEveryMs);
      this.#trim();
    });
  }

  evictOne(): boolean { return this.#segments.length > 1 && this.#dropOldest(); }

  expire(beforeUnixMs: number): void {
    while (this.#segments.length > 0 && (this.#segments[0]!.newestUnixMs ?? beforeUnixMs) < beforeUnixMs) this.#dropOldest();
  }

  *frames(key?: string): Iterable<RecorderFrame> { for (const segment of this.#segments.slice()) yield* segment.frames(key); }

  keys(limit: number): readonly KeyState[] {
    const keys = new Map<string, { -readonly [K in keyof KeyState]: KeyState[K] }>();
    for (const { key, atUnixMs, records, length } of this.#segments.flatMap(({ places }) => places)) {
      const state = keys.get(key) ?? { key, records: 0, bytes: 0, oldestUnixMs: atUnixMs, newestUnixMs: atUnixMs };
      keys.set(key, state);
      state.records += records;
      state.bytes += length;
      state.newestUnixMs = atUnixMs;
    }
    return [...keys.values()].sort((a, b) => b.bytes - a.bytes).slice(0, limit);
  }

  resize(maxBytes: number): void {
    this.#maxBytes = maxBytes;
    this.#trying(() => { this.#trim(); });
  }

  /** The files stay: they are what a later agent goes on with. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const segment of this.#segments.splice(0)) this.#trying(() => { segment.close(); });
  }

  get #segmentBytes(): number { return Math.min(mostSegmentBytes, Math.max(leastSegmentBytes, Math.floor(this.#maxBytes / segmentsPerStore))); }

  #load(): void {
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#directory).filter((one) => /^\d{8}\.frames$/.test(one)).sort()) {
      const segment = new Segment(join(this.#directory, name));
      this.#segments.push(segment);
      this.#next = Number(name.slice(0, 8)) + 1;
      if (segment.lostBytes > 0) this.problem = `${segment.lostBytes} bytes at the end of ${name} were not finished when the agent before this one ended.`;
    }
    this.#trim();
  }

  #current(): Segment {
    const last = this.#segments.at(-1);
    if (last !== undefined && last.bytes < this.#segmentBytes) return last;
    if (last !== undefined) this.#flush();
    const segment = new Segment(join(this.#directory, `${String(this.#next++).padStart(8, '0')}.frames`));
    this.#segments.push(segment);
    return segment;
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#unflushed = 0;
    const last = this.#segments.at(-1);
    if (last === undefined) return;
    try { last.flush(); } finally { this.evicted += last.lostRecords; last.lostRecords = 0; }
  }

  #trim(): void { while (this.bytes > this.#maxBytes && this.#segments.length > 1) this.#dropOldest(); }

  #dropOldest(): boolean {
    const segment = this.#segments.shift();
    if (segment === undefined) return false;
    this.evicted += segment.records;
    return this.#trying(() => { segment.remove(); });
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

const sum = (segments: readonly Segment[], of: (segment: Segment) => number): number => segments.reduce((total, segment) => total + of(segment), 0);
