// One writer at a time, over all programs that share a folder (an agent, terminals). The file holds pid and start time of whoever has it, and
// comes into being with that content (a hard link), so that nobody sees a half of it. One that a killed program left is taken away.
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import { failure, type Result } from '../../../base/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { Owner } from './book.ts';

const [withinMs, firstWaitMs, longestWaitMs] = [15_000, 2, 60];

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
      await rm(this.#path, { force: true });
    }
  }

  async #take(): Promise<Result<void>> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const mine = `${this.#path}.${this.#owner.pid}-${this.#owner.startTicks}`;
    await writeFile(mine, `${this.#owner.pid} ${this.#owner.startTicks}`, { mode: 0o600 });
    try {
      const until = performance.now() + this.#withinMs;
      for (let wait = firstWaitMs; !await linked(mine, this.#path); wait = Math.min(wait * 1.5, longestWaitMs)) {
        if (await this.#breakStale()) continue;
        if (performance.now() > until) return failure('action.book-busy', `Another Weir (process ${(await this.#holder())?.split(' ')[0] ?? 'unknown'}) has been writing the action book for ${Math.round(this.#withinMs / 1000)} s.`, 'Try again; if it hangs, end that process.');
        await new Promise((resolve) => { setTimeout(resolve, wait + Math.random() * wait); });
      }
      return { ok: true, value: undefined };
    } finally {
      await rm(mine, { force: true });
    }
  }

  #holder(): Promise<string | null> { return readFile(this.#path, 'utf8').catch(() => null); }

  /** True when it is worth trying again at once. It is moved away before it is judged for good: between the look and the move another may have broken
   *  it already and hold a new one, which goes back. */
  async #breakStale(): Promise<boolean> {
    const holder = await this.#holder();
    if (holder === null) return true;
    if (await this.#lives(holder)) return false;
    const aside = `${this.#path}.${randomUUID()}`;
    if (!await rename(this.#path, aside).then(() => true, () => false)) return true;
    const moved = await readFile(aside, 'utf8').catch(() => null);
    if (moved !== null && moved !== holder) await linked(aside, this.#path);
    await rm(aside, { force: true });
    return true;
  }

  async #lives(holder: string): Promise<boolean> {
    const [, pid, startTicks] = /^(\d+) (\d+)$/.exec(holder) ?? [];
    return pid !== undefined && startTicks !== undefined && this.#proc.isAlive(Number(pid), Number(startTicks));
  }
}

/** False when it is there already. */
function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(() => true, (failed: NodeJS.ErrnoException) => { if (failed.code === 'EEXIST') return false; throw failed; });
}
