// Opens the file that was meant, and no other: whoever moves links meanwhile gets nothing read.
import { constants, open, readlink, type FileHandle } from 'node:fs/promises';

/** Device and inode. */
export type FileKey = string;
export const keyOf = ({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): FileKey => `${dev}:${ino}`;

export interface OpenFile { readonly handle: FileHandle; readonly key: FileKey; readonly size: number }

/** `real`: a path without links. Null: it is gone, no file, or led elsewhere. Rejects when it may not be read. */
export async function openFile(real: string): Promise<OpenFile | null> {
  const handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW).catch((failed: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ELOOP', 'ENOTDIR', 'ENXIO'].includes(failed.code ?? '')) return null;
    throw failed;
  });
  if (handle === null) return null;
  try {
    const stat = await handle.stat({ bigint: true });
    // The name may have been moved since it was opened; the descriptor is what counts, and it came from this very path.
    const opened = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => real);
    if (stat.isFile() && (opened === real || opened.startsWith(`${real} (deleted)`))) return { handle, key: keyOf(stat), size: Number(stat.size) };
  } catch (failed) {
    await handle.close();
    throw failed;
  }
  await handle.close();
  return null;
}
