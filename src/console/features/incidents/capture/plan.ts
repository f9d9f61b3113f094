// What "Capture everything now" would collect, and from where, in words. Pure.
import type { AgentSummary, CollectPlan } from '../../../../model/index.ts';
import { formatBytes, plural } from '../../../ui/index.ts';

export type Choice = Omit<CollectPlan, 'agents' | 'services'>;
export const firstChoice: Choice = { recorders: true, cpuMs: 10_000, state: true, config: true, heap: false };

type Reporting = Pick<AgentSummary, 'id' | 'name' | 'kind' | 'connected' | 'status'>;

/** Those that can be asked: other OpAMP agents do not know these actions. */
export const askable = <A extends Reporting>(agents: readonly A[]): readonly A[] => agents.filter(({ kind }) => kind === 'weir');

/** Recorders with something in them, and their bytes. */
export function recordersOf(agents: readonly Reporting[]): { readonly count: number; readonly bytes: number } {
  const filled = agents.flatMap(({ status }) => status?.recorders.filter(({ records }) => records > 0) ?? []);
  return { count: filled.length, bytes: filled.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The services seen, each once, by name. */
export const servicesOf = (talkers: readonly { readonly service: string }[]): readonly string[] => [...new Set(talkers.map(({ service }) => service).filter(name => name !== ''))].toSorted();

/** The blast radius: what is collected, where, and what that does to what runs there. */
export function radiusOf(agents: readonly Reporting[], services: readonly string[], { recorders, cpuMs, state, config, heap }: Choice): { readonly where: string; readonly what: string; readonly cost: string } {
  const held = recordersOf(agents);
  const parts = [
    ...(recorders ? [held.count === 0 ? 'no recorder (none holds a record)' : `${plural(held.count, 'recorder')} (${formatBytes(held.bytes)})`] : []),
    ...(cpuMs === null ? [] : [`CPU samples of ${cpuMs / 1000} s`]), ...(state ? ['state'] : []), ...(config ? ['configuration'] : []), ...(heap ? ['memory dumps'] : []),
  ];
  return {
    where: `${plural(agents.length, 'agent')}, ${services.length === 0 ? 'every service they know' : services.length <= 3 ? services.join(', ') : plural(services.length, 'service')}`,
    what: parts.length === 0 ? 'nothing' : parts.join(', '), cost: costWords(cpuMs, heap),
  };
}

/** What sampling and dumping do to a process: said in one place, for the choices and for the sum of them. How long a dump takes differs from
 *  process to process by a hundred; only the agent's own estimate of each is worth a number. */
export const cpuCost = 'hold up a Node process for 10 to 235 ms when it starts, and for about 1 s where the machine is busy';
export const heapCost = 'Each process stands still while its memory is written';
export const heapEstimate = 'How long, its agent estimates for each below; it refuses where there is too little headroom.';

export const touchesProcesses = ({ cpuMs, state, config, heap }: Pick<Choice, 'cpuMs' | 'state' | 'config' | 'heap'>): boolean => cpuMs !== null || state || config || heap;

/** What is done to each process, in the order in which it happens. */
export const doneToEach = ({ cpuMs, state, config, heap }: Choice): string =>
  [...(cpuMs === null ? [] : [`CPU sample ${cpuMs / 1000} s`]), ...(state ? ['state'] : []), ...(config ? ['configuration'] : []), ...(heap ? ['memory dump'] : [])].join(', ');

/** What an incident is called whose title nobody typed. */
export function titleOf(agents: readonly Pick<AgentSummary, 'name'>[], services: readonly string[]): string {
  if (services.length > 0 && services.length <= 3) return `Capture of ${services.join(', ')}`;
  return agents.length === 1 ? `Capture on ${agents[0]!.name}` : `Capture on ${plural(agents.length, 'agent')}`;
}

function costWords(cpuMs: number | null, heap: boolean): string {
  if (heap) return `${heapCost}.`;
  return cpuMs === null ? 'No process is touched.' : `A CPU sample can ${cpuCost}.`;
}
