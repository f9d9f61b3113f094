// Where the rest of a file is after it was rotated while nobody had it open: the same inode under another name (rename), or a copy that begins with the
// same bytes (copytruncate). Only in its folder, only under a name that begins like its own. And which files had its name after it and lost it again.
import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as waitMs } from 'node:timers/promises';
import { headOf, isSame, noFingerprint, type Fingerprint } from './fingerprint.ts';
import { keyOf, openFile, type FileKey, type OpenFile } from './open-file.ts';

export interface Wanted { readonly path: string; readonly key: FileKey; readonly offset: number; readonly fingerprint: Fingerprint }
export interface Found extends OpenFile { readonly path: string; readonly mtimeMs: number }

const mostCandidates = 200;
const compressedForm = /\.(?:gz|bz2|xz|zst|lz4|zip|Z|tgz)$/;
export const isCompressed = (path: string): boolean => compressedForm.test(path);

/** `app.log` and `app-2026.log` begin like `app.log`. */
export const beginsLike = (name: string, original: string): boolean => name !== original && name.startsWith(/^[^.]+/.exec(original)?.[0] ?? original);

/** The same file under its name or another one; its handle is the caller's to close. */
export const renamedTo = (wanted: Wanted): Promise<Found | null> => whileStill(wanted.path, () => renamedNow(wanted), (found) => (found === null ? [] : [found]));

async function renamedNow(wanted: Wanted): Promise<Found | null> {
  for (const path of [wanted.path, ...await candidates(wanted.path)]) {
    const stat = await lstat(path, { bigint: true }).catch(() => null);
    if (stat === null || keyOf(stat) !== wanted.key) continue;
    const found = await opened(path, wanted);
    if (found !== null && found.key === wanted.key) return found;
    await found?.handle.close();
  }
  return null;
}

/** The newest copy that begins alike and reaches as far as the original was read. */
export const copiedTo = (wanted: Wanted, isKnown: (key: FileKey) => boolean): Promise<Found | null> => whileStill(wanted.path, () => copiedNow(wanted, isKnown), (found) => (found === null ? [] : [found]));

async function copiedNow(wanted: Wanted, isKnown: (key: FileKey) => boolean): Promise<Found | null> {
  if (wanted.fingerprint.bytes === 0) return null;
  let newest: Found | null = null;
  for (const path of await candidates(wanted.path)) {
    const found = await opened(path, wanted);
    if (found === null) continue;
    const isBetter = found.key !== wanted.key && !isKnown(found.key) && found.size >= wanted.offset && (newest === null || found.mtimeMs > newest.mtimeMs);
    await (isBetter ? newest : found)?.handle.close();
    if (isBetter) newest = found;
  }
  return newest;
}

/** What rotation makes of a name: `app.log.1`, `app.log-20261123`, `app.1.log`, `app-2026-11-23.log`, `app.log.old`; `app-errors.log` is another log. */
export function isRotationOf(name: string, original: string): boolean {
  const dot = original.lastIndexOf('.');
  const [stem, end] = dot > 0 ? [original.slice(0, dot), original.slice(dot)] : [original, ''];
  const added = name.startsWith(original) ? name.slice(original.length) : name.startsWith(stem) && name.endsWith(end) && name.length > stem.length + end.length ? name.slice(stem.length, name.length - end.length) : '';
  return /^[.\-_]?(?:\d[\d.\-_T:]{0,40}|old|bak|prev)$/.test(added);
}

export interface Between { /** Oldest first; their handles are the caller's to close. */ readonly found: readonly Found[]; /** Compressed since: nobody read them. */ readonly compressed: number }

/** Files that had the name of `path` and lost it again, written to after `sinceNs` (since the epoch). */
export const rotatedSince = (path: string, sinceNs: bigint, isKnown: (key: FileKey) => boolean): Promise<Between> => whileStill(path, () => rotatedNow(path, sinceNs, isKnown), ({ found }) => found);

async function rotatedNow(path: string, sinceNs: bigint, isKnown: (key: FileKey) => boolean): Promise<Between> {
  const [folder, original] = [dirname(path), basename(path)];
  const found: Found[] = [];
  let compressed = 0;
  for (const name of (await namesIn(folder)).filter((one) => isRotationOf(one.replace(compressedForm, ''), original)).toSorted().slice(0, mostCandidates)) {
    const stat = await lstat(join(folder, name), { bigint: true }).catch(() => null);
    if (stat === null || !stat.isFile() || isKnown(keyOf(stat)) || stat.mtimeNs < sinceNs) continue;
    // What the known one itself became has its time.
    if (isCompressed(name)) { if (stat.mtimeNs > sinceNs) compressed++; continue; }
    const file = await opened(join(folder, name), { fingerprint: noFingerprint });
    if (file !== null) found.push(file);
  }
  return { found: found.toSorted((a, b) => a.mtimeMs - b.mtimeMs || turnOf(b.path) - turnOf(a.path) || (a.path < b.path ? -1 : 1)), compressed };
}

/** A walk while names are moved may miss a file, or meet it twice: it is done again then. */
async function whileStill<T>(path: string, walk: () => Promise<T>, opened: (result: T) => readonly Found[]): Promise<T> {
  const changed = async (): Promise<bigint | null> => stat(dirname(path), { bigint: true }).then(({ mtimeNs }) => mtimeNs, () => null);
  for (let tries = 1; ; tries++) {
    const before = await changed();
    const result = await walk();
    if (tries === mostWalks || await changed() === before) return result;
    for (const { handle } of opened(result)) await handle.close();
    await waitMs(betweenWalksMs);
  }
}
const [mostWalks, betweenWalksMs] = [4, 20];

/** Clocks of file systems tick in milliseconds: of the same tick, the one that was shifted more often is older. */
const turnOf = (path: string): number => Number(/\.(\d{1,4})(?:\.[a-z]+)?$/.exec(path)?.[1] ?? 0);

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

async function candidates(path: string): Promise<string[]> {
  const [folder, original] = [dirname(path), basename(path)];
  const names = await namesIn(folder);
  return names.filter((name) => beginsLike(name, original) && !isCompressed(name)).toSorted().slice(0, mostCandidates).map((name) => join(folder, name));
}

/** Null when it cannot be read or begins otherwise. */
async function opened(path: string, { fingerprint }: Pick<Wanted, 'fingerprint'>): Promise<Found | null> {
  const file = await openFile(path).catch(() => null);
  if (file === null) return null;
  try {
    if (isSame(await headOf(file.handle), fingerprint)) return { ...file, path, mtimeMs: (await file.handle.stat()).mtimeMs };
  } catch { /* A file that cannot be read is not the one. */ }
  await file.handle.close();
  return null;
}
