// How often actions may start: so many per sliding time over all keys of the rule, and a least pause between two of a kind. It can be
// written down and taken up again: neither a restart nor a new version of the rule resets it.
import type { MachinePlan } from './types.ts';
import { durationWords } from './duration-words.ts';

/** Plain JSON; Unix nanoseconds as decimal text. */
export interface LimitsState { readonly starts: readonly string[]; readonly last: Readonly<Record<string, string>> }

/** More than one rule may start in any time that it can name. */
const mostStarts = 10_000;
/** More than there are actions. */
const mostActions = 64;

export class ActionLimits {
  readonly actions: number;
  readonly perNanos: bigint;
  readonly cooldownNanos: bigint;
  #starts: bigint[] = [];
  readonly #lastOf = new Map<string, bigint>();

  constructor(limits: MachinePlan['limits']) {
    this.actions = limits.actions;
    this.perNanos = BigInt(limits.perNanos);
    this.cooldownNanos = BigInt(limits.cooldownNanos);
  }

  /** Null when the action may start, and then it counts as started; else why not. */
  start(action: string, nowUnixNano: bigint): string | null {
    const why = this.#refusal(action, nowUnixNano);
    if (why !== null) return why;
    this.#starts.push(nowUnixNano);
    this.#lastOf.set(action, nowUnixNano);
    return null;
  }

  #refusal(action: string, now: bigint): string | null {
    if (this.used(now) >= this.actions) return `the limit of ${this.actions} actions per ${durationWords(this.perNanos)} is used up`;
    const last = this.#lastOf.get(action);
    if (last !== undefined && now - last < this.cooldownNanos) return `in cooldown for another ${durationWords(this.cooldownNanos - (now - last))}`;
    return null;
  }

  /** Starts that count at `now`. */
  used(now: bigint): number {
    let gone = 0;
    while (gone < this.#starts.length && now - this.#starts[gone]! >= this.perNanos) gone++;
    if (gone > 0) this.#starts.splice(0, gone);
    return this.#starts.length;
  }

  /** When an action of this kind last started; null when never. */
  lastStart(action: string): bigint | null { return this.#lastOf.get(action) ?? null; }

  /** Action to the time from which its cooldown is over, of all that were ever started. */
  ready(): ReadonlyMap<string, bigint> { return new Map([...this.#lastOf].map(([action, at]) => [action, at + this.cooldownNanos])); }

  state(): LimitsState { return { starts: this.#starts.map(String), last: Object.fromEntries([...this.#lastOf].map(([action, at]) => [action, String(at)])) }; }

  /** On top of what it has. A start that lies ahead of `now` (the wall clock was set back) counts as of now. */
  restore(state: LimitsState, nowUnixNano: bigint): void {
    const past = (text: string): bigint => { const at = BigInt(text); return at > nowUnixNano ? nowUnixNano : at; };
    this.#starts = [...state.starts.slice(-mostStarts).map(past), ...this.#starts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    for (const [action, text] of Object.entries(state.last).slice(0, mostActions)) {
      const at = past(text);
      if (at > (this.#lastOf.get(action) ?? -1n)) this.#lastOf.set(action, at);
    }
  }
}
