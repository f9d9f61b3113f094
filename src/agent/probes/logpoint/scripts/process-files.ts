// Files as the observed process sees them: through /proc/PID/root, so that a container's are found. A script names its source map and its
// sources itself, and may be hostile: only plain files with the ending of code or of a map are read, no link as the last step, bounded.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Proc } from '../../../processes/index.ts';

const codeEndings = new Set(['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx', '.vue', '.svelte', '.map', '.coffee']);

export type ReadCode = (path: string, mostBytes: number) => Promise<string | null>;

/** Null: not there, not code, too large, or not to be read by Weir. */
export function codeReader(proc: Proc, pid: number): ReadCode {
  return async (path, mostBytes) => {
    if (!path.startsWith('/') || !codeEndings.has(extname(path))) return null;
    try {
      const file = await open(proc.path(pid, `root${path}`), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      try {
        const facts = await file.stat();
        return facts.isFile() && facts.size <= mostBytes ? await file.readFile('utf8') : null;
      } finally { await file.close(); }
    } catch { return null; }
  };
}

/** The path of a file URL, a path as it is, null for everything else. */
export function pathOf(url: string): string | null {
  if (url.startsWith('/')) return url;
  if (!url.startsWith('file://')) return null;
  try { return fileURLToPath(url); } catch { return null; }
}
