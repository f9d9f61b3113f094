// One static probe: started, told of, stopped; tried again when something outside of it kept it from starting.
import type { Clock } from '../../../base/index.ts';
import type { ActionProblem, ProbeEnd, ProbeReport, ProbeRequest } from '../../../model/index.ts';
import { problemOf } from '../governed/index.ts';
import type { StaticProbe } from '../contract.ts';

export class StaticRun {
  readonly request: ProbeRequest;
  readonly #probe: StaticProbe;
  readonly #clock: Clock;
  #standing: { readonly means: string; readonly resolved: string | null } | null = null;
  #why: ActionProblem | null = null;
  #ended: { readonly end: ProbeEnd; readonly atUnixMs: number; readonly why: ActionProblem | null } | null = null;
  #starting: Promise<boolean> | null = null;
  #wasTold = '';

  constructor(request: ProbeRequest, probe: StaticProbe, clock: Clock) {
    this.request = request;
    this.#probe = probe;
    this.#clock = clock;
  }

  get id(): string { return this.request.id; }
  get why(): ActionProblem | null { return this.#why; }
  get isRunning(): boolean { return this.#standing !== null; }

  /** False: it could not, and `why` says what is missing. */
  start(): Promise<boolean> {
    return this.#starting ??= this.#start().finally(() => { this.#starting = null; });
  }

  async #start(): Promise<boolean> {
    if (this.#ended !== null || this.#standing !== null) return this.#standing !== null;
    const started = await this.#probe.start();
    this.#why = started.ok ? null : problemOf(started.error);
    this.#standing = started.ok ? started.value : null;
    return started.ok;
  }

  async stop(end: ProbeEnd, why: ActionProblem | null = null): Promise<void> {
    await this.#starting;
    if (this.#standing !== null) await this.#probe.stop();
    this.#ended ??= { end, atUnixMs: this.#unixMs(), why };
  }

  /** After `stop`, when the exporters are done. */
  async settle(): Promise<void> { if (this.#standing !== null) await this.#probe.settle(); }

  /** Whether there is something to tell since the last time that this was asked. */
  hasNews(): boolean {
    const { records, dropped, problem, standing, waiting } = this.#probe.figures();
    const now = JSON.stringify([records, dropped, problem, standing, waiting, this.#why, this.#ended, this.isRunning]);
    const isNews = now !== this.#wasTold;
    this.#wasTold = now;
    return isNews;
  }

  report(): ProbeReport {
    const { id, name, what, target, limits, owner, reason, createdUnixMs } = this.request;
    const { records, dropped, problem, lastUnixMs, standing } = this.#probe.figures();
    const counts = { hits: records + dropped, emitted: records, suppressed: dropped };
    const why = this.#ended?.why ?? this.#why ?? problem;
    return {
      id, name, what, target, limits, owner, reason, createdUnixMs, state: this.#state(), end: this.#ended?.end ?? null, why, expiresUnixMs: null, endedUnixMs: this.#ended?.atUnixMs ?? null,
      ...counts, notes: standing === '' ? [] : [standing.slice(0, 500)],
      places: [{ process: null, state: this.#state(), why, means: this.#standing?.means ?? '', resolved: this.#standing?.resolved ?? null, ...counts, trueRate: null, costUs: null, cpuShare: null, pauses: 0, pausedUntilUnixMs: null, firstHitUnixMs: null, lastHitUnixMs: lastUnixMs, latest: [] }],
    };
  }

  #state(): ProbeReport['state'] {
    if (this.#ended !== null) return this.#ended.end === 'refused' ? 'refused' : 'ended';
    if (this.#standing === null) return this.#why === null ? 'inserting' : 'failed';
    return this.#probe.figures().waiting ? 'paused' : 'active';
  }

  #unixMs(): number { return Number(this.#clock.nowUnixNano() / 1_000_000n); }
}
