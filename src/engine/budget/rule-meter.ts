// What one rule has cost lately, and whether it still runs. The pipeline asks `attention` before each visit: 0 is the usual case,
// run it and time one record in many; above 0 each visit is timed, that many times; below 0 it does not run.
import { RateWindow } from './rate-window.ts';
import type { Disabled, Held, RuleFacts } from './types.ts';

/** The first visits of a rule are timed one by one: nobody knows it yet. So are those after a slow one. */
const probationVisits = 32;
/** From this on a visit is slow. Two readings of the clock are less than a hundredth of it, so slow rules can be timed at each visit:
 *  what is only sampled is cheap, and few samples tell it well. */
const slowVisitMs = 0.02;
/** Further visits to time for each millisecond that was lost: their readings of the clock are less than a hundredth of it. */
const visitsPerSlowMs = 50;
const maxAttention = 10_000;
/** A watch that found less than this share of slow visits was a false alarm: a stall of the machine, not of the rule. */
const slowShare = 0.02;
/** After false alarms the next watch is shorter, down to this part. */
const leastWatch = 1 / 16;
/** A sampled visit longer than this is a stall or a rare giant, and does not stand for its neighbours with all of its length. */
const maxScaledMs = 0.05;

/** Values of `attention`: turned off for good; not run for the rest of this request, in which its records are masked wholesale. */
export const off = -1;
export const closed = -2;

export class RuleMeter {
  attention = probationVisits;
  facts: RuleFacts;
  readonly cpu = new RateWindow();
  readonly output = new RateWindow();
  /** Past its budget and still running, for it covers secrets: since when and why, and when it was so last (monotonic). */
  overBudget: Disabled | null = null;
  overBudgetMs = 0;
  #disabled: Disabled | null = null;
  /** Milliseconds in all, sampled and scaled. */
  cpuMs = 0;
  /** Measured or made something since it was judged last. */
  active = false;
  readonly #held: () => Held;
  #made = 0;
  /** Length of the next watch, as a part of the full one; and what the one under way has found. */
  #watchPart = 1;
  #watched = { visits: 0, slow: 0 };
  readonly #slice = new Slice();

  constructor(facts: RuleFacts, held: () => Held = () => ({ bytes: 0, groups: 0 })) {
    this.facts = facts;
    this.#held = held;
  }

  get disabled(): Disabled | null { return this.#disabled; }
  get isOff(): boolean { return this.#disabled !== null; }
  held(): Held { return this.#held(); }

  disable(disabled: Disabled): void {
    this.#disabled = disabled;
    this.attention = off;
  }

  /** One visit that stands for `weight` visits; gives the milliseconds that it counts for. */
  sampled(ms: number, weight: number, nowMs: number): number {
    const counted = Math.min(ms, maxScaledMs) * weight + Math.max(0, ms - maxScaledMs);
    this.spent(counted, nowMs);
    if (ms >= slowVisitMs) this.watch(ms);
    return counted;
  }

  /** One visit of many that are all timed. Gives what the rule has taken of this request. */
  exact(ms: number, request: number, nowMs: number): Slice {
    this.spent(ms, nowMs);
    this.#watched.visits++;
    if (ms >= slowVisitMs) this.#foundSlow(ms);
    else if (this.attention > 0 && --this.attention === 0) this.#endWatch();
    return this.#slice.add(ms, request);
  }

  /** Adds time, be it of visits or of the closing of windows. */
  spent(ms: number, nowMs: number): void {
    this.cpuMs += ms;
    this.cpu.add(ms, nowMs);
    this.active = true;
  }

  /** Times the next visits one by one, the more of them the longer the stall was. */
  watch(slowMs: number): void {
    if (this.attention >= 0) this.attention = Math.min(maxAttention, Math.max(this.attention, Math.ceil((probationVisits + slowMs * visitsPerSlowMs) * this.#watchPart)));
  }

  #foundSlow(ms: number): void {
    this.#watched.slow++;
    if (this.#watched.slow > 1) this.#watchPart = 1;
    this.watch(ms);
  }

  #endWatch(): void {
    const { visits, slow } = this.#watched;
    this.#watchPart = slow > 1 && slow >= visits * slowShare ? 1 : Math.max(leastWatch, this.#watchPart / 2);
    this.#watched = { visits: 0, slow: 0 };
  }

  /** Stops running it until `reopen`. */
  close(): void { this.attention = closed; }
  reopen(): void { if (this.attention === closed) this.attention = probationVisits; }

  /** A record that it handed on or a point that it made. */
  made(records: number): void {
    this.#made += records;
    this.active = true;
  }

  /** Puts what was made since the last call into the window; once a request is often enough. */
  noteMade(nowMs: number): void {
    if (this.#made > 0) this.output.add(this.#made, nowMs);
    this.#made = 0;
  }
}

/** What a rule has taken of one request. */
export class Slice {
  totalMs = 0;
  largestMs = 0;
  /** Thread time and slice when it became worth a look; NaN before. */
  cpuAtMs = Number.NaN;
  totalAtMs = 0;
  #request = -1;

  add(ms: number, request: number): this {
    if (request !== this.#request) this.restart(request);
    this.totalMs += ms;
    if (ms > this.largestMs) this.largestMs = ms;
    return this;
  }

  restart(request = this.#request): void {
    this.#request = request;
    this.totalMs = this.largestMs = this.totalAtMs = 0;
    this.cpuAtMs = Number.NaN;
  }
}
