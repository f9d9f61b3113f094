// Keeps every rule within its bounds, and all of them within the agent's ceiling: collects what visits cost, judges about ten
// times a second, and turns rules off. It decides; the pipeline takes the rules out, the agent tells and stores it.
import type { Clock } from '../../base/index.ts';
import { judgeCpuCeiling, judgeMemoryCeiling, judgeRule, type Moment } from './judge.ts';
import { RateWindow, shortSpan } from './rate-window.ts';
import type { RuleMeter, Slice } from './rule-meter.ts';
import { defaultCeiling, type AgentCeiling, type DisabledRule, type Verdict } from './types.ts';
import { pointsReason, sliceReason } from './words.ts';

export interface KeeperOptions {
  readonly clock: Clock;
  readonly ceiling?: AgentCeiling;
  /** CPU time of this thread, milliseconds; what it waited for a core is then held against no rule. */
  readonly threadCpuMs?: () => number;
  /** Resident bytes of this process. */
  readonly rssBytes?: () => number;
  /** False measures and enforces nothing but dates; for comparison. */
  readonly measure?: boolean;
}

const judgeEveryMs = 100;
/** What one rule may take of one request; a rule that covers secrets gets more, for its records are masked wholesale past it. */
export const sliceMs = 250;
export const protectingSliceMs = 1000;
/** From here on, the thread's own time is looked at. */
const sliceSuspectMs = 20;
/** A single visit may stall for this many slices before it counts against the rule. */
const singleVisitSlices = 4;
/** A chunk of records that took this long holds something slow. */
const slowChunkMs = 4;
/** A rule that stays on past its budget is said to be past it for this long after it was so last. */
const overBudgetMs = 2000;
/** Memory that a rule let go of is not gone at once. */
const memoryPatienceMs = 5000;

export class BudgetKeeper {
  readonly #options: KeeperOptions;
  readonly #ceiling: AgentCeiling;
  readonly measures: boolean;
  readonly #all = new RateWindow();
  readonly #thread = new RateWindow();
  #threadMs: number;
  #meters: readonly RuleMeter[] = [];
  #newlyOff: RuleMeter[] = [];
  /** How many rules were turned off so far. */
  offs = 0;
  #closed: RuleMeter[] = [];
  #request = 0;
  #overheadMs = 0;
  #judgedMs = Number.NEGATIVE_INFINITY;
  #memoryEndedMs = Number.NEGATIVE_INFINITY;
  /** Of the chunk that is under way. */
  #chunkStartMs = 0;
  #explainedMs = 0;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#ceiling = options.ceiling ?? defaultCeiling;
    this.measures = options.measure !== false;
    this.#threadMs = options.threadCpuMs?.() ?? 0;
    this.calibrate();
  }

  /** The rules that run from now on. One whose date has passed ends before it sees a record. */
  watch(meters: readonly RuleMeter[]): void {
    this.#meters = meters;
    if (!this.measures) for (const meter of meters) if (!meter.isOff) meter.attention = 0;
    this.judge();
  }

  /** What reading the clock costs by itself; it is taken off each timed visit. Once a second is often enough. */
  calibrate(): void {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 5; i++) { const start = this.start(); least = Math.min(least, this.start() - start); }
    this.#overheadMs = least;
  }

  begin(): void {
    this.#request++;
    if (this.#closed.length === 0) return;
    for (const meter of this.#closed) meter.reopen();
    this.#closed = [];
  }

  start(): number { return this.#options.clock.monotonicMs(); }

  /** A picked record, which stands for `weight`. */
  sampled(meter: RuleMeter, startMs: number, weight: number): void {
    const nowMs = this.start();
    this.#all.add(meter.sampled(this.#since(startMs, nowMs), weight, nowMs), nowMs);
  }

  /** A visit of a rule that is timed visit by visit; past its slice the rule is cut off within the request. */
  exact(meter: RuleMeter, startMs: number): void {
    const nowMs = this.start();
    const ms = this.#since(startMs, nowMs);
    this.#explainedMs += ms;
    this.#all.add(ms, nowMs);
    const slice = meter.exact(ms, this.#request, nowMs);
    if (slice.totalMs > sliceSuspectMs) this.#judgeSlice(meter, slice);
  }

  #since(startMs: number, nowMs: number): number { return Math.max(0, nowMs - startMs - this.#overheadMs); }

  /** Time that a rule took between requests, and the points that it made of a window of `windowMs`. */
  closedWindow(meter: RuleMeter, startMs: number, points: number, windowMs: number): void {
    const nowMs = this.start();
    const ms = this.#since(startMs, nowMs);
    meter.spent(ms, nowMs);
    this.#all.add(ms, nowMs);
    const bound = meter.facts.bounds.outputPerSecond;
    if (bound !== null && points * 1000 > bound * windowMs && !meter.isOff && this.#meters.includes(meter)) this.#apply(meter, { kind: 'output', reason: pointsReason(points, windowMs, bound) });
  }

  chunkStarts(): void {
    this.#chunkStartMs = this.start();
    this.#explainedMs = 0;
  }

  /** Between chunks of records: a slow one makes its rules be watched, and judgement does not wait for the end of a long request. */
  chunkEnds(rules: readonly { readonly meter: RuleMeter }[]): void {
    const nowMs = this.start();
    const lostMs = nowMs - this.#chunkStartMs - this.#explainedMs;
    if (lostMs >= slowChunkMs) for (const { meter } of rules) meter.watch(lostMs / rules.length);
    this.#chunkStartMs = nowMs;
    this.#explainedMs = 0;
    if (nowMs - this.#judgedMs >= judgeEveryMs) this.judge();
  }

  /** Rules that were turned off since the last call. */
  takeNewlyOff(): readonly DisabledRule[] {
    const ended = this.#newlyOff.map(({ facts: { id, version, deployment }, disabled }) => ({ id, version, deployment, disabled: disabled! }));
    this.#newlyOff = [];
    return ended;
  }

  /** Applies dates, budgets and the ceiling as of now. */
  judge(): void {
    const nowMs = this.start();
    this.#judgedMs = nowMs;
    const moment = { nowMs, nowUnixMs: this.#unixMs(), ran: this.#ran(nowMs) };
    for (const meter of this.#meters) if (!meter.isOff) this.#judgeOne(meter, moment);
    if (!this.measures) return;
    for (const { meter, verdict } of judgeCpuCeiling(this.#meters, this.#ceiling, moment)) this.#apply(meter, verdict);
    this.#judgeMemory(nowMs);
  }

  #judgeOne(meter: RuleMeter, moment: Moment): void {
    meter.noteMade(moment.nowMs);
    const verdict = judgeRule(meter, moment);
    meter.active = false;
    if (verdict !== null && (this.measures || verdict.kind === 'expired')) this.#apply(meter, verdict);
    else if (moment.nowMs - meter.overBudgetMs >= overBudgetMs) meter.overBudget = null;
  }

  #judgeMemory(nowMs: number): void {
    if (nowMs - this.#memoryEndedMs < memoryPatienceMs) return;
    const ended = judgeMemoryCeiling(this.#meters, this.#options.rssBytes?.() ?? 0, this.#ceiling);
    if (ended === null) return;
    this.#memoryEndedMs = nowMs;
    this.#apply(ended.meter, ended.verdict);
  }

  /** Rules cannot have used more than the thread did: the rest of what was measured is waiting for a core. */
  #ran(nowMs: number): number {
    const threadMs = this.#options.threadCpuMs?.();
    if (threadMs === undefined) return 1;
    this.#thread.add(threadMs - this.#threadMs, nowMs);
    this.#threadMs = threadMs;
    const measured = this.#all.lately(nowMs, shortSpan).sum;
    return measured === 0 ? 1 : Math.min(1, this.#thread.lately(nowMs, shortSpan).sum / measured);
  }

  #judgeSlice(meter: RuleMeter, slice: Slice): void {
    const threadMs = this.#options.threadCpuMs?.() ?? null;
    if (Number.isNaN(slice.cpuAtMs)) { slice.cpuAtMs = threadMs ?? 0; slice.totalAtMs = slice.totalMs; }
    const limit = meter.facts.protects ? protectingSliceMs : sliceMs;
    if (slice.totalMs - slice.largestMs <= limit && slice.totalMs <= limit * singleVisitSlices) return;
    const sinceMark = slice.totalMs - slice.totalAtMs;
    if (sinceMark === 0) return;
    if (threadMs !== null && threadMs - slice.cpuAtMs < sinceMark / 2) { slice.restart(); return; }
    this.#cut(meter, { kind: 'cpu', reason: sliceReason(slice.totalMs, limit) });
  }

  #cut(meter: RuleMeter, verdict: Verdict): void {
    this.#apply(meter, verdict);
    if (meter.isOff) return;
    meter.close();
    this.#closed.push(meter);
  }

  #apply(meter: RuleMeter, { kind, reason }: Verdict): void {
    const disabled = { kind, reason, atUnixMs: this.#unixMs() };
    if (meter.facts.protects && kind !== 'expired') {
      meter.overBudget ??= disabled;
      meter.overBudgetMs = this.start();
      return;
    }
    meter.disable(disabled);
    this.offs++;
    this.#newlyOff.push(meter);
  }

  #unixMs(): number { return Number(this.#options.clock.nowUnixNano() / 1_000_000n); }
}
