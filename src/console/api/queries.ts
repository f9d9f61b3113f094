// Reading hooks. Polling stops while the page is hidden and when the session has ended.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { agentList, auditList, demoFaults, overview, ruleDetail, ruleHistory, ruleList, ruleTexts, session } from '../../model/index.ts';
import { request } from './client.ts';
import { noteAnswer, noteLost, useConnection } from './connection.ts';
import { ApiFailure } from './errors.ts';

export const keys = { session: ['session'], overview: ['overview'], agents: ['agents'], rules: ['rules'], rule: (id: string) => ['rules', id], ruleTexts: (stamp: string) => ['rules', 'texts', stamp], history: (id: string, seconds: number) => ['rules', id, 'history', seconds], audit: ['audit'], faults: ['demo', 'faults'] } as const;

/** Milliseconds between polls, or false once the session ended. */
export const every = (ms: number) => () => (useConnection.getState().status === 'ended' ? false : ms);

export const useSession = () => useQuery({ queryKey: keys.session, queryFn: ({ signal }) => request('/session', session, { signal }), staleTime: 60_000, refetchInterval: query => (query.state.status === 'error' && useConnection.getState().status !== 'ended' ? 2000 : false) });

/** Once a second; also the console's heartbeat, so connection state comes from here. */
export const useOverview = () => useQuery({ queryKey: keys.overview, queryFn: ({ signal }) => readOverview(signal), refetchInterval: every(1000) });
export const useAgents = () => useQuery({ queryKey: keys.agents, queryFn: ({ signal }) => request('/agents', agentList, { signal }), refetchInterval: every(2000), select: data => data.agents });
export const useRules = () => useQuery({ queryKey: keys.rules, queryFn: ({ signal }) => request('/rules', ruleList, { signal }), refetchInterval: every(2000), select: data => data.rules });
/** Every rule's latest text, to search in; read again when `stamp`, which must change with any of them, does. Null reads nothing. */
export const useRuleTexts = (stamp: string | null) => useQuery({ queryKey: keys.ruleTexts(stamp ?? ''), queryFn: ({ signal }) => request('/rules/texts', ruleTexts, { signal }), enabled: stamp !== null, staleTime: Infinity, placeholderData: keepPreviousData, select: data => data.texts });
export const readRule = (id: string, signal?: AbortSignal) => request(`/rules/${encodeURIComponent(id)}`, ruleDetail, signal === undefined ? {} : { signal });
/** Null or an empty id reads nothing. */
export const useRule = (id: string | null | undefined) => useQuery({ queryKey: keys.rule(id ?? ''), queryFn: ({ signal }) => readRule(id ?? '', signal), enabled: Boolean(id), refetchInterval: every(2000) });
/** Several rules at once; each is what `useRule` would answer. */
export const useRuleDetails = (ids: readonly string[]) => useQueries({ queries: ids.map(id => ({ queryKey: keys.rule(id), queryFn: ({ signal }: { readonly signal: AbortSignal }) => readRule(id, signal), refetchInterval: every(5000) })) });
/** What a rule did, second by second. Null or an empty id reads nothing. */
export const useRuleHistory = (id: string | null | undefined, seconds = 900) => useQuery({ queryKey: keys.history(id ?? '', seconds), queryFn: ({ signal }) => request(`/rules/${encodeURIComponent(id ?? '')}/history?seconds=${seconds}`, ruleHistory, { signal }), enabled: Boolean(id), refetchInterval: every(2000) });
export const useAudit = () => useQuery({ queryKey: keys.audit, queryFn: ({ signal }) => request('/audit', auditList, { signal }), refetchInterval: every(5000), select: data => data.entries });
export const useDemoFaults = (enabled = true) => useQuery({ queryKey: keys.faults, queryFn: ({ signal }) => request('/demo/faults', demoFaults, { signal }), enabled, refetchInterval: every(5000), select: data => data.faults });

/** Seconds of history in each answer: what the longest chart shows. */
const overviewSeconds = 900;

async function readOverview(signal: AbortSignal) {
  const started = performance.now();
  try {
    const answer = await request(`/overview?seconds=${overviewSeconds}`, overview, { signal });
    noteAnswer(Date.now(), performance.now() - started);
    return answer;
  } catch (error) {
    if (error instanceof ApiFailure && (error.kind === 'offline' || error.kind === 'server')) noteLost(Date.now());
    throw error;
  }
}
