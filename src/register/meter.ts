// What the first pass costs, as a share of one core: every sixteenth record is timed and stands for all. Judged once a second; three
// seconds past the bound in a row turn rules off, so that a pause of the process that falls into a timed record does not. What the
// thread waited for a core is held against no rule. Redaction is not measured here: it may not turn itself off.
import { performance } from 'node:perf_hooks';

const every = 16;
const judgeEveryMs = 1000;
const strikes = 3;

/** Of this thread so far: time that it did not wait for events, and CPU time; null when that is not known. */
export interface Usage { readonly activeMs: number; readonly cpuMs: number | null }

interface Ports { readonly nowMs: () => number; readonly usage: () => Usage }

export class Meter {
  readonly #ports: Ports;
  readonly #bound: number;
  #records = 0;
  #spentMs = 0;
  #sinceMs: number;
  #before: Usage;
  #broken = 0;
  /** Of the last full second. */
  share = 0;

  constructor(bound: number, ports: Ports) {
    this.#bound = bound;
    this.#ports = ports;
    this.#sinceMs = ports.nowMs();
    this.#before = ports.usage();
  }

  /** When this record's work begins, or NaN when it is not timed. */
  begin(): number { return (this.#records++ & (every - 1)) === 0 ? this.#ports.nowMs() : Number.NaN; }

  /** `began` is what `begin` gave. */
  end(began: number): void { if (began === began) this.#spentMs += (this.#ports.nowMs() - began) * every; }

  /** To be asked often: true when the bound was broken in each of the last three seconds. */
  judge(): boolean {
    const nowMs = this.#ports.nowMs();
    const elapsedMs = nowMs - this.#sinceMs;
    if (elapsedMs < judgeEveryMs) return false;
    this.share = (this.#spentMs * this.#running()) / elapsedMs;
    this.#spentMs = 0;
    this.#sinceMs = nowMs;
    this.#broken = this.share > this.#bound ? this.#broken + 1 : 0;
    return this.#broken >= strikes;
  }

  /** The part of its active time in which the thread had a core. */
  #running(): number {
    const [before, now] = [this.#before, this.#ports.usage()];
    this.#before = now;
    const activeMs = now.activeMs - before.activeMs;
    return now.cpuMs === null || before.cpuMs === null || !(activeMs > 0) ? 1 : Math.min(1, (now.cpuMs - before.cpuMs) / activeMs);
  }
}

/** Node tells a thread's CPU time from 23.9 on. */
export const threadUsage = (): Usage => {
  const { user, system } = process.threadCpuUsage?.() ?? { user: Number.NaN, system: 0 };
  return { activeMs: performance.eventLoopUtilization().active, cpuMs: Number.isNaN(user) ? null : (user + system) / 1000 };
};
