// One writer at a time, over all programs that share a folder (an agent, terminals). The file holds pid and start time of whoever has it and a word
// that no other has, and comes into being with that content (a hard link), so that nobody sees a half of it. One that a killed program left is taken
// away by its heir: whoever holds a second lock, named after that very content, looks once more, and only then removes it. So nobody ever removes,
// or puts back, what another holds.
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failure, ok, type Result } from '../../../base/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { Owner } from './book.ts';
import { givenToOwner } from './shared-files.ts';

const [withinMs, firstWaitMs, longestWaitMs] = [15_000, 2, 60];
const heirMark = '.heir-';
const unreadable = 'unknown';

export class BookLock {
  readonly #path: string;
  readonly #owner: Owner;
  readonly #proc: Pick<Proc, 'isAlive'>;
  readonly #withinMs: number;

  constructor(path: string, owner: Owner, proc: Pick<Proc, 'isAlive'>, within = withinMs) {
    this.#path = path;
    this.#owner = owner;
    this.#proc = proc;
    this.#withinMs = within;
  }

  /** Errors: `action.book-busy` when somebody who lives keeps it, `action.unwritable`. */
  async hold<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    const taken = await this.#take().catch((failed: Error) => failure('action.unwritable', `${this.#path} cannot be written: ${failed.message}.`, 'Check free space and permissions of the data directory (WEIR_DATA).'));
    if (!taken.ok) return taken;
    try {
      return await work();
    } finally {
      await this.#letGo(taken.value);
    }
  }

  /** Gives the content under which it is held. */
  async #take(): Promise<Result<string>> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const [{ pid, startTicks }, word] = [this.#owner, randomUUID()];
    const [mine, content] = [`${this.#path}.${pid}-${startTicks}-${word}`, `${pid} ${startTicks} ${word}`];
    await writeFile(mine, content, { mode: 0o600 });
    await givenToOwner(mine);
    try {
      const until = performance.now() + this.#withinMs;
      let isHeir = false;
      for (let wait = firstWaitMs; !await linked(mine, this.#path); wait = Math.min(wait * 1.5, longestWaitMs)) {
        const stale = await this.#breakStale(until);
        isHeir ||= stale === 'broken';
        if (stale !== 'lives') continue;
        if (performance.now() > until) return failure('action.book-busy', `Another Weir (process ${(await this.#holder())?.split(' ')[0] ?? 'unknown'}) has been writing the action book for ${Math.round(this.#withinMs / 1000)} s.`, 'Try again; if it hangs, end that process.');
        await new Promise((resolve) => { setTimeout(resolve, wait + Math.random() * wait); });
      }
      if (isHeir) await this.#sweep(content);
      return ok(content);
    } finally {
      await rm(mine, { force: true });
    }
  }

  /** Null when nobody has it. What may not be read is somebody's. */
  #holder(): Promise<string | null> { return readFile(this.#path, 'utf8').catch((failed: NodeJS.ErrnoException) => (failed.code === 'ENOENT' ? null : unreadable)); }

  /** Only what is one's own. */
  async #letGo(content: string): Promise<void> { if (await this.#holder() === content) await rm(this.#path, { force: true }); }

  /** `lives`: it is worth waiting. `broken`: taken away here. `gone`: by somebody else. Between the look and the removal only the heir of this content
   *  removes anything, and this content never comes again. */
  async #breakStale(until: number): Promise<'lives' | 'broken' | 'gone'> {
    const dead = await this.#holder();
    if (dead === null) return 'gone';
    if (dead === unreadable || await this.#lives(dead)) return 'lives';
    const heir = new BookLock(this.#heirPath(dead), this.#owner, this.#proc, Math.max(0, until - performance.now()));
    const broken = await heir.hold<boolean>(async () => {
      const isStill = await this.#holder() === dead;
      if (isStill) await rm(this.#path, { force: true });
      return ok(isStill);
    });
    return broken.ok ? broken.value ? 'broken' : 'gone' : 'lives';
  }

  /** Of one length however many heirs were killed in turn. */
  #heirPath(dead: string): string {
    const hash = createHash('sha256').update(`${basename(this.#path)}\n${dead}`).digest('hex').slice(0, 32);
    return `${this.#path.split(heirMark)[0]!}${heirMark}${hash}`;
  }

  /** What killed programs left beside it: an heir of what is no longer there finds nothing to remove, whether its lock is there or not. */
  async #sweep(content: string): Promise<void> {
    if (this.#path.includes(heirMark) || await this.#holder() !== content) return;
    const [folder, name] = [dirname(this.#path), basename(this.#path)];
    for (const one of await readdir(folder)) {
      if (!one.startsWith(`${name}.`)) continue;
      const [, pid, startTicks] = /\.(\d+)-(\d+)-[0-9a-f-]{36}$/.exec(one) ?? [];
      const isLeft = pid === undefined ? one.startsWith(`${name}${heirMark}`) : !await this.#proc.isAlive(Number(pid), Number(startTicks));
      if (isLeft) await rm(join(folder, one), { force: true });
    }
  }

  async #lives(holder: string): Promise<boolean> {
    const [, pid, startTicks] = /^(\d+) (\d+)(?: [0-9a-f-]{36})?$/.exec(holder) ?? [];
    return pid !== undefined && startTicks !== undefined && this.#proc.isAlive(Number(pid), Number(startTicks));
  }
}

/** False when it is there already. */
function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(() => true, (failed: NodeJS.ErrnoException) => { if (failed.code === 'EEXIST') return false; throw failed; });
}
