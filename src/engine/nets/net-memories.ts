// What rules that start actions remember beyond their own time: limits and measured bounds, by rule. A rule that is disarmed and armed again,
// or saved anew, goes on where it was, also after a restart. What cannot be read of it counts as used up.
import { z } from 'zod';
import type { RuleMode } from '../../model/index.ts';
import { isUnused } from '../limits/index.ts';
import type { Machine } from '../machine/index.ts';
import type { NetMemory } from './types.ts';

/** Rules that are not armed any more and started something lately; and those of them whose measured bounds, which take room, are kept. */
const mostRetired = 10_000;
const mostMeasured = 200;
const forgetAfterMs = 30 * 86_400_000;

/** A rule at work, as far as it remembers something. */
export interface Remembering { readonly rule: { readonly id: string }; readonly mode: RuleMode; readonly machine: Pick<Machine, 'save' | 'restore'> & { readonly isMeasuring?: boolean } }

/** What a rule measured; `take` makes it, which may be large. */
export interface Measured { readonly rule: string; readonly take: () => NetMemory['memory']['training'] }

export class NetMemories {
  /** Of rules that are not armed, oldest first. */
  readonly #retired = new Map<string, NetMemory>();
  /** Those that have taken up what their rule remembered. */
  readonly #begun = new WeakSet<Remembering>();
  #unknownAt: bigint | null = null;

  /** Before the rules come. As many as there are: each may be of one that is armed in a moment. */
  remember(memories: readonly NetMemory[]): void { for (const memory of memories) this.#keep(memory); }

  /** Nobody knows what was written down of rules that `remember` does not name: their limits count as used up from then on. */
  loseOthers(atUnixNano: bigint): void { if (this.#unknownAt === null || atUnixNano > this.#unknownAt) this.#unknownAt = atUnixNano; }

  /** When that was found, for the next process, whose rules may be others; null when all is known, or so long ago that nothing from before counts. */
  unknownAt(wallUnixNano: bigint): bigint | null {
    if (this.#unknownAt !== null && wallUnixNano - this.#unknownAt >= BigInt(forgetAfterMs) * 1_000_000n) this.#unknownAt = null;
    return this.#unknownAt;
  }

  change(before: readonly Remembering[], after: readonly Remembering[], wallUnixNano: bigint): void {
    const stay = new Set(after);
    for (const one of before) if (!stay.has(one) && one.mode === 'live') this.#keep(memoryOf(one, wallUnixNano));
    for (const one of after) if (one.mode === 'live') this.#begin(one, wallUnixNano);
    this.#bound(after.length);
  }

  #begin(one: Remembering, wallUnixNano: bigint): void {
    const memory = this.#retired.get(one.rule.id);
    this.#retired.delete(one.rule.id);
    if (this.#begun.has(one)) return;
    this.#begun.add(one);
    if (memory !== undefined) one.machine.restore(memory.memory, wallUnixNano);
    else this.#beginUnknown(one, wallUnixNano);
  }

  #beginUnknown({ machine }: Remembering, wallUnixNano: bigint): void {
    const at = this.unknownAt(wallUnixNano);
    if (at !== null) machine.restore({ limits: unknownLimits(at), training: [] }, wallUnixNano);
  }

  #keep(memory: NetMemory): void {
    this.#retired.delete(memory.rule);
    if (!isUnused(memory.memory.limits) || memory.memory.training.length > 0) this.#retired.set(memory.rule, memory);
  }

  /** Never fewer than are armed: a restart must find all of them. */
  #bound(armed: number): void {
    const most = Math.max(mostRetired, armed);
    let measured = 0;
    for (const memory of [...this.#retired.values()].reverse()) {
      if (memory.memory.training.length > 0 && ++measured > mostMeasured) this.#forgetMeasured(memory);
    }
    while (this.#retired.size > most) this.#retired.delete(this.#retired.keys().next().value!);
  }

  #forgetMeasured({ memory: { limits }, ...memory }: NetMemory): void {
    if (isUnused(limits)) this.#retired.delete(memory.rule); else this.#retired.set(memory.rule, { ...memory, memory: { limits, training: [] } });
  }

  /** Limits alone: small, whatever was measured. */
  limits(armed: readonly Remembering[], wallUnixNano: bigint): readonly NetMemory[] {
    const since = Number(wallUnixNano / 1_000_000n) - forgetAfterMs;
    for (const [rule, { atUnixMs }] of this.#retired) if (atUnixMs < since) this.#retired.delete(rule);
    const retired = [...this.#retired.values()].map(({ memory: { limits }, ...one }): NetMemory => ({ ...one, memory: { limits, training: [] } }));
    return [...retired, ...armed.filter(({ mode }) => mode === 'live').map((one) => memoryOf(one, wallUnixNano, 'limits'))];
  }

  /** Rules with measured bounds. */
  measured(armed: readonly Remembering[]): readonly Measured[] {
    const retired = [...this.#retired.values()].filter(({ memory: { training: kept } }) => kept.length > 0).map(({ rule, memory }): Measured => ({ rule, take: () => memory.training }));
    return [...retired, ...armed.filter(({ mode, machine }) => mode === 'live' && machine.isMeasuring === true).map(({ rule, machine }): Measured => ({ rule: rule.id, take: () => machine.save().training }))];
  }
}

const memoryOf = ({ rule, machine }: Remembering, wallUnixNano: bigint, what: 'all' | 'limits' = 'all'): NetMemory => ({ rule: rule.id, atUnixMs: Number(wallUnixNano / 1_000_000n), memory: machine.save(what) });
const unknownLimits = (at: bigint): NetMemory['memory']['limits'] => ({ starts: [], last: {}, unknownAt: String(at) });

const nanos = z.string().regex(/^\d{1,20}$/);
const head = z.object({ rule: z.string(), atUnixMs: z.number().optional().catch(undefined), memory: z.unknown().optional() });
const limitsOf = z.object({ limits: z.object({ starts: z.array(nanos), last: z.record(z.string(), nanos), unknownAt: nanos.optional() }) });
const trainingOf = z.object({ training: z.array(z.unknown()) });
const training = z.object({ name: z.string(), text: z.string(), keys: z.array(z.object({ id: z.string(), text: z.string(), since: nanos, slots: z.array(z.object({ number: nanos, seen: z.number(), values: z.array(z.number()) })) })) });

/** `unknown`: rules whose limits cannot be read. `nameless`: entries of which nobody knows the rule. `unmeasured`: measured bounds that begin anew. */
export interface ReadMemories { readonly memories: readonly NetMemory[]; readonly unknown: number; readonly nameless: number; readonly unmeasured: number }

/** When an earlier process found that nobody knows what was started; null: it did not. What cannot be read itself, and what lies in the future, is now. */
export function readUnknownAt(given: unknown, nowUnixNano: bigint): bigint | null {
  if (given === undefined || given === null) return null;
  const at = BigInt(nanos.safeParse(given).data ?? nowUnixNano);
  return at > nowUnixNano ? nowUnixNano : at;
}

/** Out of a file, part by part: limits that cannot be read are those of a rule that may start nothing for a while from now on. */
export function readMemories(given: readonly unknown[], nowUnixNano: bigint): ReadMemories {
  const counts = { unknown: 0, nameless: 0, unmeasured: 0 };
  const memories = given.flatMap((one): NetMemory[] => {
    const named = head.safeParse(one).data;
    if (named === undefined) { counts.nameless++; return []; }
    const limits = limitsOf.safeParse(named.memory).data?.limits;
    if (limits === undefined) counts.unknown++;
    const measured = trainingOf.safeParse(named.memory).data?.training.map((entry) => training.safeParse(entry).data);
    counts.unmeasured += measured?.filter((entry) => entry === undefined).length ?? 1;
    const { unknownAt, ...known } = limits ?? unknownLimits(nowUnixNano);
    return [{ rule: named.rule, atUnixMs: named.atUnixMs ?? Number(nowUnixNano / 1_000_000n), memory: { limits: { ...known, ...(unknownAt !== undefined && { unknownAt }) }, training: measured?.filter((entry) => entry !== undefined) ?? [] } }];
  });
  return { memories, ...counts };
}
