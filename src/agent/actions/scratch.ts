// Folders for what tools write on the way. Each belongs to one program, named by its pid and start time, so that the next start takes
// away what a killed one left and nothing of a living one.
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Proc } from '../processes/index.ts';
import type { Owner } from './limits/index.ts';

export class Scratch {
  readonly #root: string;
  readonly #owner: Owner;

  constructor(root: string, owner: Owner) {
    this.#root = root;
    this.#owner = owner;
  }

  async use<T>(work: (folder: string) => Promise<T>): Promise<T> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(this.#root, `${this.#owner.pid}-${this.#owner.startTicks}-`));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** How many folders of programs that are gone were taken away. */
  async clean(proc: Proc): Promise<number> {
    let cleaned = 0;
    for (const name of await readdir(this.#root).catch(() => [])) {
      const [, pid, startTicks] = /^(\d+)-(\d+)-/.exec(name) ?? [];
      if (pid === undefined || startTicks === undefined || await proc.isAlive(Number(pid), Number(startTicks))) continue;
      await rm(join(this.#root, name), { recursive: true, force: true });
      cleaned++;
    }
    return cleaned;
  }
}
