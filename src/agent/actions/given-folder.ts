// A folder that belongs to another user for a while: a JVM writes its dump there. What lies in it is that user's doing, links included, so nothing
// is opened by name that is not a plain file of that user, and before it is emptied it is taken back.
import { createReadStream, createWriteStream } from 'node:fs';
import { chown, constants, type FileHandle, mkdir, open, readdir, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { failure, ok, type Result } from '../../base/index.ts';

export interface Given {
  readonly folder: string;
  /** Copies a file out, for us alone to read; its size. Errors: `action.bad-output` for what is no plain file of that user, `action.too-large`. */
  take(name: string, to: string, maxBytes: number, signal: AbortSignal): Promise<Result<number>>;
}

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_DIRECTORY } = constants;
const deepest = 8;

export async function giveFolder<T>(folder: string, { uid, gid }: { readonly uid: number; readonly gid: number }, work: (given: Given) => Promise<T>): Promise<T> {
  await mkdir(folder, { mode: 0o700 });
  try {
    if (process.getuid?.() === 0 && uid !== 0) await chown(folder, uid, gid);
    return await work({ folder, take: (name, to, maxBytes, signal) => taken(join(folder, name), uid, to, maxBytes, signal) });
  } finally {
    // What cannot be taken away now is tried again at the next start.
    await takeBack(folder).catch(() => undefined);
  }
}

async function taken(path: string, uid: number, to: string, maxBytes: number, signal: AbortSignal): Promise<Result<number>> {
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((failed: NodeJS.ErrnoException) => failed);
  if (file instanceof Error) return notTaken(file.code === 'ENOENT' ? 'nothing was written' : file.code === 'ELOOP' ? 'a symbolic link stands in its place' : file.message);
  try {
    const found = await file.stat();
    if (!found.isFile()) return notTaken('it is no plain file');
    if (found.uid !== uid || found.nlink !== 1) return notTaken(`it belongs to user ${found.uid}${found.nlink === 1 ? '' : ', and has other names'}`);
    if (found.size > maxBytes) return failure('action.too-large', `The output has ${found.size} bytes; ${maxBytes} are allowed.`, 'Raise maxBytes.');
    // No more than was measured, should it grow meanwhile.
    if (found.size > 0) await pipeline(createReadStream('', { fd: file, autoClose: false, start: 0, end: found.size - 1 }), createWriteStream(to, { flags: 'wx', mode: 0o600 }), { signal });
    return ok(found.size);
  } finally {
    await file.close();
  }
}

const notTaken = (why: string): Result<never> => failure('action.bad-output', `What the process wrote was not taken: ${why}.`, 'In a container it writes into its own file system: run an agent inside. Otherwise look at what that user does there.');

/** Makes it ours again, and takes away all that is in it, following nothing. Its user cannot change it any more once it is ours. */
export async function takeBack(folder: string): Promise<void> {
  const handle = await open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    await emptied(handle, deepest);
  } finally {
    await handle.close();
  }
  await rmdir(folder);
}

async function emptied(folder: FileHandle, deeper: number): Promise<void> {
  if (process.getuid?.() === 0) await folder.chown(0, 0);
  await folder.chmod(0o700);
  const here = `/proc/self/fd/${folder.fd}`;
  for (const entry of await readdir(here, { withFileTypes: true })) {
    if (!entry.isDirectory() || deeper === 0) { await unlink(join(here, entry.name)); continue; }
    const inner = await open(join(here, entry.name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    try { await emptied(inner, deeper - 1); } finally { await inner.close(); }
    await rmdir(join(here, entry.name));
  }
}
