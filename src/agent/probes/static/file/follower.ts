// One file that is followed: what is known of it, and what one look at it finds. It knows nothing of globs and other files.
import type { FileHandle } from 'node:fs/promises';
import type { Skip } from './assemble.ts';
import { fingerprintOf, headOf, isSame, mostHeadBytes, noFingerprint, type Fingerprint } from './fingerprint.ts';
import { openFile, type FileKey } from './open-file.ts';
import type { FilePosition } from './position.ts';
import type { Source } from './source.ts';
import type { FileFormat } from './unwrap.ts';

/** `gone`: no file is behind its path any more, and none was open. `emptied`: cut short under its name, or another file by the same inode. */
export type Look = { readonly found: 'gone' } | { readonly found: 'emptied' } | { readonly found: 'size'; readonly size: number; readonly links: number };

const [shortestDelayMs, longestDelayMs] = [50, 2000];

export class Follower {
  readonly key: FileKey;
  path: string;
  real: string;
  source: Source;
  handle: FileHandle | null = null;
  /** Everything before it was taken by the rules. */
  offset: number;
  fingerprint: Fingerprint;
  format: FileFormat | null;
  skip: Skip;
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
  /** What is there and unread has no end yet. */
  isStuck = false;
  #delayMs = shortestDelayMs;

  constructor(position: FilePosition, real: string, source: Source) {
    ({ key: this.key, path: this.path, offset: this.offset, fingerprint: this.fingerprint, format: this.format, skip: this.skip, seenUnixMs: this.seenUnixMs } = position);
    this.real = real;
    this.source = source;
  }

  get position(): FilePosition {
    const { path, key, offset, skip, format, fingerprint, seenUnixMs } = this;
    return { path, key, offset, skip, format, fingerprint, seenUnixMs };
  }

  /** Opens it when it is not, and compares what is there with what is known. Rejects when it may not be read. */
  async look(nowMs: number): Promise<Look> {
    if (this.handle === null && !await this.#open()) return { found: 'gone' };
    const stat = await this.handle!.stat();
    if (stat.size < this.offset) return { found: 'emptied' };
    if (stat.size !== this.size && !await this.#isSameFile(stat.size)) return { found: 'emptied' };
    if (stat.size !== this.size) [this.size, this.changedMs] = [stat.size, nowMs];
    return { found: 'size', size: stat.size, links: stat.nlink };
  }

  /** From its beginning, as a file that nobody knows. */
  restart(): void {
    [this.offset, this.fingerprint, this.format, this.skip, this.size] = [0, noFingerprint, null, null, -1];
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
    if (!isSame(head, this.fingerprint)) return false;
    if (this.fingerprint.bytes < mostHeadBytes && size > this.fingerprint.bytes) this.fingerprint = fingerprintOf(head);
    return true;
  }
}
