// Reads /proc, bounded. What may not be read, or is gone meanwhile, is null: both are everyday matters here. Formats: proc(5).
import { open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

const defaultMostBytes = 256 * 1024;

export class Proc {
  readonly root: string;
  constructor(root = '/proc') { this.root = root; }

  path(pid: number | 'self', name: string): string { return join(this.root, String(pid), name); }

  async pids(): Promise<number[]> {
    return (await readdir(this.root).catch(() => [])).filter((name) => /^[1-9]\d*$/.test(name)).map(Number);
  }

  /** At most `mostBytes` from the beginning. */
  async text(pid: number | 'self', name: string, mostBytes = defaultMostBytes): Promise<string | null> {
    return readBounded(this.path(pid, name), mostBytes);
  }

  /** A file of the machine, such as `meminfo`. */
  async machine(name: string): Promise<string | null> { return readBounded(join(this.root, name), defaultMostBytes); }

  async link(pid: number | 'self', name: string): Promise<string | null> { return readlink(this.path(pid, name)).catch(() => null); }

  async list(pid: number | 'self', name: string): Promise<string[] | null> { return readdir(this.path(pid, name)).catch(() => null); }

  async stat(pid: number | 'self'): Promise<ProcStat | null> { return parseStat(await this.text(pid, 'stat') ?? ''); }

  async status(pid: number | 'self'): Promise<ReadonlyMap<string, string> | null> {
    const text = await this.text(pid, 'status');
    return text === null ? null : colonFields(text);
  }

  /** Whether it is still the process that was meant. */
  async isAlive(pid: number, startTicks: number): Promise<boolean> {
    const stat = await this.stat(pid);
    return stat !== null && stat.startTicks === startTicks && stat.state !== 'Z' && stat.state !== 'X';
  }
}

/** Files of /proc say nothing of their size and give a page at a time. Null when it cannot be read. */
export async function readBounded(path: string, mostBytes: number): Promise<string | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const chunks: Buffer[] = [];
    for (let left = mostBytes; left > 0;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(left, 16_384)), 0, Math.min(left, 16_384), null);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      left -= bytesRead;
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

export interface ProcStat {
  readonly pid: number; readonly comm: string;
  /** R running, S sleeping, D disk, T stopped, t stopped by a tracer, Z zombie. */
  readonly state: string;
  readonly parentPid: number;
  /** User and system time, clock ticks. */
  readonly cpuTicks: number;
  /** Since boot; with the pid it names one process. */
  readonly startTicks: number;
}

/** Ticks in a second as /proc counts them: USER_HZ, the same on all common Linux machines. */
export const ticksPerSecond = 100;

/** The name, in parentheses, may hold anything: what follows is counted from the last closing one. */
export function parseStat(text: string): ProcStat | null {
  const [from, to] = [text.indexOf('('), text.lastIndexOf(')')];
  const fields = text.slice(to + 2).trimEnd().split(' ');
  if (from < 0 || to < from || fields.length < 20) return null;
  return {
    pid: Number(text.slice(0, from)), comm: text.slice(from + 1, to), state: fields[0] ?? '', parentPid: Number(fields[1]),
    cpuTicks: Number(fields[11]) + Number(fields[12]), startTicks: Number(fields[19]),
  };
}

/** `Name:\tvalue` lines, of status and meminfo. */
export function colonFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return fields;
}

/** `1234 kB` in bytes. */
export const kilobytes = (text: string | undefined): number | null => (text === undefined ? null : Number.parseInt(text, 10) * 1024);

/** Texts with zeros between them: cmdline, environ. */
export const zeroSeparated = (text: string): string[] => text.split('\0').filter((part, index, all) => part !== '' || index < all.length - 1);
