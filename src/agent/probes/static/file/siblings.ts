// Where the rest of a file is after it was rotated while nobody had it open: the same inode under another name (rename), or a copy that begins with the
// same bytes (copytruncate). Only in its folder, only under a name that begins like its own.
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { headOf, isSame, type Fingerprint } from './fingerprint.ts';
import { keyOf, openFile, type FileKey, type OpenFile } from './open-file.ts';

export interface Wanted { readonly path: string; readonly key: FileKey; readonly offset: number; readonly fingerprint: Fingerprint }
export interface Found extends OpenFile { readonly path: string; readonly mtimeMs: number }

const mostCandidates = 200;
const compressedForm = /\.(?:gz|bz2|xz|zst|lz4|zip|Z|tgz)$/;
export const isCompressed = (path: string): boolean => compressedForm.test(path);

/** `app.log` and `app-2026.log` begin like `app.log`. */
export const beginsLike = (name: string, original: string): boolean => name !== original && name.startsWith(/^[^.]+/.exec(original)?.[0] ?? original);

/** The same file under another name; its handle is the caller's to close. */
export async function renamedTo(wanted: Wanted): Promise<Found | null> {
  for (const path of await candidates(wanted.path)) {
    const stat = await lstat(path, { bigint: true }).catch(() => null);
    if (stat === null || keyOf(stat) !== wanted.key) continue;
    const found = await opened(path, wanted);
    if (found !== null && found.key === wanted.key) return found;
    await found?.handle.close();
  }
  return null;
}

/** The newest copy that begins alike and reaches as far as the original was read. */
export async function copiedTo(wanted: Wanted): Promise<Found | null> {
  if (wanted.fingerprint.bytes === 0) return null;
  let newest: Found | null = null;
  for (const path of await candidates(wanted.path)) {
    const found = await opened(path, wanted);
    if (found === null) continue;
    const isBetter = found.key !== wanted.key && found.size >= wanted.offset && (newest === null || found.mtimeMs > newest.mtimeMs);
    await (isBetter ? newest : found)?.handle.close();
    if (isBetter) newest = found;
  }
  return newest;
}

async function candidates(path: string): Promise<string[]> {
  const [folder, original] = [dirname(path), basename(path)];
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => beginsLike(name, original) && !isCompressed(name)).toSorted().slice(0, mostCandidates).map((name) => join(folder, name));
}

/** Null when it cannot be read or begins otherwise. */
async function opened(path: string, { fingerprint }: Wanted): Promise<Found | null> {
  const file = await openFile(path).catch(() => null);
  if (file === null) return null;
  try {
    if (isSame(await headOf(file.handle), fingerprint)) return { ...file, path, mtimeMs: (await file.handle.stat()).mtimeMs };
  } catch { /* A file that cannot be read is not the one. */ }
  await file.handle.close();
  return null;
}
