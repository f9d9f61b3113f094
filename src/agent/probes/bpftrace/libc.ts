// The C library that a process uses, as a path that bpftrace can open: within its container through /proc; without a process this machine's own.
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Proc } from '../../processes/index.ts';

const isLibc = (path: string): boolean => /\/(?:libc\.so\.6|libc-2\.\d+\.so|ld-musl-[\w-]+\.so\.1|libc\.musl-[\w-]+\.so\.1)$/.test(path);

export async function libcOf(proc: Proc, pid: number | null): Promise<string | null> {
  const maps = await proc.text(pid ?? 'self', 'maps', 4 * 1024 * 1024) ?? '';
  const mapped = [...maps.matchAll(/ (\/.*)$/gm)].map(([, path]) => path ?? '').find(isLibc);
  if (mapped !== undefined) return pid === null ? mapped : `${proc.path(pid, 'root')}${mapped}`;
  return pid === null ? installed() : null;
}

async function installed(): Promise<string | null> {
  for (const folder of ['/lib64', '/usr/lib64', '/usr/lib', ...(await readdir('/lib').catch(() => [])).filter((name) => name.endsWith('-linux-gnu')).map((name) => join('/lib', name))]) {
    const path = join(folder, 'libc.so.6');
    if (await access(path).then(() => true, () => false)) return path;
  }
  return null;
}
