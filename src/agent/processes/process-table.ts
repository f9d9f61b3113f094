// The processes of this machine. What does not change while a program runs (runtime, user, container, service) is read once.
import { basename } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { AgentProcess, HiddenProcess } from '../../model/index.ts';
import { commandLine } from './arguments.ts';
import { containerOf } from './cgroup.ts';
import { kilobytes, type Proc, type ProcStat, ticksPerSecond, zeroSeparated } from './proc.ts';
import { runtimeOfMaps, runtimeOfProgram, runtimeVersion } from './runtime.ts';
import type { ServiceBook } from './service-book.ts';
import { serviceOfEnvironment, versionOfEnvironment } from './service-name.ts';

interface Options {
  readonly proc: Proc;
  /** Hides secrets; `key` is the name before a value. */
  readonly redact: (text: string, key?: string) => string;
  readonly services?: Pick<ServiceBook, 'told' | 'startOf' | 'look'>;
  readonly monotonicMs: () => number;
  /** Pids that are Weir's own besides this process. */
  readonly own?: () => ReadonlySet<number>;
}

interface Lasting extends Pick<AgentProcess, 'name' | 'command' | 'runtime' | 'runtimeVersion' | 'user' | 'container' | 'isWeir'> {
  readonly stamp: string;
  readonly ownService: string | null;
  readonly ownVersion: string | null;
}

const mostProcesses = 5000;
const mostHidden = 50;
/** At a time; each reads a handful of files. */
const batch = 16;

export class ProcessTable {
  readonly proc: Proc;
  readonly #options: Options;
  readonly #lasting = new Map<number, Lasting>();
  readonly #cpu = new Map<number, { readonly startTicks: number; readonly ticks: number; readonly atMs: number }>();
  #users: ReadonlyMap<string, string> = new Map();

  constructor(options: Options) {
    this.proc = options.proc;
    this.#options = options;
  }

  /** Kernel threads are left out. CPU shares are those since the last look. */
  async list(): Promise<{ readonly processes: AgentProcess[]; readonly hidden: number; /** The first of the hidden, and why. */ readonly hiddenProcesses?: readonly HiddenProcess[] }> {
    const pids = (await this.proc.pids()).slice(0, mostProcesses);
    await Promise.all([this.#readUsers(), this.#options.services?.look()]);
    const [processes, boot] = [[] as AgentProcess[], await this.#bootUnixMs()];
    const hidden: HiddenProcess[] = [];
    for (let from = 0; from < pids.length; from += batch) {
      const found = await Promise.all(pids.slice(from, from + batch).map((pid) => this.#look(pid, boot)));
      for (const one of found) {
        if (one === null) continue;
        if ('why' in one) hidden.push(one);
        else processes.push(one);
      }
    }
    this.#forgetAllBut(new Set(pids));
    return { processes, hidden: hidden.length, hiddenProcesses: hidden.slice(0, mostHidden) };
  }

  /** Null when there is none, or one that may not be looked into. */
  async look(pid: number): Promise<AgentProcess | null> {
    if (this.#users.size === 0) await this.#readUsers();
    await this.#options.services?.look();
    const found = await this.#look(pid, await this.#bootUnixMs());
    return found === null || 'why' in found ? null : found;
  }

  /** When the process began of which telemetry said that it is this service; null when it never did. */
  toldStart(pid: number, service: string): number | null { return this.#options.services?.startOf(pid, service) ?? null; }

  async #look(pid: number, bootUnixMs: number): Promise<AgentProcess | HiddenProcess | null> {
    const [stat, cmdline, exe, status] = await Promise.all([this.proc.stat(pid), this.proc.text(pid, 'cmdline', 65_536), this.proc.link(pid, 'exe'), this.proc.status(pid)]);
    if (stat === null || status === null || stat.state === 'Z' || stat.state === 'X' || (cmdline === '' && exe === null && (stat.parentPid === 2 || pid === 2))) return null;
    if (exe === null) return this.#hidden(stat, status);
    const { ownService, ownVersion, stamp: _, ...lasting } = await this.#lastingOf(pid, stat, cmdline ?? '', exe, status);
    const known = this.#options.services?.told(pid, stat.startTicks) ?? null;
    const told = ownService === null ? known : null;
    const version = ownVersion ?? (ownService === null || known?.service === ownService ? known?.version ?? null : null);
    return {
      ...lasting, pid, startTicks: stat.startTicks, parentPid: stat.parentPid, service: ownService ?? told?.service ?? null, ...(ownService !== null ? { serviceFrom: 'process' } : told !== null ? { serviceFrom: told.named ? 'telemetry' : 'hearsay' } : {}), ...(version !== null && { version }),
      startedUnixMs: bootUnixMs + stat.startTicks * 1000 / ticksPerSecond, rssBytes: kilobytes(status.get('VmRSS')) ?? 0, cpuShare: this.#cpuShare(stat),
    };
  }

  #hidden({ pid, comm }: ProcStat, status: ReadonlyMap<string, string>): HiddenProcess {
    const uid = status.get('Uid')?.split('\t')[0] ?? '';
    const [user, own] = [this.#users.get(uid) ?? uid, process.getuid?.()];
    const isOthers = own !== undefined && own !== 0 && String(own) !== uid;
    return { pid, name: comm, user, why: isOthers ? `It runs as ${user}, and this agent as ${this.#users.get(String(own)) ?? own}: run the agent as root, or as ${user}.` : 'The kernel does not let this agent look into it: the process protects itself, or the agent has no CAP_SYS_PTRACE.' };
  }

  /** A process may become another program under its old pid (exec), so the program and its arguments are part of the stamp. */
  async #lastingOf(pid: number, stat: ProcStat, cmdline: string, exe: string, status: ReadonlyMap<string, string>): Promise<Lasting> {
    const uid = status.get('Uid')?.split('\t')[0] ?? '';
    const stamp = `${stat.startTicks} ${uid} ${exe} ${cmdline}`;
    const known = this.#lasting.get(pid);
    if (known?.stamp === stamp) return known;
    const [environ, cgroup, byProgram] = [await this.proc.text(pid, 'environ'), await this.proc.text(pid, 'cgroup', 16_384), runtimeOfProgram(exe)];
    const runtime = byProgram ?? runtimeOfMaps(await this.proc.text(pid, 'maps') ?? '');
    const [words, environment] = [zeroSeparated(cmdline), zeroSeparated(environ ?? '')];
    const lasting: Lasting = {
      stamp, runtime, runtimeVersion: await runtimeVersion(runtime, exe, this.proc.path(pid, 'root')),
      name: runtime === 'native' ? stat.comm : basename(exe), command: commandLine(words, this.#options.redact) || `[${stat.comm}]`,
      user: this.#users.get(uid) ?? uid, container: containerOf(cgroup ?? ''), ownService: serviceOfEnvironment(environment), ownVersion: versionOfEnvironment(environment),
      isWeir: pid === process.pid || pid === supervisor() || this.#options.own?.().has(pid) === true || isWeirCommand(words),
    };
    this.#lasting.set(pid, lasting);
    return lasting;
  }

  #cpuShare({ pid, startTicks, cpuTicks }: ProcStat): number | null {
    const before = this.#cpu.get(pid);
    const atMs = this.#options.monotonicMs();
    if (before?.startTicks === startTicks && atMs - before.atMs < 200) return null;
    this.#cpu.set(pid, { startTicks, ticks: cpuTicks, atMs });
    return before?.startTicks === startTicks ? Math.max(0, (cpuTicks - before.ticks) / ticksPerSecond * 1000 / (atMs - before.atMs)) : null;
  }

  #forgetAllBut(pids: ReadonlySet<number>): void {
    for (const known of [this.#lasting, this.#cpu]) for (const pid of known.keys()) if (!pids.has(pid)) known.delete(pid);
  }

  async #bootUnixMs(): Promise<number> { return Number(/^btime (\d+)/m.exec(await this.proc.machine('stat') ?? '')?.[1] ?? 0) * 1000; }

  async #readUsers(): Promise<void> {
    const rows = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
    this.#users = new Map(rows.map(([name = '', , uid = '']) => [uid, name]));
  }
}

/** `weir up`, of which this is a part; however that was started. */
const supervisor = (): number | null => (process.env['WEIR_PARENT'] === '1' && process.connected ? process.ppid : null);

/** The program's door and its main file, wherever they are installed, and by a path from where it was started. */
const isWeirCommand = (words: readonly string[]): boolean => words.slice(0, 12).some((word) => /(^|\/)weir(\.mjs)?$/.test(word) || /(^|\/)(src|dist)\/cli\/main\.(ts|js|mjs)$/.test(word));
