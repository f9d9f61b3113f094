// Incidents: reading, opening (the big red button), changing, and carrying them as bundles.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { incident, incidentDetail, incidentRates, incidents } from '../../model/index.ts';
import type { changeIncident, CollectPlan, Incident, openIncident } from '../../model/index.ts';
import { keys as actionKeys } from './actions.ts';
import { apiBase, request } from './client.ts';
import { useWrite } from './mutations.ts';
import { every } from './queries.ts';

const all = ['incidents'] as const;
const listKey = (filter: IncidentFilter) => [...all, 'list', filter] as const;
const detailKey = (id: string) => [...all, 'one', id] as const;
const path = (id: string, below = '') => `/incidents/${encodeURIComponent(id)}${below}`;

export interface IncidentFilter { readonly state?: Incident['state'] | undefined; readonly q?: string | undefined }

function listPath({ state, q }: IncidentFilter): string {
  const query = new URLSearchParams({ ...(state !== undefined && { state }), ...(q !== undefined && q !== '' && { q }) }).toString();
  return query === '' ? '/incidents' : `/incidents?${query}`;
}

/** Open ones first, then the newest. */
export const useIncidents = (filter: IncidentFilter = {}) => useQuery({ queryKey: listKey(filter), queryFn: ({ signal }) => request(listPath(filter), incidents, { signal }), refetchInterval: every(2000), placeholderData: keepPreviousData });
/** For rail and overview, so it is read seldom. */
export const useOpenIncidents = () => useQuery({ queryKey: listKey({ state: 'open' }), queryFn: ({ signal }) => request(listPath({ state: 'open' }), incidents, { signal }), refetchInterval: every(5000) });
/** One incident with timeline, actions and artifacts; each second while something of it runs. */
export const useIncident = (id: string) => useQuery({ queryKey: detailKey(id), queryFn: ({ signal }) => request(path(id), incidentDetail, { signal }), refetchInterval: query => every((query.state.data?.incident.actions.running ?? 0) > 0 ? 1000 : 3000)() });
export const useIncidentRates = (id: string) => useQuery({ queryKey: [...all, 'rates', id], queryFn: ({ signal }) => request(path(id, '/rates'), incidentRates, { signal }), refetchInterval: every(5000) });

/** With a plan, everything in it is collected at once. */
export const useOpenIncident = () => useWrite((wish: z.input<typeof openIncident>) => request('/incidents', incident, { method: 'POST', body: wish }), [all, actionKeys.all]);
export const useChangeIncident = () => useWrite(({ id, ...change }: { readonly id: string } & z.input<typeof changeIncident>) => request(path(id), incident, { method: 'PATCH', body: change }), [all]);
export const useAddNote = () => useWrite(({ id, text }: { readonly id: string; readonly text: string }) => request(path(id, '/notes'), incidentDetail, { method: 'POST', body: { text } }), [all]);
export const useCollectMore = () => useWrite(({ id, plan }: { readonly id: string; readonly plan: CollectPlan }) => request(path(id, '/collect'), incident, { method: 'POST', body: plan }), [all, actionKeys.all]);
/** The address of the bundle; the browser streams it to disk. */
export const bundleAddress = (id: string): string => `${apiBase}${path(id, '/bundle')}`;
