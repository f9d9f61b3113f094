// What nets remember beyond their own time: limits and measured bounds, by rule. A rule that is disarmed and armed again, or saved anew,
// goes on where it was, also after a restart.
import { z } from 'zod';
import type { LiveNet } from './live-net.ts';
import type { NetMemory } from './types.ts';

/** Rules that are not armed any more, and how long they are remembered. */
const mostRetired = 200;
const forgetAfterMs = 30 * 86_400_000;

export class NetMemories {
  /** Of rules that are not armed, oldest first. */
  readonly #retired = new Map<string, NetMemory>();
  /** Nets that have taken up what their rule remembered. */
  readonly #begun = new WeakSet<LiveNet>();

  remember(memories: readonly NetMemory[]): void { for (const memory of memories) this.#keep(memory); }

  change(before: readonly LiveNet[], after: readonly LiveNet[], wallUnixNano: bigint): void {
    const stay = new Set(after);
    for (const net of before) if (!stay.has(net) && net.mode === 'live') this.#keep(memoryOf(net, wallUnixNano));
    for (const net of after) if (net.mode === 'live') this.#begin(net, wallUnixNano);
  }

  #begin(net: LiveNet, wallUnixNano: bigint): void {
    const memory = this.#retired.get(net.rule.id);
    this.#retired.delete(net.rule.id);
    if (memory !== undefined && !this.#begun.has(net)) net.machine.restore(memory.memory, wallUnixNano);
    this.#begun.add(net);
  }

  #keep(memory: NetMemory): void {
    this.#retired.delete(memory.rule);
    this.#retired.set(memory.rule, memory);
    if (this.#retired.size > mostRetired) this.#retired.delete(this.#retired.keys().next().value!);
  }

  all(armed: readonly LiveNet[], wallUnixNano: bigint): readonly NetMemory[] {
    const since = Number(wallUnixNano / 1_000_000n) - forgetAfterMs;
    for (const [rule, { atUnixMs }] of this.#retired) if (atUnixMs < since) this.#retired.delete(rule);
    return [...this.#retired.values(), ...armed.filter(({ mode }) => mode === 'live').map((net) => memoryOf(net, wallUnixNano))];
  }
}

const memoryOf = ({ rule, machine }: LiveNet, wallUnixNano: bigint): NetMemory => ({ rule: rule.id, atUnixMs: Number(wallUnixNano / 1_000_000n), memory: machine.save() });

const nanos = z.string().regex(/^\d{1,20}$/);
const memory: z.ZodType<NetMemory> = z.object({
  rule: z.string(), atUnixMs: z.number(),
  memory: z.object({
    limits: z.object({ starts: z.array(nanos), last: z.record(z.string(), nanos) }),
    training: z.array(z.object({ name: z.string(), text: z.string(), keys: z.array(z.object({ id: z.string(), text: z.string(), since: nanos, slots: z.array(z.object({ number: nanos, seen: z.number(), values: z.array(z.number()) })) })) })),
  }),
});

/** Out of a file: those that can be read, and how many cannot. */
export function readMemories(given: readonly unknown[]): { readonly memories: readonly NetMemory[]; readonly unreadable: number } {
  const memories = given.flatMap((one) => memory.safeParse(one).data ?? []);
  return { memories, unreadable: given.length - memories.length };
}
