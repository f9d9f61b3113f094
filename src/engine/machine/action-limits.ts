// How often actions may start: so many per sliding time over all keys of the rule, and a least pause between two of a kind.
import type { MachinePlan } from './types.ts';
import { durationWords } from './duration-words.ts';

export class ActionLimits {
  readonly #actions: number;
  readonly #perNanos: bigint;
  readonly #cooldownNanos: bigint;
  readonly #starts: bigint[] = [];
  readonly #lastOf = new Map<string, bigint>();

  constructor(limits: MachinePlan['limits']) {
    this.#actions = limits.actions;
    this.#perNanos = BigInt(limits.perNanos);
    this.#cooldownNanos = BigInt(limits.cooldownNanos);
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
    while (this.#starts.length > 0 && now - this.#starts[0]! >= this.#perNanos) this.#starts.shift();
    if (this.#starts.length >= this.#actions) return `the limit of ${this.#actions} actions per ${durationWords(this.#perNanos)} is used up`;
    const last = this.#lastOf.get(action);
    if (last !== undefined && now - last < this.#cooldownNanos) return `in cooldown for another ${durationWords(this.#cooldownNanos - (now - last))}`;
    return null;
  }

  /** When an action of this kind last started; null when never. */
  lastStart(action: string): bigint | null { return this.#lastOf.get(action) ?? null; }
}
