// Which profiles of the list are shown, and what can be chosen: services, agents, kinds. Pure.
import type { Artifact } from '../../../../model/index.ts';
import type { ProfilesSearch } from '../../../state/index.ts';

export type ListFilter = Pick<ProfilesSearch, 'service' | 'agent' | 'kind' | 'q'>;

/** Text is looked for in names, summaries, services and processes, in any case. */
export function isListed({ name, summary, service, agent, process, kind }: Artifact, filter: ListFilter): boolean {
  const text = (filter.q ?? '').trim().toLowerCase();
  return (filter.service === undefined || service === filter.service) && (filter.agent === undefined || agent?.id === filter.agent) && (filter.kind === undefined || kind === filter.kind)
    && (text === '' || [name, summary, service, process?.name, process?.pid, agent?.name].join('\n').toLowerCase().includes(text));
}

export interface ListChoices { readonly services: readonly string[]; readonly agents: readonly { readonly id: string; readonly name: string }[] }

/** In the order of names; what is chosen is among them though no profile has it any more. */
export function choicesOf(artifacts: readonly Artifact[], { service, agent }: ListFilter): ListChoices {
  const services = new Set(artifacts.flatMap(each => each.service ?? []));
  if (service !== undefined) services.add(service);
  const agents = new Map(artifacts.flatMap(each => (each.agent === null ? [] : [[each.agent.id, each.agent.name] as const])));
  if (agent !== undefined && !agents.has(agent)) agents.set(agent, agent);
  return { services: [...services].toSorted(), agents: [...agents].map(([id, name]) => ({ id, name })).toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

export const isFiltered = ({ service, agent, kind, q }: ListFilter): boolean => service !== undefined || agent !== undefined || kind !== undefined || (q ?? '').trim() !== '';
export const noFilter = { service: undefined, agent: undefined, kind: undefined, q: undefined } as const satisfies ListFilter;
