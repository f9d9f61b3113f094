// Looks at files by the clock, whoever hands over or waits: each that the reader has not come to for a while. So a file that is renamed, emptied or deleted
// while the exporters are full is open by then, and what it holds is known. And it bounds how many are held open.
import type { FollowedFiles } from './followed-files.ts';
import type { Follower } from './follower.ts';
import type { OneAtATime } from './one-at-a-time.ts';

/** The reader is late for a file; how often it is looked at then, and one that was closed since nothing came, or may not be opened. */
const [lateMs, betweenMs, closedMs] = [100, 250, 5000];
const mostOpen = 256;
/** Without a name, and not read yet: their disk space is free only when they are closed. */
const mostNameless = 64;

export class FileLooks {
  readonly #files: FollowedFiles;
  readonly #turns: OneAtATime;
  readonly #closed = new WeakSet<Follower>();

  constructor(files: FollowedFiles, turns: OneAtATime) {
    this.#files = files;
    this.#turns = turns;
  }

  /** One that may not be read the reader tells of. */
  async round(signal: AbortSignal): Promise<void> {
    for (const file of this.#files.followers.values()) {
      if (signal.aborted) return;
      if (this.#isDue(file, performance.now())) await this.#turns.run(() => this.#look(file)).catch(() => { this.#closed.add(file); });
    }
    await this.#turns.run(() => this.#closeSome());
  }

  #isDue(file: Follower, nowMs: number): boolean {
    const isLate = nowMs > file.nextLookMs + lateMs || file.size < 0;
    return isLate && nowMs - file.lookedMs > (this.#closed.has(file) && file.handle === null ? closedMs : betweenMs);
  }

  async #look(file: Follower): Promise<void> {
    if (this.#files.followers.get(file.key) === file) await this.#files.look(file, performance.now());
  }

  /** Those that had nothing for longest; their positions stay. Of those without a name the oldest are given up, and counted. */
  async #closeSome(): Promise<void> {
    const open = [...this.#files.followers.values()].filter(({ handle }) => handle !== null).toSorted((a, b) => a.changedMs - b.changedMs);
    const nameless = open.filter(({ isDeleted }) => isDeleted);
    for (const file of nameless.slice(0, Math.max(0, nameless.length - mostNameless))) await this.#files.giveUp(file);
    const named = open.filter(({ isDeleted }) => !isDeleted);
    for (const file of named.slice(0, Math.max(0, named.length - (mostOpen - mostNameless)))) { await file.close(); this.#closed.add(file); }
  }
}
