// Rounds over the files that are due: each has one turn a round, so that a busy file keeps no other waiting. What a turn finds out of a file is done one at
// a time with the looks of `file-looks.ts`; what it hands over is not, for that may take as long as the exporters are full.
import type { FollowedFiles } from './followed-files.ts';
import type { Follower, Reached } from './follower.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import type { Chunk, Reader } from './reader.ts';
import type { Ending } from './assemble.ts';
import { Unreadable } from './unreadable.ts';

/** A record of several lines is whole when nothing was added for this long; a last line without an end, of a file that has no name any more, as well. */
const [linesMs, lastLineMs, forgetMs] = [2000, 5000, 60_000];
const longestSleepMs = 2000;

export class FileTurns {
  readonly #files: FollowedFiles;
  readonly #reader: Reader;
  readonly #moved: () => void;
  readonly #turns: OneAtATime;
  readonly unreadable = new Unreadable();
  /** Of the turn that is not over. */
  inHand: Reached | null = null;

  /** `moved`: a position did. */
  constructor(files: FollowedFiles, reader: Reader, turns: OneAtATime, moved: () => void) {
    this.#files = files;
    this.#reader = reader;
    this.#turns = turns;
    this.#moved = moved;
  }

  /** Milliseconds until a file is due again. */
  async round(signal: AbortSignal): Promise<number> {
    for (const file of this.#files.followers.values()) {
      if (signal.aborted) return 0;
      if (performance.now() < file.nextLookMs || this.#hasToWait(file)) continue;
      file.lookAgain(performance.now(), await this.unreadable.without(file, () => this.#turn(file)));
    }
    this.unreadable.roundIsOver();
    const due = [...this.#files.followers.values()].filter((file) => !this.#hasToWait(file)).reduce((least, { nextLookMs }) => Math.min(least, nextLookMs), Infinity);
    return Math.max(0, Math.min(longestSleepMs, due - performance.now()));
  }

  #hasToWait(file: Follower): boolean {
    const { before } = file;
    if (before === null) return false;
    if (before.isCaughtUp || this.#files.followers.get(before.key) !== before) { file.before = null; return false; }
    return true;
  }

  /** True when it is due again at once. */
  async #turn(file: Follower): Promise<boolean> {
    const next = await this.#turns.run(() => this.#next(file));
    if (typeof next === 'boolean') return next;
    this.inHand = next.at;
    const moved = await this.#reader.handOn(next);
    return this.#turns.run(() => this.#after(next, moved));
  }

  /** What there is to hand over; else whether it is due again at once. */
  async #next(file: Follower): Promise<Chunk | boolean> {
    const wasAt = file.at;
    if (this.#files.followers.get(file.key) !== file || !await this.#files.look(file, performance.now())) return false;
    if (file.at !== wasAt) { this.#moved(); return true; }
    if (await this.#files.isCopy(file, performance.now())) return false;
    const ending = endingOf(file, performance.now() - file.changedMs);
    const isUnchanged = file.stuckAt === file.size && ending === 'open';
    const chunk = file.size > file.at.offset && !isUnchanged ? await this.#reader.read(file, ending) : null;
    if (chunk === null) await this.#caughtUp(file);
    return chunk ?? false;
  }

  async #after({ file, at }: Chunk, moved: boolean): Promise<boolean> {
    this.inHand = null;
    this.#files.losses.settle(null);
    if (moved) this.#moved();
    // It was emptied meanwhile: what was in hand belongs to another file now.
    if (file.at !== at) return true;
    if (moved) file.stuckAt = -1;
    else await this.#caughtUp(file);
    return moved;
  }

  async #caughtUp(file: Follower): Promise<void> {
    [file.stuckAt, file.isCaughtUp] = [file.size, true];
    const quietMs = performance.now() - file.changedMs;
    if (file.isRotated && quietMs > lastLineMs && (file.isDeleted || quietMs > forgetMs)) await this.#files.retire(file, file.isDeleted);
  }
}

function endingOf({ isRotated }: Follower, quietMs: number): Ending {
  if (isRotated && quietMs > lastLineMs) return 'all';
  return quietMs > linesMs ? 'lines' : 'open';
}
