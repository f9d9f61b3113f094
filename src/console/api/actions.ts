// Diagnostic actions: what may be asked of a process, what it would cost, what runs, and what came of it.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { create } from 'zustand';
import { actionPreview, actionRun, actionRuns, processesReport } from '../../model/index.ts';
import type { ActionRun, ActionState, previewAction, StartAction } from '../../model/index.ts';
import { request } from './client.ts';
import { useWrite } from './mutations.ts';
import { every } from './queries.ts';

/** `all` makes every reading of actions stale. */
export const keys = { all: ['actions'] } as const;
const { all } = keys;

export interface ActionFilter { readonly state?: ActionState | undefined; readonly agent?: string | undefined; readonly incident?: string | undefined; readonly limit?: number }

/** Only what is set, as a query. */
export function queryText(filter: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]])));
  return query.size === 0 ? '' : `?${query}`;
}

/** Not over yet: it waits, runs, or its artifacts still travel. */
export const isUnderWay = ({ state }: Pick<ActionRun, 'state'>): boolean => state === 'waiting' || state === 'running' || state === 'uploading';

/** Newest first; read each second while one of them runs. */
export const useActions = (filter: ActionFilter = {}) => useQuery({ queryKey: [...all, filter], queryFn: ({ signal }) => request(`/actions${queryText({ ...filter })}`, actionRuns, { signal }), placeholderData: keepPreviousData, refetchInterval: query => every(query.state.data?.actions.some(isUnderWay) === true ? 1000 : 3000)() });
/** Undefined reads nothing. */
export const useAction = (id: string | undefined) => useQuery({ queryKey: [...all, 'one', id ?? ''], queryFn: ({ signal }) => request(`/actions/${encodeURIComponent(id ?? '')}`, actionRun, { signal }), enabled: id !== undefined, refetchInterval: query => every(query.state.data === undefined || isUnderWay(query.state.data) ? 1000 : 10_000)() });
/** What runs on an agent's machine, and which tools are there. Undefined reads nothing. */
export const useProcesses = (agent: string | undefined) => useQuery({ ...processesOf(agent ?? ''), enabled: agent !== undefined });
/** The same of several agents, in their order. */
export const useProcessesOf = (agents: readonly string[]) => useQueries({ queries: agents.map(processesOf) });
const processesOf = (agent: string) => ({ queryKey: ['agents', agent, 'processes'], queryFn: ({ signal }: { readonly signal: AbortSignal }) => request(`/agents/${encodeURIComponent(agent)}/processes`, processesReport, { signal }), refetchInterval: every(5000) });
/** What it would cost, without doing it. Null asks nothing. */
export const usePreview = (agent: string | undefined, wish: z.input<typeof previewAction> | null) => useQuery({ queryKey: ['agents', agent ?? '', 'preview', wish], queryFn: ({ signal }) => request(`/agents/${encodeURIComponent(agent ?? '')}/actions/preview`, actionPreview, { method: 'POST', body: wish, signal }), enabled: agent !== undefined && wish !== null, staleTime: 5000, retry: false });

export const useStartAction = () => useWrite((wish: StartAction) => request('/actions', actionRun, { method: 'POST', body: wish }), [all, ['artifacts'], ['recorders'], ['incidents']]);
/** Runs that somebody asked to cancel here: it is said at once, long before the agent has come to an end. */
const useAskedToCancel = create<{ readonly ids: readonly string[] }>(() => ({ ids: [] }));
const mostAsked = 200;

export const useCancelAction = () => useWrite(async (id: string) => {
  useAskedToCancel.setState(({ ids }) => ({ ids: [...ids.filter(each => each !== id), id].slice(-mostAsked) }));
  try {
    return await request(`/actions/${encodeURIComponent(id)}/cancel`, actionRun, { method: 'POST', body: {} });
  } catch (error) {
    useAskedToCancel.setState(({ ids }) => ({ ids: ids.filter(each => each !== id) }));
    throw error;
  }
}, [all, ['incidents']]);

/** Why cancelling takes its time, while it does; null when nobody cancels it, and when it is over. */
export function useCancelling(run: ActionRun): string | null {
  const asked = useAskedToCancel(({ ids }) => ids.includes(run.id));
  if (!isUnderWay(run) || (!asked && !run.progress.text.startsWith('Cancelling'))) return null;
  if (run.action === 'memory-dump') return 'cancelling …: a snapshot cannot be stopped midway, so the process is free only when it is through; nothing of it is kept';
  return 'cancelling …: what it opened is being closed';
}
