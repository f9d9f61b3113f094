// A probe in one process (or in the machine): inserted, paused when it outruns its rate or its share of the CPU, back by itself, and taken out.
// What is done to the mechanism is done one after the other.
import { type Clock, type Failure, type Result } from '../../../base/index.ts';
import type { ActionProblem, AgentProcess, ProbeEnd, ProbeLimits, ProbePlace, ProbeState } from '../../../model/index.ts';
import type { CodePoint, Hit, HitSink, Inserted, InsertAsk, Leftover, ProbeMechanism } from '../contract.ts';
import { noAnswer, notUndone } from '../not-undone.ts';
import { CpuBound } from './cpu-bound.ts';
import { HitCounts } from './hit-counts.ts';
import type { Unseen } from './measures.ts';
import type { Json } from './redact-values.ts';
import { TrueRate } from './true-rate.ts';

/** What became of hits: those that made a record or a point, and those that the rate kept back. */
export interface Taken { readonly emitted: number; readonly overRate: number; readonly latest: readonly { readonly unixMs: number; readonly values: Record<string, Json>; readonly stack?: readonly string[] }[] }

export interface PlacePorts {
  readonly clock: Clock;
  readonly limits: ProbeLimits;
  readonly take: (place: GovernedPlace, hits: readonly Hit[]) => Taken;
  /** Words for people: they may quote the process. */
  readonly words: (text: string) => string;
  /** `isNews`: more than a count. */
  readonly changed: (isNews: boolean) => void;
  /** On disk before anything is left in the process. */
  readonly note: (place: string, left: Leftover) => Promise<Result<void>>;
  /** Nothing is left of it. */
  readonly settle: (place: string) => Promise<void>;
}

/** Of the rate: as long as it takes the bucket to fill. */
const ratePauseMs = 1000;
/** A mechanism that hangs, since its process stands still, holds nobody up longer. */
const mostRemoveMs = 5000;
const removeTries = 3;
const retryMs = 200;
/** Of a stretch, spent on hits. */
const saturated = 0.1;

export class GovernedPlace {
  readonly key: string;
  readonly process: AgentProcess | null;
  readonly #ports: PlacePorts;
  readonly #abort = new AbortController();
  readonly #cpu: CpuBound;
  readonly #rate: TrueRate;
  readonly #counts = new HitCounts();
  #inserted: Inserted | null = null;
  #state: ProbeState = 'inserting';
  #end: ProbeEnd | null = null;
  #why: ActionProblem | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #ending: Promise<boolean> | null = null;
  #pauses = 0;
  #pausedUntilMs: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #wasIn = false;
  /** It was refused, and what it had put in could not be taken out: what it noted stays noted. */
  #isHalfIn = false;
  /** Why it did not get in, told when it was to end already. */
  #late: ActionProblem | null = null;
  #unseen: Unseen = { lost: 0, missed: 0 };
  /** While it is out for a moment: since when that was not counted. */
  #outFromMs: number | null = null;
  /** Since it went in or came back. */
  #stretch = { fromMs: 0, costMs: 0 };

  constructor(key: string, process: AgentProcess | null, ports: PlacePorts) {
    this.key = key;
    this.process = process;
    this.#ports = ports;
    const now = ports.clock.monotonicMs();
    this.#cpu = new CpuBound(ports.limits.maxCpuShare, now);
    this.#rate = new TrueRate(now);
  }

  get state(): ProbeState { return this.#state; }
  get end(): ProbeEnd | null { return this.#end; }
  get why(): ActionProblem | null { return this.#why; }
  get code(): CodePoint | null { return this.#inserted?.code ?? null; }
  get means(): string { return this.#inserted?.means ?? ''; }
  get isLive(): boolean { return this.#end === null; }
  /** It was in the process at some time. */
  get wasIn(): boolean { return this.#wasIn; }
  get counts(): Pick<HitCounts, 'hits' | 'emitted' | 'suppressed'> { return this.#counts; }

  /** Since it was last asked. */
  unseen(): Unseen {
    this.#countOut();
    const unseen = this.#unseen;
    this.#unseen = { lost: 0, missed: 0 };
    return unseen;
  }

  /** Resolves when it is in, or will never be. */
  insert(mechanism: ProbeMechanism, spec: InsertAsk['spec']): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#ending !== null) return;
      const ask = { key: this.key, spec, process: this.process, signal: this.#abort.signal, mostMs: this.#ports.limits.expiresAfterMs };
      const inserted = await mechanism.insert(ask, this.#sink(), (left) => this.#ports.note(this.key, left)).catch(thrown);
      if (!inserted.ok) { await this.#refused(inserted.error); return; }
      this.#inserted = inserted.value;
      this.#wasIn = true;
      this.#entered();
      if (this.#ending === null) this.#is('active');
    });
  }

  /** True: nothing is left behind. Whoever calls again gets the same answer. */
  remove(end: ProbeEnd, why: ActionProblem | null = null): Promise<boolean> {
    return this.#ending ??= this.#remove(end, why);
  }

  report(): ProbePlace {
    const { process } = this;
    const now = this.#now();
    const costMs = this.#costMs();
    return {
      process: process === null ? null : { pid: process.pid, startTicks: process.startTicks, name: process.name, service: process.service }, state: this.#state, why: this.#why,
      means: this.means, resolved: this.#inserted?.resolved ?? null, ...this.#counts.report(),
      trueRate: this.#rate.perSecond(now), costUs: costMs === null ? null : costMs * 1000, cpuShare: costMs === null ? null : this.#cpu.share(now),
      pauses: this.#pauses, pausedUntilUnixMs: this.#pausedUntilMs === null ? null : this.#unixMs() + Math.max(0, this.#pausedUntilMs - now),
    };
  }

  #sink(): HitSink {
    return {
      take: (hits, costMs) => { this.#take(hits, costMs); },
      lost: (count) => { this.#counts.lost(count); this.#unseen = { ...this.#unseen, lost: this.#unseen.lost + count }; this.#rate.hit(count, this.#now()); this.#spend(count, undefined); this.#check(0); this.#ports.changed(false); },
      ended: (end, why) => { void this.remove(end, why === null ? null : this.#told(why)); },
    };
  }

  #told(error: Failure): ActionProblem {
    const { words } = this.#ports;
    return problemOf({ ...error, message: words(error.message), ...(error.help === undefined ? {} : { help: words(error.help) }) });
  }

  /** A place that is passed without a hit (its condition is false) costs, too: then `hits` is empty. */
  #take(hits: readonly Hit[], costMs: number | undefined): void {
    this.#rate.hit(hits.length, this.#now());
    this.#spend(hits.length, costMs);
    // What was hit before it was out is told even when it comes late; after that a hit is seen, and makes nothing.
    const taken = this.isLive && hits.length > 0 ? this.#ports.take(this, hits) : { emitted: 0, overRate: 0, latest: [] };
    if (hits.length > 0) this.#counts.took(hits.length, taken, this.#unixMs());
    this.#check(taken.overRate);
    this.#ports.changed(false);
  }

  #spend(hits: number, costMs: number | undefined): void {
    if (costMs !== undefined && hits > 0) this.#counts.measured(hits, costMs);
    const cost = costMs ?? (this.#costMs() ?? 0) * hits;
    this.#stretch.costMs += cost;
    if (cost > 0) this.#cpu.add(cost, this.#now());
  }

  /** What one hit costs: measured, else as the mechanism expects; null when nobody knows. */
  #costMs(): number | null { return this.#counts.measuredMs ?? this.#inserted?.expectedCostMs ?? null; }

  #check(overRate: number): void {
    if (this.#state !== 'active') return;
    const now = this.#now();
    if (this.#cpu.isOver(now)) this.#pause(this.#cpu.msUntilPaid(now));
    else if (this.#counts.isOverRate(overRate, this.#ports.limits.maxPerSecond, now)) this.#pause(ratePauseMs);
  }

  #pause(forMs: number): void {
    this.#pauses++;
    this.#wakeIn(forMs);
    this.#is('paused');
    void this.#inTurn(async () => {
      await this.#inserted?.pause().catch(() => undefined);
      this.#left();
      const now = this.#now();
      const owedMs = this.#cpu.msUntilPaid(now);
      if (this.#state === 'paused' && this.#ending === null && this.#pausedUntilMs !== null && owedMs > this.#pausedUntilMs - now) { this.#wakeIn(owedMs); this.#ports.changed(false); }
    });
  }

  #entered(): void {
    const now = this.#now();
    this.#countOut();
    this.#outFromMs = null;
    this.#stretch = { fromMs: now, costMs: 0 };
    this.#rate.entered(now);
  }

  /** A process that did little but hits lost the whole stretch: what it could not do, and code that V8 had to take back, is in no measurement. */
  #left(): void {
    const now = this.#now();
    const { fromMs, costMs } = this.#stretch;
    this.#rate.isSaturated = costMs > (now - fromMs) * saturated;
    if (this.#rate.isSaturated) this.#cpu.add(Math.max(0, now - fromMs - costMs), now);
    this.#rate.left(now);
    this.#outFromMs = now;
  }

  /** What was not seen while it was out, as far as the rate tells. */
  #countOut(): void {
    if (this.#outFromMs === null) return;
    const now = this.#now();
    const { lost, missed } = this.#unseen;
    const rate = this.#rate.perSecond(now);
    this.#unseen = { lost, missed: rate === null || missed === null ? null : missed + rate * (now - this.#outFromMs) / 1000 };
    this.#outFromMs = now;
  }

  #wakeIn(forMs: number): void {
    this.#pausedUntilMs = this.#now() + forMs;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#wake(); }, forMs);
  }

  /** Hits on the way out cost, too: it stays out until they are paid. */
  #wake(): void {
    const owedMs = this.#cpu.msUntilPaid(this.#now());
    if (owedMs > 1) { this.#wakeIn(owedMs); this.#ports.changed(false); return; }
    void this.#inTurn(async () => {
      if (this.#ending !== null || this.#inserted === null) return;
      const resumed = await this.#inserted.resume().catch(thrown);
      if (this.#isOver()) return;
      if (!resumed.ok) { void this.remove('fault', this.#told(resumed.error)); return; }
      this.#pausedUntilMs = null;
      this.#entered();
      this.#is('active');
    });
  }

  /** A person may have ended it while the mechanism was at work. */
  #isOver(): boolean { return this.#ending !== null; }

  async #refused(error: Failure): Promise<void> {
    this.#isHalfIn = error.code === notUndone;
    this.#wasIn = this.#isHalfIn;
    if (this.#isOver()) { this.#late = this.#told(error); return; }
    this.#end = this.#isHalfIn ? 'fault' : 'refused';
    this.#why = this.#told(error);
    this.#ending = Promise.resolve(!this.#isHalfIn);
    if (!this.#isHalfIn) await this.#ports.settle(this.key);
    this.#is(this.#isHalfIn ? 'failed' : 'refused');
  }

  async #remove(end: ProbeEnd, why: ActionProblem | null): Promise<boolean> {
    this.#abort.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    const isClean = await this.#inTurn(() => this.#takenOut());
    this.#pausedUntilMs = null;
    this.#countOut();
    this.#outFromMs = null;
    this.#rate.left(this.#now());
    // Nobody took it away from a process that it never reached.
    const isRefused = isClean && this.#late?.code === noAnswer;
    this.#end = isRefused ? 'refused' : end;
    this.#why = isRefused ? this.#late : isClean ? why : this.#late ?? notRemoved(this.process);
    if (isClean) await this.#ports.settle(this.key);
    this.#is(isRefused ? 'refused' : isClean && end !== 'fault' ? 'ended' : 'failed');
    return isClean;
  }

  async #takenOut(): Promise<boolean> {
    const inserted = this.#inserted;
    if (inserted === null) return !this.#isHalfIn;
    for (let tried = 0; tried < removeTries; tried++) {
      if (tried > 0) await waitMs(retryMs);
      if (await within(mostRemoveMs, inserted.remove().catch(() => false))) return true;
    }
    return false;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  #is(state: ProbeState): void {
    this.#state = state;
    this.#ports.changed(true);
  }

  #now(): number { return this.#ports.clock.monotonicMs(); }
  #unixMs(): number { return Number(this.#ports.clock.nowUnixNano() / 1_000_000n); }
}

const thrown = (error: unknown): Result<never> => ({ ok: false, error: { code: 'probe.failed', message: `It failed: ${error instanceof Error ? error.message : String(error)}.`, help: 'Try again; the process may have ended or closed the connection.' } });
const waitMs = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

async function within(ms: number, work: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => { timer = setTimeout(() => { resolve(false); }, ms); });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const notRemoved = (process: AgentProcess | null): ActionProblem => ({
  code: 'probe.not-removed', message: `The probe could not be taken out of ${process === null ? 'the machine' : `process ${process.pid}`}.`, help: 'It makes nothing any more. Weir tries again, also at its next start; ending the process removes it for certain.',
});

/** A failure as reports have it, within their bounds. */
export const problemOf = ({ code, message, help }: Failure): ActionProblem => ({ code: code.slice(0, 64), message: message.slice(0, 2000), ...(help === undefined ? {} : { help: help.slice(0, 2000) }) });
