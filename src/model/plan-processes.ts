// Which processes of a machine the big red button touches. The server starts its actions by it, and the console shows it before anything starts.
import type { AgentProcess } from './action.ts';

/** Of one agent at most. */
export const maxProcessesPerAgent = 20;

/** Those of the chosen services; of none chosen, all that call themselves something, else all that a runtime tells apart. Never Weir itself. */
export function processesOfPlan(processes: readonly AgentProcess[], services: readonly string[]): readonly AgentProcess[] {
  const others = processes.filter(({ isWeir }) => !isWeir);
  const named = others.filter(({ service }) => service !== null);
  if (services.length > 0) return named.filter(({ service }) => services.includes(service ?? ''));
  return named.length > 0 ? named : others.filter(({ runtime }) => runtime !== 'native');
}
