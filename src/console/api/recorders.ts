// Flight recorders of the fleet: what they hold, the rings of a keyed one, and their definitions.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { fleetRecorders, recorderKeysReport } from '../../model/index.ts';
import type { recorderDefinition } from '../../model/index.ts';
import { request } from './client.ts';
import { useWrite } from './mutations.ts';
import { every } from './queries.ts';

const all = ['recorders'] as const;
const path = (name: string) => `/recorders/${encodeURIComponent(name)}`;

export const useRecorders = () => useQuery({ queryKey: all, queryFn: ({ signal }) => request('/recorders', fleetRecorders, { signal }), refetchInterval: every(2000) });
/** The rings of a keyed recorder on one agent, fullest first; the agent is asked, so it is read seldom. Null reads nothing. */
export const useRecorderKeys = (name: string, agent: string | null) => useQuery({ queryKey: [...all, name, 'keys', agent], queryFn: ({ signal }) => request(`${path(name)}/keys?agent=${encodeURIComponent(agent ?? '')}`, recorderKeysReport, { signal }), enabled: agent !== null, refetchInterval: every(5000), placeholderData: keepPreviousData });

/** Writes the definition, or changes it: agents get it with their next configuration. */
export const useSaveRecorder = () => useWrite((definition: z.input<typeof recorderDefinition>) => request<void>(path(definition.name), null, { method: 'PUT', body: definition }), [all]);
/** What a rule still fills goes on with the default definition. */
export const useDeleteRecorder = () => useWrite((name: string) => request<void>(path(name), null, { method: 'DELETE' }), [all]);
