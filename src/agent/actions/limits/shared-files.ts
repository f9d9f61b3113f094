// The book's files when several users write them: root at a terminal beside an agent of a user of its own. What root writes is given to whoever owns the
// folder, before it comes into its place: or the agent could no longer read its own book.
import { randomUUID } from 'node:crypto';
import { access, chown, constants, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failure, ok } from '../../../base/index.ts';
import { directoryFiles, type Files } from '../../ports/index.ts';

export function sharedFiles(directory: string): Pick<Files, 'read' | 'writeAtomically'> {
  return {
    read: (name) => directoryFiles(directory).read(name),
    async writeAtomically(name, bytes) {
      const path = join(directory, name);
      try {
        await replaced(path, bytes);
        return ok(undefined);
      } catch (failed) {
        return failure('agent.file_unwritable', `${path} cannot be written: ${(failed as Error).message}.`, 'Check free space and permissions of the data directory (WEIR_DATA).');
      }
    },
  };
}

async function replaced(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await givenToOwner(temporary);
    await rename(temporary, path);
  } catch (failed) {
    await rm(temporary, { force: true });
    throw failed;
  }
}

/** To the owner of its folder; only root can. */
export async function givenToOwner(path: string): Promise<void> {
  const folder = await stat(dirname(path));
  if (process.geteuid?.() === 0 && folder.uid !== 0) await chown(path, folder.uid, folder.gid);
}

/** Whether this user may write there; a folder that is not there counts as the one in which it would be made. */
export async function mayWrite(folder: string): Promise<boolean> {
  const refused = await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).then(() => null, (failed: NodeJS.ErrnoException) => failed.code ?? 'unknown');
  return refused === null || (refused === 'ENOENT' && dirname(folder) !== folder && mayWrite(dirname(folder)));
}
