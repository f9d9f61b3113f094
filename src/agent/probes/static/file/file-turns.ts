// Rounds over the files that are due: each has one turn a round, so that a busy file keeps no other waiting.
import type { ActionProblem } from '../../../../model/index.ts';
import type { FollowedFiles } from './followed-files.ts';
import type { Follower } from './follower.ts';
import type { Reader } from './reader.ts';
import type { Ending } from './assemble.ts';

/** A record of several lines is whole when nothing was added for this long; a last line without an end, of a file that has no name any more, as well. */
const [linesMs, lastLineMs, forgetMs] = [2000, 5000, 60_000];
const mostOpen = 256;
const longestSleepMs = 2000;

export class FileTurns {
  readonly #files: FollowedFiles;
  readonly #reader: Reader;
  readonly #moved: () => void;
  problem: ActionProblem | null = null;

  /** `moved`: a position did. */
  constructor(files: FollowedFiles, reader: Reader, moved: () => void) {
    this.#files = files;
    this.#reader = reader;
    this.#moved = moved;
  }

  /** Milliseconds until a file is due again. */
  async round(signal: AbortSignal): Promise<number> {
    let problem: ActionProblem | null = null;
    for (const file of this.#files.followers.values()) {
      if (signal.aborted) return 0;
      if (performance.now() < file.nextLookMs || this.#hasToWait(file)) continue;
      try {
        file.lookAgain(performance.now(), await this.#turn(file));
      } catch (failed) {
        problem = unreadable(file, failed as NodeJS.ErrnoException);
        file.lookAgain(performance.now(), false);
      }
    }
    if (problem !== null || this.problem !== null) this.problem = problem;
    await this.#closeSome();
    const due = [...this.#files.followers.values()].filter((file) => !this.#hasToWait(file)).reduce((least, { nextLookMs }) => Math.min(least, nextLookMs), Infinity);
    return Math.max(0, Math.min(longestSleepMs, due - performance.now()));
  }

  #hasToWait(file: Follower): boolean {
    const { before } = file;
    if (before === null) return false;
    if (before.isCaughtUp || this.#files.followers.get(before.key) !== before) { file.before = null; return false; }
    return before.before !== file;
  }

  /** True when it is due again at once. */
  async #turn(file: Follower): Promise<boolean> {
    const wasSize = file.size;
    const look = await file.look(performance.now());
    if (look.found === 'gone') return this.#files.gone(file);
    if (look.found === 'emptied') { await this.#files.emptied(file); this.#moved(); return true; }
    if (await this.#files.isCopy(file, performance.now())) return false;
    const quietMs = performance.now() - file.changedMs;
    const ending = endingOf(file, quietMs);
    const isUnchanged = wasSize === look.size && ending === 'open' && file.isStuck;
    const { moved } = look.size > file.offset && !isUnchanged ? await this.#reader.turn(file, ending) : { moved: false };
    file.isStuck = !moved;
    if (moved) { this.#moved(); return true; }
    file.isCaughtUp = true;
    if (file.isRotated && quietMs > lastLineMs && (look.links === 0 || quietMs > forgetMs)) await this.#files.retire(file, look.links === 0);
    return false;
  }

  /** Those that had nothing for longest; their positions stay. */
  async #closeSome(): Promise<void> {
    const open = [...this.#files.followers.values()].filter(({ handle }) => handle !== null);
    if (open.length <= mostOpen) return;
    const idle = open.filter(({ isRotated }) => !isRotated).toSorted((a, b) => a.changedMs - b.changedMs);
    for (const file of idle.slice(0, open.length - mostOpen)) await file.close();
  }
}

function endingOf({ isRotated }: Follower, quietMs: number): Ending {
  if (isRotated && quietMs > lastLineMs) return 'all';
  return quietMs > linesMs ? 'lines' : 'open';
}

const unreadable = ({ path }: Follower, { code, message }: NodeJS.ErrnoException): ActionProblem => (code === 'EACCES' || code === 'EPERM'
  ? { code: 'probe.no-permission', message: `The agent may not read ${path}.`, help: 'Let the user of the agent read it: add it to the group of the file (often adm), or change its mode.' }
  : { code: 'probe.unreadable', message: `${path} cannot be read: ${message}.`, help: 'It is tried again; look at the disk if this stays.' });
