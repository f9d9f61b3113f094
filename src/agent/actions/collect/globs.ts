// Which files may be read: those that an allow-list of this machine names. What was asked for chooses among them, and a symbolic link
// counts as the file that it leads to, which must be on the list as well.
import { glob, realpath, stat } from 'node:fs/promises';
import { matchesGlob, join, normalize } from 'node:path';

export interface Chosen { /** `real`: where links lead. */ readonly files: readonly { readonly path: string; readonly real: string }[]; readonly skipped: readonly { readonly path: string; readonly why: string }[] }

const mostFiles = 2000;

/** `asked`: all of the list when left out. `cwd`: null when nothing says where relative paths begin. */
export async function chooseFiles(allowed: readonly string[], asked: readonly string[] | undefined, cwd: string | null): Promise<Chosen> {
  const list = allowed.flatMap((pattern) => withFolder(pattern, cwd));
  const wanted = asked?.flatMap((pattern) => withFolder(pattern, cwd)) ?? list;
  const files = new Map<string, string>();
  const skipped = new Map<string, string>();
  for (const pattern of wanted) {
    const paths = await matches(pattern);
    if (asked !== undefined && paths.length === 0) skipped.set(pattern, 'no such file, or it may not be read');
    for (const path of paths) {
      if (files.has(path) || files.size >= mostFiles) continue;
      const found = await fileAt(path, list);
      if (found !== null && 'real' in found) files.set(path, found.real);
      else if (found !== null) skipped.set(path, found.why);
    }
  }
  return { files: [...files].map(([path, real]) => ({ path, real })).toSorted((a, b) => (a.path < b.path ? -1 : 1)), skipped: [...skipped].slice(0, 200).map(([path, why]) => ({ path, why })) };
}

function withFolder(pattern: string, cwd: string | null): string[] {
  if (pattern.startsWith('{cwd}')) return cwd === null ? [] : [normalize(cwd + pattern.slice(5))];
  return pattern.startsWith('/') ? [normalize(pattern)] : cwd === null ? [] : [normalize(join(cwd, pattern))];
}

async function matches(pattern: string): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const path of glob(pattern)) {
      found.push(path);
      if (found.length >= mostFiles) break;
    }
  } catch { /* a folder that may not be read has nothing to give */ }
  return found;
}

/** Null for what is no file. */
async function fileAt(path: string, list: readonly string[]): Promise<{ readonly real: string } | { readonly why: string } | null> {
  const onList = (one: string): boolean => list.some((pattern) => matchesGlob(one, pattern));
  if (!onList(path)) return { why: 'not on the list of this machine (actions-policy.json)' };
  try {
    const real = await realpath(path);
    if (real !== path && !onList(real)) return { why: `leads to ${real}, which is not on the list of this machine` };
    return (await stat(real)).isFile() ? { real } : null;
  } catch (failed) {
    return { why: `cannot be read (${(failed as NodeJS.ErrnoException).code ?? 'unknown'})` };
  }
}
