// One static probe: started, told of, stopped; tried again when something outside of it kept it from starting.
import type { Clock } from '../../../base/index.ts';
import type { ActionProblem, ProbeEnd, ProbePlace, ProbeReport, ProbeRequest } from '../../../model/index.ts';
import { problemOf, type ValueRedactor } from '../governed/index.ts';
import type { LatestLine, StaticPorts, StaticProbe } from '../contract.ts';
import { KeptCounts, type StaticCounts } from './static-counts.ts';

/** Of one value that is shown. */
const mostShown = 300;

export interface RunPorts { readonly clock: Clock; readonly redact: Pick<ValueRedactor, 'values'>; readonly positions: StaticPorts['positions'] }

export class StaticRun {
  readonly request: ProbeRequest;
  readonly #probe: StaticProbe;
  readonly #ports: RunPorts;
  readonly #counts: KeptCounts;
  #standing: { readonly means: string; readonly resolved: string | null } | null = null;
  #why: ActionProblem | null = null;
  #ended: { readonly end: ProbeEnd; readonly atUnixMs: number; readonly why: ActionProblem | null } | null = null;
  #starting: Promise<boolean> | null = null;
  #wasTold = '';
  #firstUnixMs: number | null = null;
  #shown: { readonly of: readonly LatestLine[]; readonly latest: ProbePlace['latest'] } = { of: [], latest: [] };

  constructor(request: ProbeRequest, probe: StaticProbe, ports: RunPorts) {
    this.request = request;
    this.#probe = probe;
    this.#ports = ports;
    this.#counts = new KeptCounts(ports.positions);
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
    await this.#counts.read();
    const started = await this.#probe.start();
    this.#why = started.ok ? null : problemOf(started.error);
    this.#standing = started.ok ? started.value : null;
    return started.ok;
  }

  async stop(end: ProbeEnd, why: ActionProblem | null = null): Promise<void> {
    await this.#starting;
    if (this.#standing !== null) {
      await this.#probe.stop();
      await this.#keep(true);
    }
    this.#ended ??= { end, atUnixMs: this.#unixMs(), why };
  }

  /** After `stop`, when the exporters are done. */
  async settle(): Promise<void> { if (this.#standing !== null) await this.#probe.settle(); }

  /** Its counts, beside its position. */
  #keep(isLast: boolean): Promise<void> { return this.#counts.keep(this.#total(), this.#ports.clock.monotonicMs(), isLast); }

  #total(): StaticCounts {
    const figures = this.#probe.figures();
    this.#firstUnixMs ??= figures.lastUnixMs;
    const total = this.#counts.total(figures);
    return { ...total, firstUnixMs: this.#counts.before.firstUnixMs ?? this.#firstUnixMs };
  }

  /** Whether there is something to tell since the last time that this was asked. */
  hasNews(): boolean {
    const { records, dropped, problem, standing, waiting } = this.#probe.figures();
    const now = JSON.stringify([records, dropped, problem, standing, waiting, this.#why, this.#ended, this.isRunning]);
    const isNews = now !== this.#wasTold;
    this.#wasTold = now;
    if (isNews && this.isRunning) void this.#keep(false);
    return isNews;
  }

  report(): ProbeReport {
    const { id, name, what, target, limits, owner, reason, createdUnixMs } = this.request;
    const { problem, standing, latest } = this.#probe.figures();
    const { records, dropped, firstUnixMs, lastUnixMs } = this.#total();
    const counts = { hits: records + dropped, emitted: records, suppressed: dropped };
    const why = this.#ended?.why ?? this.#why ?? problem;
    return {
      id, name, what, target, limits, owner, reason, createdUnixMs, state: this.#state(), end: this.#ended?.end ?? null, why, expiresUnixMs: null, endedUnixMs: this.#ended?.atUnixMs ?? null,
      ...counts, notes: standing === '' ? [] : [standing.slice(0, 500)],
      places: [{ process: null, state: this.#state(), why, means: this.#standing?.means ?? '', resolved: this.#standing?.resolved ?? null, ...counts, trueRate: null, costUs: null, cpuShare: null, pauses: 0, pausedUntilUnixMs: null, firstHitUnixMs: firstUnixMs, lastHitUnixMs: lastUnixMs, latest: this.#redacted(latest) }],
    };
  }

  /** Redacted first, then cut to what is shown; once for each set of lines. */
  #redacted(latest: readonly LatestLine[]): ProbePlace['latest'] {
    if (latest !== this.#shown.of) this.#shown = { of: latest, latest: latest.map(({ unixMs, values }) => ({ unixMs, values: Object.fromEntries(Object.entries(this.#ports.redact.values(values)).map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, mostShown) : value])) })) };
    return this.#shown.latest;
  }

  #state(): ProbeReport['state'] {
    if (this.#ended !== null) return this.#ended.end === 'refused' ? 'refused' : 'ended';
    if (this.#standing === null) return this.#why === null ? 'inserting' : 'failed';
    return this.#probe.figures().waiting ? 'paused' : 'active';
  }

  #unixMs(): number { return Number(this.#ports.clock.nowUnixNano() / 1_000_000n); }
}
