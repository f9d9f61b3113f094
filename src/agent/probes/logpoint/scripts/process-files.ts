// Files as the observed process sees them: through /proc/PID/root, so that a container's are found. A script names its source map and its
// sources itself, and may be hostile: the agent may read more than the process may. So a path is walked folder by folder, links are followed by
// hand and never lead out of the root, and nothing is read that the process by its user and groups could not read itself.
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, readlink } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Proc } from '../../../processes/index.ts';
import { mayRead, maySearch, rightsOf, type ProcessRights } from './process-rights.ts';

const codeEndings = new Set(['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx', '.vue', '.svelte', '.map', '.coffee']);
const mostSteps = 200;
/** open(2): a name only; the one flag that opens folders that cannot be listed. */
const pathOnly = 0o10000000;

export type ReadCode = (path: string, mostBytes: number) => Promise<string | null>;

/** Null: not there, not code, too large, or not to be read by the process or by Weir. */
export function codeReader(proc: Proc, pid: number): ReadCode {
  return async (path, mostBytes) => {
    if (!path.startsWith('/') || !codeEndings.has(extname(path))) return null;
    const folders: FileHandle[] = [];
    try {
      const rights = await rightsOf(proc, pid);
      if (rights === null) return null;
      folders.push(await open(proc.path(pid, 'root'), pathOnly | constants.O_DIRECTORY));
      return await readBelow(folders, path, rights, mostBytes);
    } catch { return null; } finally { await Promise.all(folders.map((each) => each.close())); }
  };
}

/** `folders`: from the root to where it is; all are closed by the caller. */
async function readBelow(folders: FileHandle[], path: string, rights: ProcessRights, mostBytes: number): Promise<string | null> {
  const steps = path.split('/').reverse();
  for (let taken = 0; taken < mostSteps; taken++) {
    const step = steps.pop();
    if (step === undefined) return null;
    if (step === '' || step === '.') continue;
    if (step === '..') { if (folders.length > 1) await folders.pop()!.close(); continue; }
    const at = `/proc/self/fd/${folders.at(-1)!.fd}`;
    if (!maySearch(await folders.at(-1)!.stat(), rights)) return null;
    const next = await open(`${at}/${step}`, pathOnly | constants.O_NOFOLLOW);
    folders.push(next);
    const facts = await next.stat();
    if (facts.isDirectory()) continue;
    if (!facts.isSymbolicLink()) return steps.every((each) => each === '') ? await content(next, facts, rights, mostBytes) : null;
    await folders.pop()!.close();
    const target = await readlink(`${at}/${step}`);
    if (target.startsWith('/')) for (const each of folders.splice(1)) await each.close();
    steps.push(...target.split('/').reverse());
  }
  return null;
}

/** By the handle that was looked at, so that nothing else can take its place. */
async function content(handle: FileHandle, facts: Stats, rights: ProcessRights, mostBytes: number): Promise<string | null> {
  if (!facts.isFile() || facts.size > mostBytes || !mayRead(facts, rights)) return null;
  const file = await open(`/proc/self/fd/${handle.fd}`, constants.O_RDONLY | constants.O_NONBLOCK);
  try { return await file.readFile('utf8'); } finally { await file.close(); }
}

/** The path of a file URL, a path as it is, null for everything else. */
export function pathOf(url: string): string | null {
  if (url.startsWith('/')) return url;
  if (!url.startsWith('file://')) return null;
  try { return fileURLToPath(url); } catch { return null; }
}
