// One file that is followed: what is known of it, and what one look at it finds. It knows nothing of globs and other files.
import type { FileHandle } from 'node:fs/promises';
import type { Skip } from './assemble.ts';
import { fingerprintOf, headOf, isSame, mostHeadBytes, noFingerprint, type Fingerprint } from './fingerprint.ts';
import { openFile, type FileKey } from './open-file.ts';
import type { FilePosition } from './position.ts';
import type { Source } from './source.ts';
import type { FileFormat } from './unwrap.ts';

/** `gone`: no file is behind its path any more, and none was open. `emptied`: cut short under its name, or another file by the same inode. */
export type Look = { readonly found: 'gone' } | { readonly found: 'emptied' } | { readonly found: 'size'; readonly size: number };

const [shortestDelayMs, longestDelayMs] = [50, 2000];

/** How far the lines of one file are read; it moves to the copy with them when the file is emptied, also in the middle of a turn. */
export interface Reached {
  /** Everything before it was taken by the rules. */
  offset: number;
  fingerprint: Fingerprint;
  format: FileFormat | null;
  skip: Skip;
}

export class Follower {
  readonly key: FileKey;
  path: string;
  real: string;
  source: Source;
  handle: FileHandle | null = null;
  at: Reached;
  /** Its name leads to another file now, or to none. */
  isRotated = false;
  /** Read as far as it goes, since its name was taken by another. */
  isCaughtUp = false;
  /** Has to be caught up before this one is read. */
  before: Follower | null = null;
  /** A copy that copytruncate is making: what it holds is read from the original until that is emptied. */
  copyOf: Follower | null = null;
  seenUnixMs: number;
  nextLookMs = 0;
  /** Monotonic, of the last change of its size. */
  changedMs = 0;
  size = -1;
  /** When it was last written to, as its file system says; null before the first look. */
  writtenNs: bigint | null;
  /** Monotonic, of the last look. */
  lookedMs = -Infinity;
  /** No name leads to it any more. */
  isDeleted = false;
  /** At this size what is there and unread had no end yet; -1 where nobody knows. */
  stuckAt = -1;
  #delayMs = shortestDelayMs;

  constructor(position: FilePosition, real: string, source: Source) {
    const { offset, fingerprint, format, skip } = position;
    ({ key: this.key, path: this.path, seenUnixMs: this.seenUnixMs } = position);
    this.at = { offset, fingerprint, format, skip };
    this.writtenNs = position.writtenNs === null ? null : BigInt(position.writtenNs);
    this.real = real;
    this.source = source;
  }

  get position(): FilePosition {
    const { path, key, seenUnixMs, before, at: { offset, skip, format, fingerprint } } = this;
    return { path, key, offset, skip, format, fingerprint, seenUnixMs, writtenNs: this.writtenNs === null ? null : String(this.writtenNs), after: before?.key ?? null, isDone: false };
  }

  /** Opens it when it is not, and compares what is there with what is known. Rejects when it may not be read. */
  async look(nowMs: number): Promise<Look> {
    this.lookedMs = nowMs;
    if (this.handle === null && !await this.#open()) return { found: 'gone' };
    const stat = await this.handle!.stat({ bigint: true });
    const size = Number(stat.size);
    if (size < this.at.offset) return { found: 'emptied' };
    // Of the same size it may be another one all the same.
    if ((size !== this.size || stat.mtimeNs !== this.writtenNs) && !await this.#isSameFile(size)) return { found: 'emptied' };
    if (size !== this.size) [this.size, this.changedMs] = [size, nowMs];
    [this.writtenNs, this.isDeleted] = [stat.mtimeNs, stat.nlink === 0n];
    return { found: 'size', size };
  }

  /** From its beginning, as a file that nobody knows; `at` belongs to somebody else now. */
  restart(): void {
    this.at = { offset: 0, fingerprint: noFingerprint, format: null, skip: null };
    [this.size, this.stuckAt] = [-1, -1];
  }

  /** Often while something comes, less and less while nothing does. */
  lookAgain(nowMs: number, wasBusy: boolean): void {
    this.#delayMs = wasBusy ? shortestDelayMs : Math.min(longestDelayMs, this.#delayMs * 2);
    this.nextLookMs = wasBusy ? nowMs : nowMs + this.#delayMs;
  }

  hint(): void { [this.nextLookMs, this.#delayMs] = [0, shortestDelayMs]; }

  async close(): Promise<void> {
    const handle = this.handle;
    this.handle = null;
    await handle?.close().catch(() => undefined);
  }

  async #open(): Promise<boolean> {
    const file = await openFile(this.real);
    if (file === null) return false;
    if (file.key !== this.key) { await file.handle.close(); return false; }
    this.handle = file.handle;
    return true;
  }

  /** Takes more of its head while it is short. */
  async #isSameFile(size: number): Promise<boolean> {
    const head = await headOf(this.handle!);
    if (!isSame(head, this.at.fingerprint)) return false;
    if (this.at.fingerprint.bytes < mostHeadBytes && size > this.at.fingerprint.bytes) this.at.fingerprint = fingerprintOf(head);
    return true;
  }
}
