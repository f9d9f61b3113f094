// Which processes of a machine the big red button touches. The server starts its actions by it, and the console shows it before anything starts.
import { z } from 'zod';
import type { AgentProcess } from './action.ts';

/** Of one agent at most. */
export const maxProcessesPerAgent = 20;

/** A process that the dialog named before the button was pressed: pid and start say which; the words are for the timeline, should it be gone. */
export const promisedProcess = z.strictObject({ agent: z.string().max(200), pid: z.number().int().positive(), startTicks: z.number().nonnegative(), name: z.string().max(200), service: z.string().max(200).nullable() });
export type PromisedProcess = z.infer<typeof promisedProcess>;
/** So many promises go with one plan. */
export const maxPromised = 1000;

/** Those of the chosen services; of none chosen, all that call themselves something, else all that a runtime tells apart. Never Weir itself. */
export function processesOfPlan(processes: readonly AgentProcess[], services: readonly string[]): readonly AgentProcess[] {
  const others = processes.filter(({ isWeir }) => !isWeir);
  const named = others.filter(({ service }) => service !== null);
  if (services.length > 0) return named.filter(({ service }) => services.includes(service ?? ''));
  return named.length > 0 ? named : others.filter(({ runtime }) => runtime !== 'native');
}

export interface KeptPromises { /** Of the promised ones those that are there, and every other one of a service; never what nobody was told of. */ readonly taken: readonly AgentProcess[]; readonly gone: readonly PromisedProcess[] }

/** Holds the plan's processes against what was promised of this machine; without a promise the plan stands alone. */
export function keepPromises(processes: readonly AgentProcess[], services: readonly string[], promised: readonly PromisedProcess[]): KeptPromises {
  const planned = processesOfPlan(processes, services);
  if (promised.length === 0) return { taken: planned, gone: [] };
  const [there, told] = [new Set(processes.map(keyOf)), new Set(promised.map(keyOf))];
  return { taken: planned.filter((process) => process.service !== null || told.has(keyOf(process))), gone: promised.filter((one) => !there.has(keyOf(one))) };
}

const keyOf = ({ pid, startTicks }: Pick<AgentProcess, 'pid' | 'startTicks'>): string => `${pid} ${startTicks}`;
