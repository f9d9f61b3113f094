// Finds the very file that a process runs (its container's, or one that was replaced since), holds it open while it is looked at, and names it
// to the kernel by descriptor: no name, however odd, is ever parsed.
import { constants, open, stat, type FileHandle } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import { nearestOf, readElf, type ElfFile } from './elf/index.ts';
import type { Proc } from '../../processes/index.ts';

export interface Binary {
  /** As people know it; in a container: as the container sees it. */
  readonly shown: string;
  readonly elf: ElfFile;
  /** Words without blanks or colons that the kernel resolves to the file while it is open. */
  readonly forKernel: string;
  /** For tools that are started. */
  readonly forTools: string;
  close(): Promise<void>;
}
interface Mapped { readonly path: string; readonly range: string }

const mostMapped = 500;

/** Errors: `probe.bad-binary`, `probe.not-mapped`, `probe.no-permission`, `probe.process-gone`. */
export async function openBinary(proc: Proc, path: string, pid: number | null): Promise<Result<Binary>> {
  if (pid === null) return isAbsolute(path) ? opened(path, path) : bad(`${path} is not an absolute path.`, 'Write the whole path of the program or library, or choose a process.');
  const mapped = await mappedBy(proc, pid);
  if (!mapped.ok) return mapped;
  const found = mapped.value.find((file) => file.path === path || (!path.includes('/') && basename(file.path) === path)) ?? await sameFile(proc, pid, mapped.value, path);
  if (found !== null) return opened(proc.path(pid, `map_files/${found.range}`), found.path);
  const near = nearestOf(path, mapped.value.map((file) => file.path));
  return failure('probe.not-mapped', `Process ${pid} does not run ${path}: a probe there would never be hit.`, near.length === 0 ? 'Choose the program itself or one of its libraries.' : `It has: ${near.join(', ')}.`);
}

/** The program first, then its libraries, each once. */
export async function binariesOf(proc: Proc, pid: number): Promise<Result<string[]>> {
  const mapped = await mappedBy(proc, pid);
  if (!mapped.ok) return mapped;
  const program = await proc.link(pid, 'exe');
  return ok(mapped.value.map(({ path }) => path).toSorted((a, b) => Number(b === program) - Number(a === program)));
}

/** Format: proc(5), maps; map_files has the same addresses without zeros before them. */
async function mappedBy(proc: Proc, pid: number): Promise<Result<Mapped[]>> {
  const text = await proc.text(pid, 'maps', 8 * 1024 * 1024);
  if (text === null) return await proc.stat(pid) === null
    ? failure('probe.process-gone', `There is no process ${pid}.`, 'Choose one that runs.')
    : failure('probe.no-permission', `The memory map of process ${pid} may not be read.`, 'Run Weir as root, or give it CAP_SYS_PTRACE.');
  const found = new Map<string, Mapped>();
  for (const [, from, to, path] of text.matchAll(/^0*([0-9a-f]+)-0*([0-9a-f]+) ..x. \S+ \S+ [1-9]\d*\s+(\/.*)$/gm)) {
    if (path !== undefined && !found.has(path) && found.size < mostMapped) found.set(path, { path: path.replaceAll('\\012', '\n'), range: `${from}-${to}` });
  }
  return ok([...found.values()]);
}

/** By another name: /lib/x may be a link to /usr/lib/x. */
async function sameFile(proc: Proc, pid: number, mapped: readonly Mapped[], path: string): Promise<Mapped | null> {
  if (!isAbsolute(path)) return null;
  const wanted = await identity(`${proc.path(pid, 'root')}${path}`);
  if (wanted === null) return null;
  for (const file of mapped) if (await identity(proc.path(pid, `map_files/${file.range}`)) === wanted) return file;
  return null;
}

const identity = (path: string): Promise<string | null> => stat(path, { bigint: true }).then(({ dev, ino }) => `${dev}:${ino}`, () => null);

async function opened(path: string, shown: string): Promise<Result<Binary>> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => error);
  if (file instanceof Error) return file.code === 'EACCES' || file.code === 'EPERM'
    ? failure('probe.no-permission', `${shown} may not be read: ${file.message}.`, 'Run Weir as root.')
    : bad(`${shown} cannot be opened: ${file.message}.`, 'Check the path; of a process in a container write the path as the container sees it.');
  const elf = await elfOf(file, shown);
  if (!elf.ok) { await file.close(); return elf; }
  const clean = path === shown && /^[\w./+-]+$/.test(path);
  return ok({ shown, elf: elf.value, forKernel: clean ? path : `/proc/self/fd/${file.fd}`, forTools: `/proc/${process.pid}/fd/${file.fd}`, close: () => file.close() });
}

async function elfOf(file: FileHandle, shown: string): Promise<Result<ElfFile>> {
  if (!(await file.stat()).isFile()) return bad(`${shown} is not a file.`, 'Name the program or shared library itself.');
  try { return await readElf(file, shown); } catch (error) { return bad(`${shown} cannot be read as a program: ${(error as Error).message}.`, 'Name the program or shared library itself.'); }
}

const bad = (message: string, help: string): Result<never, Failure> => failure('probe.bad-binary', message, help);
