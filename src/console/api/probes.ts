// Probes of the fleet, and looks into a process before one goes in: files, source, symbols, ready-made ones, preview.
import { useEffect, useRef } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { binarySymbols, fleetProbe, fleetProbes, probeGallery, probePreview, processesReport, processScripts, processSource } from '../../model/index.ts';
import type { FleetProbe, ProbeWhat, StartProbe } from '../../model/index.ts';
import type { ActionTarget } from '../../model/index.ts';
import { queryText } from './actions.ts';
import { request } from './client.ts';
import { useWrite } from './mutations.ts';
import { every } from './queries.ts';
import { useRipCord } from './rip-cord.ts';

const all = ['probes'] as const;
const agentPath = (agent: string, rest: string) => `/agents/${encodeURIComponent(agent)}/probes/${rest}`;

/** Not over: it is on its way, in, or pausing. */
export const isProbeIn = ({ state }: Pick<FleetProbe, 'state'>): boolean => state === 'inserting' || state === 'active' || state === 'paused';

export interface ProbeFilter { readonly state?: 'in' | 'over' | undefined; readonly agent?: string | undefined }
/** Newest first. */
export const useProbes = (filter: ProbeFilter = {}) => useQuery({ queryKey: [...all, filter], queryFn: ({ signal }) => request(`/probes${queryText({ ...filter })}`, fleetProbes, { signal }), placeholderData: keepPreviousData, refetchInterval: every(1000) });
/** Undefined reads nothing. */
export const useProbe = (id: string | undefined) => useQuery({ queryKey: [...all, 'one', id ?? ''], queryFn: ({ signal }) => request(`/probes/${encodeURIComponent(id ?? '')}`, fleetProbe, { signal }), enabled: id !== undefined, refetchInterval: query => every(query.state.data === undefined || isProbeIn(query.state.data) ? 1000 : 10_000)() });
export const useStartProbe = () => useWrite((wish: StartProbe) => request('/probes', fleetProbe, { method: 'POST', body: wish }), [all]);
export const useRemoveProbe = () => useWrite((id: string) => request(`/probes/${encodeURIComponent(id)}`, fleetProbe, { method: 'DELETE' }), [all]);

/** A look that was refused may be allowed a moment later: it is kept for no time. */
const freshFor = (ms: number) => ({ state: { data } }: { readonly state: { readonly data?: { readonly problem: unknown } | undefined } }): number => (data?.problem == null ? ms : 0);
const looks: ReadonlySet<unknown> = new Set(['scripts', 'source', 'symbols', 'gallery', 'probe-preview']);

/** How the rip cord stands at an agent, as text; what was looked at there is asked again when that changes. Empty: not known yet. */
export function useCordAt(agent: string): string {
  const client = useQueryClient();
  const state = useRipCord().data;
  const here = state?.agents.find(one => one.agent.id === agent);
  const cord = state === undefined ? '' : JSON.stringify([state.fleet !== null, here?.ordered != null, here?.report?.pulls.length ?? 0]);
  const before = useRef(cord);
  useEffect(() => {
    if (before.current !== '' && before.current !== cord) void client.invalidateQueries({ queryKey: ['agents', agent], predicate: ({ queryKey }) => looks.has(queryKey[2]) });
    before.current = cord;
  }, [client, agent, cord]);
  return cord;
}

export interface ProcessAt { readonly agent: string; readonly target: ActionTarget }
/** Files that run in a Node process. Opens its inspector for a moment, so it is asked once. Null asks nothing. */
export const useScripts = (at: ProcessAt | null) => useQuery({ queryKey: ['agents', at?.agent ?? '', 'scripts', at?.target], queryFn: ({ signal }) => request(agentPath(at?.agent ?? '', `scripts${queryText({ ...at?.target })}`), processScripts, { signal }), enabled: at !== null, staleTime: freshFor(60_000), retry: false });
export const useSource = (at: ProcessAt | null, file: string | undefined) => useQuery({ queryKey: ['agents', at?.agent ?? '', 'source', at?.target, file], queryFn: ({ signal }) => request(agentPath(at?.agent ?? '', `source${queryText({ ...at?.target, file })}`), processSource, { signal }), enabled: at !== null && file !== undefined, staleTime: freshFor(300_000), retry: false });
export const useSymbols = (agent: string | undefined, question: { readonly target: ActionTarget | null; readonly binary: string; readonly text: string } | null) => useQuery({ queryKey: ['agents', agent ?? '', 'symbols', question], queryFn: ({ signal }) => request(agentPath(agent ?? '', `symbols${queryText({ ...question?.target, binary: question?.binary, text: question?.text })}`), binarySymbols, { signal }), enabled: agent !== undefined && question !== null, staleTime: freshFor(60_000), retry: false, placeholderData: keepPreviousData });
export const useProbeGallery = (agent: string | undefined) => useQuery({ queryKey: ['agents', agent ?? '', 'gallery'], queryFn: ({ signal }) => request(agentPath(agent ?? '', 'gallery'), probeGallery, { signal }), enabled: agent !== undefined, staleTime: 60_000, retry: false });
/** What it would read and cost, without leaving anything. Null asks nothing. */
export const useProbePreview = (agent: string | undefined, wish: { readonly what: ProbeWhat; readonly target: ActionTarget | null } | null) => useQuery({ queryKey: ['agents', agent ?? '', 'probe-preview', wish], queryFn: ({ signal }) => request(agentPath(agent ?? '', 'preview'), probePreview, { method: 'POST', body: wish, signal }), enabled: agent !== undefined && wish !== null, staleTime: ({ state: { data } }) => (data === undefined || data.problems.length === 0 ? 10_000 : 0), retry: false, placeholderData: keepPreviousData });
/** Paths and globs that a file probe may read, as the owner of the machine lists them; those that are about a process (`{cwd}`) are left out. Null: the list cannot be read. Asked once. */
export const useAllowedFiles = (agent: string) => useQuery({ queryKey: ['agents', agent, 'allowed-files'], queryFn: async ({ signal }) => (await request(`/agents/${encodeURIComponent(agent)}/processes`, processesReport, { signal })).allowed?.files.filter(path => path.startsWith('/')) ?? null, staleTime: 60_000 });
