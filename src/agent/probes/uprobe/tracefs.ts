// Where the kernel's tracing files are; mounted at their usual place when they are not and this machine's owner does not forbid it; and the
// words for a kernel or a right that lacks something. Format: kernel documentation, "ftrace" and "Uprobe-tracer".
import { access, constants, readFile, appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, ok, type Result } from '../../../base/index.ts';
import { lastWords, Rights, type Tools } from '../../actions/tools/index.ts';
import type { Proc } from '../../processes/index.ts';

export interface TracefsPorts {
  readonly tools: Tools;
  readonly proc: Proc;
  /** `mountTracefs` of actions-policy.json. */
  readonly mayMount: () => Promise<boolean>;
}

const usualPlace = '/sys/kernel/tracing';

/** The folder of the tracing files, ready for uprobes; mounts it when it must and may. Errors: `probe.no-kernel-support`, `probe.no-permission`, `probe.not-allowed`, `action.missing-tool`. */
export async function openTracefs(ports: TracefsPorts): Promise<Result<string>> {
  const there = await mountedAt(ports.proc);
  if (there !== null) return usable(there);
  const may = await mayBeMounted(ports);
  if (!may.ok) return may;
  const mounted = await ports.tools.run('mount', ['-t', 'tracefs', 'tracefs', usualPlace], { signal: AbortSignal.timeout(10_000), timeoutMs: 10_000 });
  if (!mounted.ok) return mounted;
  if (mounted.value.code !== 0) return failure('probe.no-permission', `tracefs could not be mounted at ${usualPlace}: ${lastWords(mounted.value)}`, `Mount it as root on the machine itself: mount -t tracefs tracefs ${usualPlace}. A container needs it mounted from its host.`);
  return usable(usualPlace);
}

/** The same without mounting anything: `willMount` says that an insert would. */
export async function lookAtTracefs(ports: TracefsPorts): Promise<Result<{ readonly root: string; readonly willMount: boolean }>> {
  const there = await mountedAt(ports.proc);
  if (there === null) {
    const may = await mayBeMounted(ports);
    return may.ok ? ok({ root: usualPlace, willMount: true }) : may;
  }
  const root = await usable(there);
  return root.ok ? ok({ root: there, willMount: false }) : root;
}

/** Octal escapes: proc(5). */
async function mountedAt(proc: Proc): Promise<string | null> {
  for (const line of (await proc.text('self', 'mountinfo', 1024 * 1024) ?? '').split('\n')) {
    const [before, after] = line.split(' - ');
    const [, , , root, place] = (before ?? '').split(' ');
    if (after?.startsWith('tracefs ') === true && root === '/' && place !== undefined) return place.replaceAll(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
  }
  return null;
}

async function mayBeMounted({ proc, mayMount }: TracefsPorts): Promise<Result<void>> {
  if (!/\ttracefs$/m.test(await proc.machine('filesystems') ?? '')) return failure('probe.no-kernel-support', 'This kernel has no tracefs (CONFIG_TRACING), so it cannot trace user-space functions.', 'Use a kernel with CONFIG_UPROBE_EVENTS=y, as those of the distributions have it.');
  if (!await mayMount()) return failure('probe.not-allowed', 'tracefs is not mounted, and mountTracefs in actions-policy.json of this machine forbids Weir to mount it.', `Mount it as root: mount -t tracefs tracefs ${usualPlace}`);
  if (!await new Rights(proc).has('CAP_SYS_ADMIN')) return failure('probe.no-permission', 'tracefs is not mounted, and mounting it needs CAP_SYS_ADMIN, which Weir does not have.', `Mount it as root: mount -t tracefs tracefs ${usualPlace}; then run Weir as root.`);
  return ok(undefined);
}

async function usable(root: string): Promise<Result<string>> {
  const failed = await access(join(root, 'uprobe_events'), constants.R_OK | constants.W_OK).then(() => null, (error: NodeJS.ErrnoException) => error);
  if (failed === null) return ok(root);
  if (failed.code === 'ENOENT') return failure('probe.no-kernel-support', 'This kernel was built without CONFIG_UPROBE_EVENTS: it has tracing, but not of user-space functions.', 'Use a kernel with CONFIG_UPROBE_EVENTS=y, as those of the distributions have it.');
  if (await isLockedDown()) return lockedDown();
  return failure('probe.no-permission', `${join(root, 'uprobe_events')} may not be written: ${failed.message}.`, 'Run Weir as root. In a container: mount the tracing files of the host read-write and run it privileged, with the pid namespace of the host.');
}

const isLockedDown = async (): Promise<boolean> => (await readFile('/sys/kernel/security/lockdown', 'utf8').catch(() => '')).includes('[confidentiality]');
const lockedDown = (): Result<never> => failure('probe.no-permission', 'The kernel is locked down (confidentiality): nobody may trace, not even root.', 'See /sys/kernel/security/lockdown; it is chosen at boot (lockdown= on the kernel command line, or secure boot).');

/** Writes a word into one of the kernel's files. Errors: `probe.kernel-refused`, with the kernel's reason. */
export async function tell(root: string, file: string, text: string, how: 'write' | 'append' = 'write'): Promise<Result<void>> {
  const put = how === 'append' ? appendFile : writeFile;
  const failed = await put(join(root, file), text).then(() => null, (error: NodeJS.ErrnoException) => error);
  if (failed === null) return ok(undefined);
  if (await isLockedDown()) return lockedDown();
  return failure('probe.kernel-refused', `The kernel refused to write ${file}: ${failed.message}.`, 'Other tracing tools may hold it, or a right is missing: run Weir as root.');
}

/** What the kernel last complained of, in its own words; empty when it said nothing. */
export async function lastComplaint(root: string): Promise<string> {
  const log = await readFile(join(root, 'error_log'), 'utf8').catch(() => '');
  return [...log.matchAll(/error: (.+)/g)].at(-1)?.[1]?.slice(0, 300) ?? '';
}
