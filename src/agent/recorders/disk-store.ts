// A recorder kept in segment files under its own folder: the oldest segment goes when it is full or too old. Frames are written a fifth of
// a second after they came at the latest. Of each key it knows how much is held and from which frame on it is shown; a key that
// has to go (past `maxKeys` the one that was quiet longest) is let go here and in the files, and its bytes leave with their segments.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { breathBytes, type FramesAsked, type FrameStore, type KeyState, type RecorderFrame, type Renewed } from '../../engine/index.ts';
import { HeldKeys } from './held-keys.ts';
import { asideMark, Segment, type LostFrames } from './segment.ts';

/** A full recorder has about so many segments: so much of it goes at once. */
const segmentsPerStore = 8;
const leastSegmentBytes = 64 * 1024;
const mostSegmentBytes = 4 * 1024 * 1024;
const writeEveryMs = 200;
const writeAtBytes = 1024 * 1024;
/** What waits for the disk past this is written at once, and whoever pushes waits. */
const mostUnwritten = 8 * 1024 * 1024;
/** Those before them were written long ago. */
const lastSegments = 4;

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

export class DiskStore implements FrameStore {
  readonly #options: DiskStoreOptions;
  #maxBytes: number;
  #maxKeys: number;
  /** Oldest first; the last one is added to. */
  readonly #segments: Segment[] = [];
  readonly #keys = new HeldKeys();
  #next = 1;
  #nextFrame = 0;
  #bytes = 0;
  #timer: NodeJS.Timeout | null = null;
  problem: string | null = null;

  constructor(options: DiskStoreOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes;
    this.#maxKeys = options.maxKeys;
    this.#trying(() => { this.#load(); });
  }

  get bytes(): number { return this.#bytes; }
  get records(): number { return this.#keys.records; }
  get evicted(): number { return this.#keys.evicted; }
  get evictedKeys(): number { return this.#keys.evictedKeys; }
  get keyCount(): number { return this.#keys.count; }
  get oldestUnixMs(): number | null { return this.#segments.find(({ oldestUnixMs }) => oldestUnixMs !== null)?.oldestUnixMs ?? null; }
  get newestUnixMs(): number | null { return this.#segments.findLast(({ newestUnixMs }) => newestUnixMs !== null)?.newestUnixMs ?? null; }

  push(frame: RecorderFrame): boolean {
    if (frame.bytes.length > this.#maxBytes) { this.#keys.refuse(frame.records); return false; }
    const isTaken = this.#trying(() => {
      const segment = this.#current();
      const bytes = segment.add(frame);
      this.#bytes += bytes;
      this.#keys.hold(frame.key, { records: frame.records, bytes, oldestUnixMs: frame.atUnixMs, newestUnixMs: frame.atUnixMs, since: this.#nextFrame++ });
    });
    // What fails from here on is counted as evicted, not as refused.
    if (isTaken) this.#writeBehind();
    this.#trying(() => { this.#trim(); });
    return isTaken;
  }

  evictOne(): boolean { return this.#segments.length > 1 && this.#dropOldest(); }

  expire(beforeUnixMs: number): void {
    while (this.#segments.length > 0 && (this.#segments[0]!.newestUnixMs ?? beforeUnixMs) < beforeUnixMs) this.#dropOldest();
  }

  *frames(renewed: Renewed, { key, sinceUnixMs = 0 }: FramesAsked = {}): Iterable<RecorderFrame | null> {
    const first = key === undefined ? 0 : this.#keys.since(key);
    const wanted = this.#segments.filter(({ firstFrame, frames, latestUnixMs }) => firstFrame + frames > first && latestUnixMs >= sinceUnixMs);
    const reading = this.#keys.reading();
    for (const segment of wanted) segment.hold();
    let looked = 0;
    try {
      for (const segment of wanted) {
        for (const { number, ...frame } of segment.read()) {
          looked += frame.bytes.length;
          const isMeant = frame.atUnixMs >= sinceUnixMs && (key === undefined || frame.key === key) && reading.counts(frame.key, number);
          const left = isMeant ? renewed(frame) : null;
          if (left === null && looked < breathBytes) continue;
          looked = 0;
          yield left;
        }
      }
    } finally {
      reading.end();
      for (const segment of wanted) this.#trying(() => { segment.release(); });
    }
  }

  keys(limit: number): readonly KeyState[] { return this.#keys.states(limit, this.oldestUnixMs ?? 0); }

  resize(maxBytes: number, maxKeys: number): void {
    this.#maxBytes = maxBytes;
    this.#maxKeys = maxKeys;
    this.#trying(() => { this.#trim(); });
  }

  /** The files stay: they are what a later agent goes on with. */
  close(): void {
    this.#stopTimer();
    this.#keys.settle();
    for (const segment of this.#segments.splice(0)) this.#trying(() => { const lost = segment.close(); if (lost !== null) this.#lose(segment, lost); });
  }

  clear(): void {
    this.#stopTimer();
    const isRead = this.#segments.some(({ isHeld }) => isHeld);
    for (const segment of this.#segments.splice(0)) this.#trying(() => { segment.remove(); });
    this.#keys.clear();
    this.#bytes = 0;
    const { directory } = this.#options;
    // What somebody still reads goes when that is over; then the folder is empty, or the next one's.
    this.#trying(() => { if (!isRead) rmSync(directory, { recursive: true, force: true }); });
  }

  get #segmentBytes(): number { return Math.min(mostSegmentBytes, Math.max(leastSegmentBytes, Math.floor(this.#maxBytes / segmentsPerStore))); }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #load(): void {
    mkdirSync(this.#options.directory, { recursive: true, mode: 0o700 });
    const names = readdirSync(this.#options.directory);
    const segments = names.filter((one) => /^\d{8}\.frames$/.test(one)).sort();
    for (const name of names) if (isLeftOver(name, segments)) rmSync(join(this.#options.directory, name), { force: true });
    for (const name of segments) this.#take(name);
    for (const segment of this.#segments.slice(0, -1)) segment.isFull = true;
    for (const segment of this.#segments) if (segment.isFull && !segment.isSealed) this.#start(segment);
    this.#trim();
  }

  #take(name: string): void {
    const segment = new Segment(join(this.#options.directory, name), this.#nextFrame);
    this.#segments.push(segment);
    this.#next = Number(name.slice(0, 8)) + 1;
    this.#nextFrame += segment.frames;
    this.#bytes += segment.bytes;
    const { letGo, shares } = segment.opened();
    for (const key of letGo) this.#keys.forget(key);
    for (const [key, share] of shares) this.#keys.hold(key, { ...share, since: segment.firstFrame + share.since });
    if (segment.lostBytes > 0) this.problem = `${segment.lostBytes} bytes at the end of ${name} were not finished when the agent before this one ended.`;
  }

  #current(): Segment {
    const last = this.#segments.at(-1);
    if (last !== undefined && !last.isFull && last.bytes < this.#segmentBytes) return last;
    this.#keepDiskFree();
    const segment = new Segment(join(this.#options.directory, `${String(this.#next).padStart(8, '0')}.frames`), this.#nextFrame);
    this.#next++;
    this.#segments.push(segment);
    this.#bytes += segment.bytes;
    if (last !== undefined) { last.isFull = true; this.#start(last); }
    return segment;
  }

  /** Throws when the disk has no room for one segment more, even without the oldest. */
  #keepDiskFree(): void {
    const wanted = this.#options.keepFreeBytes + this.#segmentBytes;
    if (this.#options.freeBytes() >= wanted) return;
    while (this.#segments.length > 1) { this.#dropOldest(); if (this.#options.freeBytes() >= wanted) return; }
    throw new Error(`its disk has less than ${Math.round(wanted / 2 ** 20).toLocaleString('en')} MiB free, which are kept for everything else`);
  }

  #writeBehind(): void {
    const last = this.#segments.at(-1);
    if (last === undefined) return;
    if (this.#segments.slice(-lastSegments).reduce((sum, { unwritten }) => sum + unwritten, 0) >= mostUnwritten) this.#writeNow();
    else if (last.unwritten >= writeAtBytes) this.#start(last);
    else this.#timer ??= setTimeout(() => { this.#timer = null; const now = this.#segments.at(-1); if (now !== undefined) this.#start(now); }, writeEveryMs);
  }

  #writeNow(): void {
    for (const segment of this.#segments) {
      const lost = segment.unwritten > 0 ? segment.writeNow() : null;
      if (lost !== null) this.#lose(segment, lost);
    }
  }

  #start(segment: Segment): void { void this.#write(segment).catch((error: unknown) => { this.#noteProblem(error); }); }

  /** One writes a segment at a time, until a full one is written and sealed. */
  async #write(segment: Segment): Promise<void> {
    if (segment.isWriting) return;
    do {
      const some = segment.unwritten > 0;
      const lost = await segment.write();
      if (lost !== null) this.#lose(segment, lost); else if (some) this.problem = null;
    } while (segment.unwritten > 0 && (segment.isFull || segment.unwritten >= writeAtBytes));
    if (segment.isFull) await segment.seal();
  }

  /** Frames that could not be written are evicted, and their numbers given again. */
  #lose(segment: Segment, lost: LostFrames): void {
    this.#bytes -= lost.bytes;
    this.#keys.lose(lost, segment.firstFrame + segment.frames + lost.frames.length);
    if (segment === this.#segments.at(-1)) this.#nextFrame = segment.firstFrame + segment.frames;
    this.#noteProblem(lost.error);
  }

  #trim(): void {
    while (this.#keys.size > this.#maxKeys) this.#letGoOldest();
    while (this.#bytes > this.#maxBytes && this.#segments.length > 1) this.#dropOldest();
  }

  /** It stands in the files, too, or it would be back at the next start. */
  #letGoOldest(): void {
    const key = this.#keys.evictOldest();
    if (key === null) return;
    this.#trying(() => {
      this.#bytes += this.#current().letGo(key);
      this.#writeBehind();
    });
  }

  #dropOldest(): boolean {
    const segment = this.#segments.shift();
    if (segment === undefined) return false;
    this.#bytes -= segment.bytes;
    return this.#trying(() => {
      this.#keys.leave(segment.shares(), segment.firstFrame + segment.frames);
      segment.remove();
    });
  }

  #trying(run: () => void): boolean {
    try {
      run();
      return true;
    } catch (error) {
      this.#noteProblem(error);
      return false;
    }
  }

  #noteProblem(error: unknown): void {
    this.problem = `The recorder could not be kept on disk: ${error instanceof Error ? error.message : String(error)}. What comes meanwhile is lost; free some space or see to the folder's permissions.`;
  }
}

/** An index of no segment, and what a killed process still read. */
const isLeftOver = (name: string, segments: readonly string[]): boolean => (name.endsWith('.index') ? !segments.includes(name.slice(0, -'.index'.length)) : name.includes('.held-') && !name.includes(asideMark));
