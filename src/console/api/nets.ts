// Armed nets, as the agents report them: states, keys, guards, limits, last firings.
import { useQuery } from '@tanstack/react-query';
import { fleetNet, fleetNets } from '../../model/index.ts';
import { request } from './client.ts';
import { ApiFailure } from './errors.ts';
import { every } from './queries.ts';

const all = ['nets'] as const;

export const useNets = () => useQuery({ queryKey: all, queryFn: ({ signal }) => request('/nets', fleetNets, { signal }), refetchInterval: every(2000), select: data => data.nets });
/** Null reads nothing, and is the answer of a server on which no agent has reported the rule. */
export const useNet = (rule: string | null) => useQuery({ queryKey: [...all, rule], queryFn: ({ signal }) => readNet(rule ?? '', signal), enabled: rule !== null, refetchInterval: every(1000) });

async function readNet(rule: string, signal: AbortSignal) {
  try {
    return await request(`/nets/${encodeURIComponent(rule)}`, fleetNet, { signal });
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return null;
    throw error;
  }
}
