// How often a rule may start actions: so many per sliding time, and a least pause between two of a kind. It can be written down and taken
// up again: neither a restart nor a new version of the rule resets it, and what cannot be read counts as used up.
import { durationWords } from './duration-words.ts';

export interface LimitBounds { readonly actions: number; readonly perNanos: bigint; readonly cooldownNanos: bigint }

/** Plain JSON; Unix nanoseconds as decimal text. `unknownAt`: then it was found that nobody knows what had been started. */
export interface LimitsState { readonly starts: readonly string[]; readonly last: Readonly<Record<string, string>>; readonly unknownAt?: string }
/** `readyUnixMs`: action to when it may start again. */
export interface LimitFigures { readonly usedInWindow: number; readonly ofWindow: number; readonly windowMs: number; readonly cooldownMs: number; readonly readyUnixMs: Readonly<Record<string, number>> }

/** Null where it was taken up from what another process wrote: `#before` has the last of each kind. */
interface Start { readonly action: string | null; readonly at: bigint }

/** Of one rule within its time, whatever its document says. */
const mostStarts = 10_000;
/** More than there are actions. */
const mostActions = 64;

export class ActionLimits {
  readonly #bounds: LimitBounds;
  /** Oldest first. */
  #starts: Start[] = [];
  /** The last start by kind, of those that `#starts` does not name. */
  readonly #before = new Map<string, bigint>();
  #unknownAt: bigint | null = null;
  #now = 0n;

  constructor(bounds: LimitBounds) { this.#bounds = { ...bounds, actions: Math.min(bounds.actions, mostStarts) }; }

  /** Null when the action may start, and then it counts as started; else why not. Time never goes back. */
  start(action: string, unixNano: bigint): string | null {
    const now = this.#reach(unixNano);
    const why = this.#refusal(action, now);
    if (why === null) this.#starts.push({ action, at: now });
    return why;
  }

  /** It was let start at that time, and then was not started. */
  giveBack(action: string, unixNano: bigint): void {
    const at = this.#starts.findLastIndex((one) => one.action === action && one.at >= unixNano);
    if (at >= 0) this.#starts.splice(at, 1);
  }

  #refusal(action: string, now: bigint): string | null {
    const { actions, perNanos, cooldownNanos } = this.#bounds;
    const unknown = this.#unknownNanos(now);
    if (unknown <= 0n) this.#unknownAt = null;
    else return `nobody knows what it had started, for what was written down of its limits cannot be read; it may start actions again in ${durationWords(unknown)}`;
    if (this.#used(now) >= actions) return `the limit of ${actions} actions per ${durationWords(perNanos)} is used up`;
    const last = this.lastStart(action);
    if (last !== null && now - last < cooldownNanos) return `in cooldown for another ${durationWords(cooldownNanos - (now - last))}`;
    return null;
  }

  /** For so long it may start nothing, whatever it started before. */
  #unknownNanos(now: bigint): bigint {
    if (this.#unknownAt === null) return 0n;
    const { perNanos, cooldownNanos } = this.#bounds;
    return this.#unknownAt + (perNanos > cooldownNanos ? perNanos : cooldownNanos) - now;
  }

  #used(now: bigint): number {
    let gone = 0;
    for (; gone < this.#starts.length && now - this.#starts[gone]!.at >= this.#bounds.perNanos; gone++) this.#goes(this.#starts[gone]!);
    if (gone > 0) this.#starts.splice(0, gone);
    return this.#starts.length;
  }

  #goes({ action, at }: Start): void { if (action !== null) this.#noteLast(action, at); }
  #noteLast(action: string, at: bigint): void { if (at >= (this.#before.get(action) ?? 0n)) this.#before.set(action, at); }

  #reach(unixNano: bigint): bigint {
    if (unixNano > this.#now) this.#now = unixNano;
    return this.#now;
  }

  /** When an action of this kind last started; null when never. */
  lastStart(action: string): bigint | null { return this.#starts.findLast((one) => one.action === action)?.at ?? this.#before.get(action) ?? null; }

  state(): LimitsState {
    return { starts: this.#starts.map(({ at }) => String(at)), last: Object.fromEntries([...this.#last()].map(([action, at]) => [action, String(at)])), ...(this.#unknownAt !== null && { unknownAt: String(this.#unknownAt) }) };
  }

  #last(): ReadonlyMap<string, bigint> {
    const last = new Map(this.#before);
    for (const { action, at } of this.#starts) if (action !== null) last.set(action, at);
    return last;
  }

  /** As of that time, if time has come no further. Looking moves nothing: a clock that was wrong for a moment frees nobody. */
  figures(unixNano: bigint): LimitFigures {
    const { actions, perNanos, cooldownNanos } = this.#bounds;
    const now = unixNano > this.#now ? unixNano : this.#now;
    const usedInWindow = this.#unknownNanos(now) > 0n ? actions : this.#starts.filter(({ at }) => now - at < perNanos).length;
    return { usedInWindow, ofWindow: actions, windowMs: millis(perNanos), cooldownMs: millis(cooldownNanos), readyUnixMs: Object.fromEntries([...this.#last()].map(([action, at]) => [action, millis(at + cooldownNanos)])) };
  }

  /** On top of what it has. A start that lies ahead of `now` (the wall clock was set back) counts as of now. */
  restore({ starts, last, unknownAt }: LimitsState, nowUnixNano: bigint): void {
    const past = (text: string): bigint => { const at = BigInt(text); return at > nowUnixNano ? nowUnixNano : at; };
    this.#starts = [...starts.slice(-mostStarts).map((text): Start => ({ action: null, at: past(text) })), ...this.#starts].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    for (const [action, text] of Object.entries(last).slice(0, mostActions)) this.#noteLast(action, past(text));
    if (unknownAt !== undefined) this.#unknownAt = past(unknownAt);
  }
}

/** Of a rule that started nothing: there is nothing to keep. */
export const isUnused = ({ starts, last, unknownAt }: LimitsState): boolean => starts.length === 0 && Object.keys(last).length === 0 && unknownAt === undefined;

const millis = (nanos: bigint): number => Number(nanos / 1_000_000n);
