// One trace instance of Weir's own: its rings, its clock and its filter are nobody else's. Format: kernel documentation, "ftrace", Instances.
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, ok, type Result } from '../../../../base/index.ts';
import { tell } from '../tracefs.ts';

/** Of each processor: about 2000 hits between two looks. */
const ringKilobytes = 128;
/** Of one processor at one look, so that a hot function does not hold the event loop. */
const mostPagesAtOnce = 40;

export class TraceInstance {
  readonly #root: string;
  readonly #path: string;
  readonly #name: string;
  #rings: { readonly descriptor: number; readonly stats: string }[] = [];
  #page = Buffer.alloc(0);
  #lost = 0;

  constructor(root: string, name: string) {
    this.#root = root;
    this.#name = name;
    this.#path = join(root, 'instances', name);
  }

  /** Small rings that keep what is old and count what is new when they are full; times of the monotonic clock. */
  async open(): Promise<Result<void>> {
    const made = await mkdir(this.#path).then(() => null, (error: NodeJS.ErrnoException) => error);
    if (made !== null) return failure('probe.kernel-refused', `A trace instance could not be made in ${join(this.#root, 'instances')}: ${made.message}.`, 'Run Weir as root; a kernel without CONFIG_TRACING instances cannot be used.');
    for (const [file, word] of [['buffer_size_kb', String(ringKilobytes)], ['trace_clock', 'mono'], ['options/overwrite', '0'], ['options/event-fork', '1'], ['options/record-tgid', '1'], ['tracing_on', '1']] as const) {
      const told = await this.tell(file, word);
      if (!told.ok) return told;
    }
    this.#page = Buffer.alloc(await pageBytes(this.#root));
    return this.#openRings();
  }

  async #openRings(): Promise<Result<void>> {
    try {
      for (const name of (await readdir(join(this.#path, 'per_cpu'))).filter((cpu) => cpu.startsWith('cpu'))) {
        const folder = join(this.#path, 'per_cpu', name);
        this.#rings.push({ descriptor: openSync(join(folder, 'trace_pipe_raw'), constants.O_RDONLY | constants.O_NONBLOCK), stats: join(folder, 'stats') });
      }
      return ok(undefined);
    } catch (error) {
      return failure('probe.kernel-refused', `The rings of the trace instance cannot be read: ${(error as Error).message}.`, 'Run Weir as root.');
    }
  }

  tell(file: string, text: string, how: 'write' | 'append' = 'write'): Promise<Result<void>> { return tell(this.#root, join('instances', this.#name, file), text, how); }
  text(file: string): Promise<string> { return readFile(join(this.#path, file), 'utf8').catch(() => ''); }

  /** Hands on each page that has something; it is reused, so what is to last has to be copied. False: there is more. */
  drain(take: (page: Buffer) => void): boolean {
    let isEmpty = true;
    for (const { descriptor } of this.#rings) {
      for (let pages = 0; ; pages++) {
        if (pages === mostPagesAtOnce) { isEmpty = false; break; }
        const bytes = readNow(descriptor, this.#page);
        if (bytes <= 0) break;
        take(this.#page.subarray(0, bytes));
      }
    }
    return isEmpty;
  }

  /** Events that found no room since it was last asked. */
  async lostSince(): Promise<number> {
    let all = 0;
    for (const { stats } of this.#rings) {
      const text = await readFile(stats, 'utf8').catch(() => '');
      for (const [, count] of text.matchAll(/^(?:overrun|commit overrun|dropped events): (\d+)$/gm)) all += Number(count);
    }
    const since = Math.max(0, all - this.#lost);
    this.#lost = Math.max(all, this.#lost);
    return since;
  }

  /** The instance stays; without this it cannot be removed. */
  close(): void {
    for (const { descriptor } of this.#rings.splice(0)) closeSync(descriptor);
  }
}

/** Nothing there yet is 0. */
function readNow(descriptor: number, page: Buffer): number {
  try { return readSync(descriptor, page); } catch { return 0; }
}

/** `field: char data; offset:16; size:4080;` */
async function pageBytes(root: string): Promise<number> {
  const data = /data;\toffset:(\d+);\tsize:(\d+);/.exec(await readFile(join(root, 'events/header_page'), 'utf8').catch(() => ''));
  return data === null ? 4096 : Number(data[1]) + Number(data[2]);
}

/** Disables all events of a group, takes their definitions and the instance away. True: nothing is left. Safe to repeat. */
export async function removeGroup(root: string, group: string, instance: string): Promise<boolean> {
  await tell(root, join('instances', instance, 'events', group, 'enable'), '0');
  for (const name of await definedIn(root, group)) await tell(root, 'uprobe_events', `-:${group}/${name}\n`, 'append');
  await rmdir(join(root, 'instances', instance)).catch(() => undefined);
  const instances: string[] = await readdir(join(root, 'instances')).catch(() => []);
  return (await definedIn(root, group)).length === 0 && !instances.includes(instance);
}

async function definedIn(root: string, group: string): Promise<string[]> {
  const listed = await readFile(join(root, 'uprobe_events'), 'utf8').catch(() => '');
  return listed.split('\n').map((line) => /^[pr]\d*:([^/\s]+)\/(\S+)/.exec(line)).filter((found) => found?.[1] === group).map((found) => found?.[2] ?? '');
}

/** Names of all groups and instances, Weir's and others'. */
export async function allNames(root: string): Promise<string[]> {
  const listed = await readFile(join(root, 'uprobe_events'), 'utf8').catch(() => '');
  const groups = [...listed.matchAll(/^[pr]\d*:([^/\s]+)\//gm)].map((found) => found[1] ?? '');
  return [...groups, ...await readdir(join(root, 'instances')).catch(() => [])];
}
