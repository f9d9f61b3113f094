// One file of a recorder on disk: frames as they are collected, written behind by a fraction of a second. While it is written to it knows how
// much of which key is in it; when it is full that is put beside it (`.index`), so that neither opening a recorder nor letting a
// segment go reads what is in it. A killed writer leaves an unfinished end, which is cut off when the file is opened again.
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { decodeFrames, eachFrame, encodeFrame, frameFileMagic, type RecorderFrame } from '../../engine/index.ts';

/** What of one key a segment holds. */
export interface KeyShare { records: number; bytes: number; readonly oldestUnixMs: number; newestUnixMs: number }
type Waiting = Pick<RecorderFrame, 'key' | 'records'> & { readonly encoded: Uint8Array };

const count = z.number().int().nonnegative();
const indexFile = z.object({ version: z.literal(1), bytes: count, frames: count, /** Missing: of an agent that did not write it. */ latest: z.number().optional(), keys: z.array(z.tuple([z.string(), count, count, count, count])) });

/** All calls may throw what the file system throws. */
export class Segment {
  readonly path: string;
  /** Of the recorder, counted on over its segments: of the first frame in here. */
  readonly firstFrame: number;
  readonly #file: number;
  #keys: Map<string, KeyShare> | null = new Map();
  #readers = 0;
  #isOver = false;
  #frames = 0;
  #records = 0;
  #oldest: number | null = null;
  #newest: number | null = null;
  /** Not the last one's where the clock was set back. */
  #latest = -Infinity;
  /** On disk and waiting to be. */
  #bytes = 0;
  #waiting: Waiting[] = [];
  /** Which redact rules frames went past: from this frame on, this epoch. Of what an agent before this one wrote nobody knows. */
  readonly #epochs: { readonly from: number; readonly epoch: number }[] = [];
  /** Bytes at the end of a file that a killed writer had not finished. */
  lostBytes = 0;

  /** Goes on with a file that is there. */
  constructor(path: string, firstFrame: number) {
    this.path = path;
    this.firstFrame = firstFrame;
    this.#file = openSync(path, 'a+', 0o600);
    const size = fstatSync(this.#file).size;
    if (size > 0 && !this.#loadIndex(size)) this.#loadFrames(size);
    if (size === 0) this.#begin();
  }

  get bytes(): number { return this.#bytes; }
  get frames(): number { return this.#frames; }
  get newestUnixMs(): number | null { return this.#newest; }
  /** No frame in here is younger. */
  get latestUnixMs(): number { return this.#latest; }
  get oldestUnixMs(): number | null { return this.#oldest; }
  get isSealed(): boolean { return this.#keys === null; }
  /** By key; of a full segment read anew from beside it. */
  keys(): ReadonlyMap<string, KeyShare> {
    if (this.#keys !== null) return this.#keys;
    const index = this.#readIndex();
    return index !== null && index.bytes === this.#bytes ? index.keys : this.#walk();
  }

  add(frame: RecorderFrame): void {
    const encoded = encodeFrame(frame);
    if (this.#epochs.at(-1)?.epoch !== frame.epoch) this.#epochs.push({ from: this.#frames, epoch: frame.epoch });
    this.#count(frame, encoded.length);
    this.#bytes += encoded.length;
    this.#waiting.push({ key: frame.key, records: frame.records, encoded });
  }

  /** What waits goes to the file. When it cannot be written it is forgotten: then its shares are given, and the reason. */
  flush(): { readonly lost: ReadonlyMap<string, { readonly records: number; readonly bytes: number }>; readonly error: unknown } | null {
    if (this.#waiting.length === 0) return null;
    const waiting = this.#waiting;
    const all = Buffer.concat(waiting.map(({ encoded }) => encoded));
    const before = this.#bytes - all.length;
    this.#waiting = [];
    try {
      for (let written = 0; written < all.length;) written += writeSync(this.#file, all, written);
      return null;
    } catch (error) {
      return { lost: this.#forget(waiting, before), error };
    }
  }

  /** What it holds of this key counts no more. */
  forgetKey(key: string): void { this.#keys?.delete(key); }

  /** It is full: nothing more is added. */
  seal(isHeld: (key: string) => boolean): void {
    if (this.#keys === null) return;
    const keys = [...this.#keys].filter(([key]) => isHeld(key)).map(([key, { records, bytes, oldestUnixMs, newestUnixMs }]) => [key, records, bytes, oldestUnixMs, newestUnixMs]);
    writeFileSync(this.#indexPath, JSON.stringify({ version: 1, bytes: this.#bytes, frames: this.#frames, latest: this.#latest, keys }), { mode: 0o600 });
    this.#keys = null;
  }

  /** Oldest first, each with its number in the recorder. */
  *read(): Iterable<RecorderFrame & { readonly number: number }> {
    let [run, i] = [0, 0];
    for (const frame of eachFrame(this.#content())) {
      while (run < this.#epochs.length && this.#epochs[run]!.from <= i) run++;
      yield { ...frame, epoch: this.#epochs[run - 1]?.epoch ?? -1, number: this.firstFrame + i++ };
    }
  }

  /** Whoever reads holds it: what goes meanwhile stays readable until it is let go, for a closed file's number is soon another's. */
  hold(): void { this.#readers++; }
  letGo(): void {
    this.#readers--;
    if (this.#readers === 0 && this.#isOver) closeSync(this.#file);
  }

  remove(): void {
    this.close();
    rmSync(this.path, { force: true });
    rmSync(this.#indexPath, { force: true });
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#readers === 0) closeSync(this.#file);
  }

  get #indexPath(): string { return `${this.path}.index`; }

  #begin(): void {
    writeSync(this.#file, frameFileMagic);
    this.#bytes = frameFileMagic.length;
  }

  #count({ key, records, atUnixMs }: Pick<RecorderFrame, 'key' | 'records' | 'atUnixMs'>, bytes: number): void {
    this.#frames++;
    this.#records += records;
    this.#oldest ??= atUnixMs;
    this.#newest = atUnixMs;
    this.#latest = Math.max(this.#latest, atUnixMs);
    const share = this.#keys?.get(key);
    // Quiet longest first.
    this.#keys?.delete(key);
    this.#keys?.set(key, { records: (share?.records ?? 0) + records, bytes: (share?.bytes ?? 0) + bytes, oldestUnixMs: share?.oldestUnixMs ?? atUnixMs, newestUnixMs: atUnixMs });
  }

  /** Nothing of a frame is left half written, or what follows could not be read. */
  #forget(waiting: readonly Waiting[], before: number): ReadonlyMap<string, { records: number; bytes: number }> {
    const lost = new Map<string, { records: number; bytes: number }>();
    for (const { key, records, encoded } of waiting) {
      const [share, gone] = [this.#keys?.get(key), lost.get(key) ?? { records: 0, bytes: 0 }];
      lost.set(key, { records: gone.records + records, bytes: gone.bytes + encoded.length });
      if (share !== undefined) { share.records -= records; share.bytes -= encoded.length; if (share.bytes <= 0) this.#keys?.delete(key); }
      this.#records -= records;
    }
    this.#frames -= waiting.length;
    while ((this.#epochs.at(-1)?.from ?? -1) >= this.#frames && this.#epochs.length > 0) this.#epochs.pop();
    this.#bytes = before;
    ftruncateSync(this.#file, before);
    return lost;
  }

  /** False when there is none, or it is of another content. */
  #loadIndex(size: number): boolean {
    const index = this.#readIndex();
    if (index === null || index.bytes !== size) return false;
    this.#bytes = size;
    this.#frames = index.frames;
    this.#latest = index.latest;
    for (const { records, oldestUnixMs, newestUnixMs } of index.keys.values()) {
      this.#records += records;
      this.#oldest = Math.min(this.#oldest ?? oldestUnixMs, oldestUnixMs);
      this.#newest = Math.max(this.#newest ?? newestUnixMs, newestUnixMs);
    }
    this.#keys = null;
    return true;
  }

  #readIndex(): { readonly bytes: number; readonly frames: number; readonly latest: number; readonly keys: ReadonlyMap<string, KeyShare> } | null {
    if (!existsSync(this.#indexPath)) return null;
    try {
      const { bytes, frames, latest = Infinity, keys } = indexFile.parse(JSON.parse(readFileSync(this.#indexPath, 'utf8')));
      return { bytes, frames, latest, keys: new Map(keys.map(([key, records, keyBytes, oldestUnixMs, newestUnixMs]) => [key, { records, bytes: keyBytes, oldestUnixMs, newestUnixMs }])) };
    } catch {
      return null;
    }
  }

  /** What cannot be read is cut off, so that what comes next can be. */
  #loadFrames(size: number): void {
    rmSync(this.#indexPath, { force: true });
    const read = decodeFrames(this.#content());
    const whole = read.ok ? size - read.value.leftBytes : 0;
    for (const frame of read.ok ? read.value.frames : []) this.#count(frame, encodedLength(frame));
    this.lostBytes = size - whole;
    this.#bytes = whole;
    if (whole < size) ftruncateSync(this.#file, whole);
    if (whole === 0) this.#begin();
  }

  /** The shares of a full segment whose index is gone. */
  #walk(): ReadonlyMap<string, KeyShare> {
    const before = { frames: this.#frames, records: this.#records, oldest: this.#oldest, newest: this.#newest };
    this.#keys = new Map();
    const read = decodeFrames(this.#content());
    for (const frame of read.ok ? read.value.frames : []) this.#count(frame, encodedLength(frame));
    const keys = this.#keys;
    [this.#keys, this.#frames, this.#records, this.#oldest, this.#newest] = [null, before.frames, before.records, before.oldest, before.newest];
    return keys;
  }

  #content(): Buffer {
    const bytes = Buffer.alloc(fstatSync(this.#file).size);
    let at = 0;
    while (at < bytes.length) {
      const got = readSync(this.#file, bytes, at, bytes.length - at, at);
      if (got === 0) return bytes.subarray(0, at);
      at += got;
    }
    return bytes;
  }
}

const headerBytes = 24;
const encodedLength = ({ key, bytes }: RecorderFrame): number => headerBytes + Buffer.byteLength(key) + bytes.length;
