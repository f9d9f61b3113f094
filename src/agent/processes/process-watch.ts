// Notices when a process that is known (by its telemetry, or because somebody watches it) is gone. Why it went nobody tells us: only its
// parent is told the exit code.
import type { Proc } from './proc.ts';
import type { ServiceBook } from './service-book.ts';

export interface GoneProcess {
  readonly pid: number; readonly startTicks: number;
  /** Null: its telemetry named a service, and it was gone before anybody looked at it. */
  readonly name: string | null;
  readonly service: string | null;
  /** When it was noticed; it was there at `lastSeenUnixMs`. */
  readonly goneUnixMs: number; readonly lastSeenUnixMs: number;
}

interface Watched { readonly pid: number; readonly startTicks: number; name: string | null; readonly service: string | null; lastSeenUnixMs: number }

interface Options {
  readonly proc: Pick<Proc, 'stat' | 'pids'>;
  readonly services: Pick<ServiceBook, 'look' | 'all' | 'forget'>;
  readonly nowUnixMs: () => number;
  readonly onGone: (gone: GoneProcess) => void;
  readonly everyMs?: number;
}

const mostWatched = 2000;
/** Start times, which tell a pid's next user from the one before, are read at every so-many-th look; in between it is one listing. */
const deepEvery = 5;

export class ProcessWatch {
  readonly #options: Options;
  readonly #watched = new Map<number, Watched>();
  #timer: NodeJS.Timeout | null = null;
  #looks = 0;
  #looking = false;

  constructor(options: Options) { this.#options = options; }

  start(): void {
    this.#timer = setInterval(() => { void this.look(); }, this.#options.everyMs ?? 1000);
    this.#timer.unref();
  }

  stop(): void { if (this.#timer !== null) clearInterval(this.#timer); }

  watch({ pid, startTicks, name, service }: { readonly pid: number; readonly startTicks: number; readonly name: string | null; readonly service: string | null }): void {
    const known = this.#watched.get(pid);
    if (known?.startTicks === startTicks && known.service === service) return;
    if (known !== undefined && known.startTicks !== startTicks) this.#gone(known);
    if (known === undefined && this.#watched.size >= mostWatched) return;
    this.#watched.set(pid, { pid, startTicks, name: name ?? (known?.startTicks === startTicks ? known.name : null), service, lastSeenUnixMs: this.#options.nowUnixMs() });
  }

  /** One look at all of them; the timer calls it. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      await this.#options.services.look();
      for (const told of this.#options.services.all()) this.watch({ ...told, name: null });
      const deep = this.#looks++ % deepEvery === 0;
      const present = new Set(await this.#options.proc.pids());
      for (const watched of this.#watched.values()) await this.#check(watched, present, deep);
    } finally {
      this.#looking = false;
    }
  }

  async #check(watched: Watched, present: ReadonlySet<number>, deep: boolean): Promise<void> {
    if (!present.has(watched.pid)) { this.#gone(watched); return; }
    if (deep || watched.name === null) {
      const stat = await this.#options.proc.stat(watched.pid);
      if (stat === null || stat.startTicks !== watched.startTicks || stat.state === 'Z') { this.#gone(watched); return; }
      watched.name ??= stat.comm;
    }
    watched.lastSeenUnixMs = this.#options.nowUnixMs();
  }

  #gone({ pid, startTicks, name, service, lastSeenUnixMs }: Watched): void {
    this.#watched.delete(pid);
    this.#options.services.forget(pid);
    this.#options.onGone({ pid, startTicks, name, service, lastSeenUnixMs, goneUnixMs: this.#options.nowUnixMs() });
  }
}
