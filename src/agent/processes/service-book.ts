// Which process is which service, as their telemetry says it: `service.name` beside `process.pid` in resource attributes. Believed
// only of this machine: another host's pid is somebody else here.
import { readFileSync } from 'node:fs';
import { parseStat } from './proc.ts';

export interface ToldProcess { readonly pid: number; readonly startTicks: number; readonly service: string; lastSeenUnixMs: number }

/** Attributes of a resource, as the caller reads them from the wire; null when absent. */
export interface ToldResource { readonly service: string | null; readonly pid: number | null; readonly hostName: string | null; readonly hostId: string | null; readonly containerId: string | null }

interface Options {
  /** Names and ids of this machine. */
  readonly hostNames: readonly string[];
  readonly nowUnixMs: () => number;
  /** Null when there is no such process; tests stand in for /proc. */
  readonly startTicksOf?: (pid: number) => number | null;
}

const mostProcesses = 2000;

export class ServiceBook {
  readonly #byPid = new Map<number, ToldProcess>();
  readonly #options: Options;
  readonly #startTicksOf: (pid: number) => number | null;

  constructor(options: Options) {
    this.#options = options;
    this.#startTicksOf = options.startTicksOf ?? startTicksNow;
  }

  /** Cheap for what is known; to be called for each resource that arrives. A pid inside a container is another one outside, so those
   *  with a container id are left to the process table, which reads the environment. */
  tell({ service, pid, hostName, hostId, containerId }: ToldResource): void {
    if (service === null || pid === null || containerId !== null || !this.#isHere(hostName) || !this.#isHere(hostId)) return;
    const known = this.#byPid.get(pid);
    if (known?.service === service) { known.lastSeenUnixMs = this.#options.nowUnixMs(); return; }
    const startTicks = this.#startTicksOf(pid);
    if (startTicks === null) return;
    this.#makeRoom();
    this.#byPid.set(pid, { pid, startTicks, service, lastSeenUnixMs: this.#options.nowUnixMs() });
  }

  serviceOf(pid: number, startTicks: number): string | null {
    const told = this.#byPid.get(pid);
    return told?.startTicks === startTicks ? told.service : null;
  }

  forget(pid: number): void { this.#byPid.delete(pid); }

  all(): readonly ToldProcess[] { return [...this.#byPid.values()]; }

  #isHere(host: string | null): boolean { return host === null || this.#options.hostNames.includes(host); }

  #makeRoom(): void {
    if (this.#byPid.size < mostProcesses) return;
    let oldest: ToldProcess | null = null;
    for (const told of this.#byPid.values()) if (oldest === null || told.lastSeenUnixMs < oldest.lastSeenUnixMs) oldest = told;
    if (oldest !== null) this.#byPid.delete(oldest.pid);
  }
}

function startTicksNow(pid: number): number | null {
  try { return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTicks ?? null; } catch { return null; }
}
