// Folders for what tools write on the way. Each belongs to one program, named by its pid and start time, so that the next start takes
// away what a killed one left and nothing of a living one.
import { chmod, lstat, mkdir, mkdtemp, readdir, rm, rmdir, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Proc } from '../processes/index.ts';
import { giveFolder, takeBack, type Given } from './given-folder.ts';
import type { Owner } from './limits/index.ts';

export class Scratch {
  readonly #root: string;
  readonly #owner: Owner;
  readonly #outside: string;

  constructor(root: string, owner: Owner, outside = tmpdir()) {
    this.#root = root;
    this.#owner = owner;
    this.#outside = outside;
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

  /** A folder where another user's process may write, which cannot get at the data folder: below a folder of ours in the machine's temporary one,
   *  so that its user can neither move it nor put a link in its place. */
  async useGiven<T>(to: { readonly uid: number; readonly gid: number }, work: (given: Given) => Promise<T>): Promise<T> {
    const outer = await mkdtemp(join(this.#outside, `${outsidePrefix}${this.#owner.pid}-${this.#owner.startTicks}-`));
    try {
      await chmod(outer, 0o711);
      return await giveFolder(join(outer, 'given'), to, work);
    } finally {
      await rmdir(outer).catch(() => undefined);
    }
  }

  /** Bytes free where `useGiven` writes, and whether what is copied from there to the scratch folder's own file system needs its room twice. */
  async givenRoom(): Promise<{ readonly freeBytes: number; readonly isShared: boolean }> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const [{ bavail, bsize }, here, there] = [await statfs(this.#outside), await lstat(this.#root), await lstat(this.#outside)];
    return { freeBytes: bavail * bsize, isShared: here.dev === there.dev };
  }

  /** How many folders of programs that are gone were taken away. */
  async clean(proc: Proc): Promise<number> {
    const [inside, outside] = [await leftIn(proc, this.#root, ''), await leftIn(proc, this.#outside, outsidePrefix)];
    for (const folder of inside) await rm(folder, { recursive: true, force: true });
    for (const folder of outside) {
      await takeBack(join(folder, 'given')).catch(() => undefined);
      await rmdir(folder).catch(() => undefined);
    }
    return inside.length + outside.length;
  }
}

const outsidePrefix = 'weir-scratch-';

async function leftIn(proc: Proc, root: string, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of (await readdir(root).catch(() => [])).filter((one) => one.startsWith(prefix))) {
    const [, pid, startTicks] = /^(\d+)-(\d+)-/.exec(name.slice(prefix.length)) ?? [];
    if (pid === undefined || startTicks === undefined || await proc.isAlive(Number(pid), Number(startTicks))) continue;
    if (await isOurs(join(root, name))) found.push(join(root, name));
  }
  return found;
}

/** Anybody may make a folder of that name where all may write. */
const isOurs = (path: string): Promise<boolean> => lstat(path).then((found) => found.isDirectory() && found.uid === process.getuid?.(), () => false);
