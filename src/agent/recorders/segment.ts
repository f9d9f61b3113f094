// One file of a recorder on disk: entries as they come, written behind by a fraction of a second (`tail.ts`). While it is not full it knows how much
// of which key is in it, and which keys were let go in it; when it is full that is put beside it (`segment-index.ts`). A killed writer leaves an
// unfinished end, which is cut off when the file is opened again.
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { eachEntry, encodeFrame, encodeLetGo, frameFileMagic, LeastUsed, type RecorderFrame } from '../../engine/index.ts';
import { decodeIndex, encodeIndex, type KeyShare, type SegmentFacts, type SegmentIndex } from './segment-index.ts';
import { Tail, type Encoded, type Unwritten } from './tail.ts';
import { inTurn } from './write-turns.ts';

interface Entry extends Encoded { readonly key: string; readonly isFrame: boolean; readonly records: number }
type Shares = Iterable<readonly [string, KeyShare]>;

/** Frames that could not be written. `from`: the number of the first; those behind them have its number and the next ones now. */
export interface LostFrames { readonly from: number; readonly frames: readonly { readonly number: number; readonly key: string; readonly records: number; readonly bytes: number }[]; readonly bytes: number; readonly error: unknown }

/** Of a file that is gone but for whoever still reads it; its process's own, so that a later one knows what was left over. */
export const asideMark = `.held-${randomBytes(6).toString('hex')}-`;
let asides = 0;

/** All calls but `write` and `seal` may throw what the file system throws. */
export class Segment {
  #path: string;
  readonly #indexPath: string;
  /** Of the recorder, counted on over its segments: of the first frame in here. */
  readonly firstFrame: number;
  readonly #tail: Tail<Entry>;
  /** Null once it is beside the file. */
  #shares: LeastUsed<KeyShare> | null = new LeastUsed();
  #letGo = new Set<string>();
  #opened: SegmentIndex | null = null;
  #readers = 0;
  #isOver = false;
  #frames = 0;
  #oldest: number | null = null;
  #newest: number | null = null;
  /** Not the last one's where the clock was set back. */
  #latest = -Infinity;
  /** On disk and waiting to be. */
  #bytes = 0;
  /** Which redact rules frames went past: from this frame on, this epoch. Of what an agent before this one wrote nobody knows. */
  #epochs: { from: number; readonly epoch: number }[] = [];
  /** Nothing is added any more. */
  isFull = false;
  /** Bytes at the end of a file that a killed writer had not finished. */
  lostBytes = 0;

  /** Goes on with a file that is there. */
  constructor(path: string, firstFrame: number) {
    this.#path = path;
    this.#indexPath = `${path}.index`;
    this.firstFrame = firstFrame;
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0) this.#begin(); else if (!this.#loadIndex(size)) this.#loadEntries(size);
    this.#tail = new Tail(path, this.#bytes);
  }

  get bytes(): number { return this.#bytes; }
  get frames(): number { return this.#frames; }
  get newestUnixMs(): number | null { return this.#newest; }
  /** No frame in here is younger. */
  get latestUnixMs(): number { return this.#latest; }
  get oldestUnixMs(): number | null { return this.#oldest; }
  get unwritten(): number { return this.#tail.bytes; }
  get isWriting(): boolean { return this.#tail.isFlying; }
  get isHeld(): boolean { return this.#readers > 0; }
  get isSealed(): boolean { return this.#shares === null; }

  /** By key, quiet longest first; of a full segment read anew from beside it. Good after the segment is gone, too. */
  shares(): Shares { return this.#shares ?? this.#readIndex()?.shares ?? this.#counted(); }
  /** What it held when it was opened, and the keys of which nothing before this segment counts; to be asked once. */
  opened(): Pick<SegmentIndex, 'letGo' | 'shares'> {
    const index = this.#opened;
    this.#opened = null;
    return index ?? { letGo: this.#letGo, shares: this.shares() };
  }

  /** Gives how many bytes it takes. */
  add(frame: RecorderFrame): number {
    const encoded = encodeFrame(frame);
    if (this.#epochs.at(-1)?.epoch !== frame.epoch) this.#epochs.push({ from: this.#frames, epoch: frame.epoch });
    this.#count(frame, encoded.length);
    return this.#put({ key: frame.key, isFrame: true, records: frame.records, encoded });
  }

  /** From here on nothing counts that came of this key before. Gives how many bytes it takes to say so. */
  letGo(key: string): number {
    this.#forgetKey(key);
    return this.#put({ key, isFrame: false, records: 0, encoded: encodeLetGo(key) });
  }

  #put(entry: Entry): number {
    this.#tail.add(entry);
    this.#bytes += entry.encoded.length;
    return entry.encoded.length;
  }

  #forgetKey(key: string): void {
    this.#shares?.delete(key);
    this.#letGo.add(key);
  }

  /** What waits goes to the file, while others have their turn. */
  async write(): Promise<LostFrames | null> { return this.#lost(await this.#tail.write()); }
  /** At once. */
  writeNow(): LostFrames | null { return this.#lost(this.#tail.writeNow()); }

  #lost(unwritten: Unwritten<Entry> | null): LostFrames | null {
    if (unwritten === null) return null;
    const lost = unwritten.entries.filter(({ isFrame }) => isFrame);
    const from = this.#frames - this.#tail.pending.filter(({ isFrame }) => isFrame).length - lost.length;
    const frames = lost.map(({ key, records, encoded }, i) => ({ number: this.firstFrame + from + i, key, records, bytes: encoded.length }));
    for (const { number, key, records, bytes } of frames) this.#forgetFrame(number - this.firstFrame, key, records, bytes);
    this.#frames -= lost.length;
    for (const one of this.#epochs) one.from = numberAfter(one.from, from, lost.length);
    for (const [, share] of this.#shares ?? []) share.since = numberAfter(share.since, from, lost.length);
    const bytes = unwritten.entries.reduce((all, { encoded }) => all + encoded.length, 0);
    this.#bytes -= bytes;
    return { from: this.firstFrame + from, frames, bytes, error: unwritten.error };
  }

  #forgetFrame(number: number, key: string, records: number, bytes: number): void {
    const share = this.#shares?.get(key);
    if (share === undefined || share.since > number) return;
    share.records -= records;
    share.bytes -= bytes;
    if (share.bytes <= 0) this.#shares?.delete(key);
  }

  get #facts(): SegmentFacts { return { bytes: this.#bytes, frames: this.#frames, oldestUnixMs: this.#oldest, newestUnixMs: this.#newest, latestUnixMs: this.#latest }; }

  /** It is full and written: what it knows of its keys goes beside it, a slice at a time. Where that fails its frames are counted when need be. */
  async seal(): Promise<void> {
    if (this.#shares === null || this.#isOver) return;
    const steps = encodeIndex(this.#facts, this.#letGo, this.#shares);
    for (let step = steps.next(); !this.#isOver; step = steps.next()) {
      if (step.done !== true) { await new Promise((resolve) => { setImmediate(resolve); }); continue; }
      const index = step.value;
      await inTurn(async () => { if (!this.#isOver) await writeFile(this.#indexPath, index, { mode: 0o600 }); }).catch(() => rm(this.#indexPath, { force: true })).catch(() => undefined);
      this.#forgetShares();
      return;
    }
  }

  #forgetShares(): void {
    this.#shares = null;
    this.#letGo = new Set();
  }

  /** Oldest first, each with its number in the recorder. */
  *read(): Iterable<RecorderFrame & { readonly number: number }> {
    let [run, i] = [0, 0];
    const epochs = [...this.#epochs];
    for (const { frame } of eachEntry(this.#content())) {
      if (frame === null) continue;
      while (run < epochs.length && epochs[run]!.from <= i) run++;
      yield { ...frame, epoch: epochs[run - 1]?.epoch ?? -1, number: this.firstFrame + i++ };
    }
  }

  #content(): Buffer {
    const file = readFileSync(this.#path).subarray(0, this.#tail.written);
    return this.#tail.bytes === 0 ? file : Buffer.concat([file, this.#tail.rest()]);
  }

  /** Whoever reads holds it: what goes meanwhile stays readable, under another name, until it is released. */
  hold(): void { this.#readers++; }
  release(): void {
    this.#readers--;
    if (this.#readers === 0 && this.#isOver && this.#path.includes(asideMark)) rmSync(this.#path, { force: true });
  }

  remove(): void {
    if (this.isHeld) this.#tail.writeNow();
    this.#tail.abandon();
    this.#isOver = true;
    rmSync(this.#indexPath, { force: true });
    if (!this.isHeld) { rmSync(this.#path, { force: true }); return; }
    const aside = `${this.#path}${asideMark}${++asides}`;
    renameSync(this.#path, aside);
    this.#path = aside;
  }

  /** The file stays, whole, with what it knows beside it if it is full. */
  close(): LostFrames | null {
    const lost = this.writeNow();
    if (this.isFull && this.#shares !== null) this.#sealNow();
    this.#isOver = true;
    return lost;
  }

  #sealNow(): void {
    const steps = encodeIndex(this.#facts, this.#letGo, this.#shares ?? []);
    for (let step = steps.next(); ; step = steps.next()) if (step.done === true) { writeFileSync(this.#indexPath, step.value, { mode: 0o600 }); break; }
    this.#forgetShares();
  }

  #begin(): void {
    writeFileSync(this.#path, frameFileMagic, { mode: 0o600 });
    this.#bytes = frameFileMagic.length;
  }

  #count({ key, records, atUnixMs }: Pick<RecorderFrame, 'key' | 'records' | 'atUnixMs'>, bytes: number): void {
    const number = this.#frames++;
    this.#oldest ??= atUnixMs;
    this.#newest = atUnixMs;
    this.#latest = Math.max(this.#latest, atUnixMs);
    if (this.#shares !== null) countShare(this.#shares, { key, records, atUnixMs }, number, bytes);
  }

  /** False when there is none, or it is of another content. */
  #loadIndex(size: number): boolean {
    this.#bytes = size;
    const index = this.#readIndex();
    if (index === null) return false;
    this.#frames = index.frames;
    this.#latest = index.latestUnixMs;
    this.#oldest = index.oldestUnixMs;
    this.#newest = index.newestUnixMs;
    this.isFull = true;
    this.#shares = null;
    this.#opened = index;
    return true;
  }

  #readIndex(): SegmentIndex | null {
    try {
      const index = decodeIndex(readFileSync(this.#indexPath));
      return index?.bytes === this.#bytes ? index : null;
    } catch {
      return null;
    }
  }

  /** What cannot be read is cut off, so that what comes next can be. */
  #loadEntries(size: number): void {
    rmSync(this.#indexPath, { force: true });
    const file = readFileSync(this.#path);
    let whole = file.subarray(0, frameFileMagic.length).equals(frameFileMagic) ? frameFileMagic.length : 0;
    for (const { key, frame, end } of eachEntry(file)) {
      if (frame === null) this.#forgetKey(key); else this.#count(frame, end - whole);
      whole = end;
    }
    this.lostBytes = size - whole;
    this.#bytes = whole;
    if (whole === 0) this.#begin(); else if (whole < size) truncateSync(this.#path, whole);
  }

  /** The shares of a full segment whose index is gone. */
  #counted(): Shares {
    const shares = new LeastUsed<KeyShare>();
    let [number, at] = [0, frameFileMagic.length];
    for (const { key, frame, end } of eachEntry(this.#content())) {
      if (frame === null) shares.delete(key); else countShare(shares, frame, number++, end - at);
      at = end;
    }
    return shares;
  }
}

function countShare(shares: LeastUsed<KeyShare>, { key, records, atUnixMs }: Pick<RecorderFrame, 'key' | 'records' | 'atUnixMs'>, number: number, bytes: number): void {
  const share = shares.use(key, () => ({ records: 0, bytes: 0, oldestUnixMs: atUnixMs, newestUnixMs: atUnixMs, since: number }));
  share.records += records;
  share.bytes += bytes;
  share.newestUnixMs = atUnixMs;
}

/** Where a frame's number is when so many from there on are gone. */
export const numberAfter = (number: number, from: number, gone: number): number => (number <= from ? number : Math.max(from, number - gone));
