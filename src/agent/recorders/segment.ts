// One file of a recorder on disk: frames as `otlp-frames` has them, and in memory where each stands.
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { decodeFrames, encodeFrame, frameFileMagic, type RecorderFrame } from '../../engine/index.ts';

interface Place { readonly key: string; readonly atUnixMs: number; readonly records: number; readonly epoch: number; readonly from: number; readonly length: number }

/** All calls may throw what the file system throws. */
export class Segment {
  readonly path: string;
  readonly #file: number;
  #places: Place[] = [];
  /** On disk and waiting to be. */
  #bytes = 0;
  #records = 0;
  #waiting: Uint8Array[] = [];
  /** Bytes at the end of a file that a killed writer had not finished. */
  readonly lostBytes: number;
  /** Taken, and then refused by the disk. */
  lostRecords = 0;

  /** Goes on with a file that is there. */
  constructor(path: string) {
    this.path = path;
    this.#file = openSync(path, 'a+', 0o600);
    const size = fstatSync(this.#file).size;
    this.lostBytes = size === 0 ? 0 : this.#load(size);
    if (size === 0) this.#wait(frameFileMagic);
  }

  get bytes(): number { return this.#bytes; }
  get records(): number { return this.#records; }
  get places(): readonly Pick<Place, 'key' | 'atUnixMs' | 'records' | 'length'>[] { return this.#places; }
  get newestUnixMs(): number | null { return this.#places.at(-1)?.atUnixMs ?? null; }
  get oldestUnixMs(): number | null { return this.#places[0]?.atUnixMs ?? null; }

  add(frame: RecorderFrame): void {
    const encoded = encodeFrame(frame);
    this.#places.push({ key: frame.key, atUnixMs: frame.atUnixMs, records: frame.records, epoch: frame.epoch, from: this.#bytes, length: encoded.length });
    this.#records += frame.records;
    this.#wait(encoded);
  }

  /** What waits goes to the file. What cannot be written is forgotten, with an error. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const all = Buffer.concat(this.#waiting);
    this.#waiting = [];
    const before = this.#bytes - all.length;
    let written = 0;
    try {
      while (written < all.length) written += writeSync(this.#file, all, written);
    } catch (error) {
      this.#forgetFrom(before);
      throw error;
    }
  }

  /** Nothing of a frame is left half written, or what follows could not be read. */
  #forgetFrom(bytes: number): void {
    const lost = this.#places.filter(({ from }) => from >= bytes);
    this.#places = this.#places.filter(({ from }) => from < bytes);
    this.#records -= lost.reduce((sum, { records }) => sum + records, 0);
    this.lostRecords += lost.reduce((sum, { records }) => sum + records, 0);
    ftruncateSync(this.#file, bytes);
    this.#bytes = bytes;
    if (bytes === 0) this.#wait(frameFileMagic);
  }

  *frames(key?: string): Iterable<RecorderFrame> {
    this.flush();
    const places = this.#places;
    if (!places.some((place) => key === undefined || place.key === key)) return;
    const read = decodeFrames(this.#read());
    if (!read.ok) throw new Error(read.error.message);
    for (const [i, frame] of read.value.frames.entries()) if (key === undefined || frame.key === key) yield { ...frame, epoch: places[i]?.epoch ?? -1 };
  }

  remove(): void {
    closeSync(this.#file);
    rmSync(this.path, { force: true });
  }

  close(): void {
    this.flush();
    closeSync(this.#file);
  }

  #wait(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#bytes += bytes.length;
  }

  #read(): Buffer {
    const bytes = Buffer.alloc(fstatSync(this.#file).size);
    let at = 0;
    while (at < bytes.length) {
      const got = readSync(this.#file, bytes, at, bytes.length - at, at);
      if (got === 0) return bytes.subarray(0, at);
      at += got;
    }
    return bytes;
  }

  /** What cannot be read is cut off, so that what comes next can be. */
  #load(size: number): number {
    const read = decodeFrames(this.#read());
    const whole = read.ok ? size - read.value.leftBytes : 0;
    this.#bytes = frameFileMagic.length;
    for (const { key, atUnixMs, records, bytes } of read.ok ? read.value.frames : []) {
      const length = encodedLength(key, bytes);
      this.#places.push({ key, atUnixMs, records, epoch: -1, from: this.#bytes, length });
      this.#bytes += length;
      this.#records += records;
    }
    if (whole < size) ftruncateSync(this.#file, whole);
    if (whole === 0) { this.#bytes = 0; this.#wait(frameFileMagic); }
    return size - whole;
  }
}

const headerBytes = 24;
const encodedLength = (key: string, bytes: Uint8Array): number => headerBytes + Buffer.byteLength(key) + bytes.length;
