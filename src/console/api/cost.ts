// What telemetry costs, what could be saved, what rules save. Rates are of the last minutes, so they are read every few seconds.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { costReport, eventDetail, eventList, priceTable, savingList, suggestionList, suggestionRule } from '../../model/index.ts';
import type { CostBy, CostRow, PriceTable } from '../../model/index.ts';
import { request } from './client.ts';
import { useWrite } from './mutations.ts';
import { every, keys } from './queries.ts';

const all = ['cost'] as const;
const pricesKey = [...all, 'prices'] as const;
/** Rows of a report that are named; the others are the rest of it. */
const mostRows = 200;

/** `service`: only what it sends. */
export const useCostReport = (by: CostBy, service?: string) => useQuery({ queryKey: [...all, 'report', by, service ?? null], queryFn: ({ signal }) => request(`/cost?${new URLSearchParams({ by, limit: String(mostRows), ...(service === undefined ? {} : { service }) }).toString()}`, costReport, { signal }), refetchInterval: every(5000), placeholderData: keepPreviousData });
export const useCostSuggestions = () => useQuery({ queryKey: [...all, 'suggestions'], queryFn: ({ signal }) => request('/cost/suggestions', suggestionList, { signal }), refetchInterval: every(10_000), placeholderData: keepPreviousData });
/** What rules save: predicted, and measured since they run. */
export const useSavings = () => useQuery({ queryKey: [...all, 'savings'], queryFn: ({ signal }) => request('/cost/savings', savingList, { signal }), refetchInterval: every(5000) });
export const usePrices = () => useQuery({ queryKey: pricesKey, queryFn: ({ signal }) => request('/cost/prices', priceTable, { signal }), staleTime: 30_000, refetchInterval: every(30_000) });
/** Every figure of money follows. */
export const useSavePrices = () => useWrite((prices: PriceTable & { /** What was edited: when somebody else saved meanwhile nothing is. */ readonly base?: PriceTable }) => request('/cost/prices', priceTable, { method: 'PUT', body: prices }), [all, keys.audit]);
/** Makes the suggestion's rule as a draft; the answer is its id. Nothing is deployed. */
export const useMakeSuggestedRule = () => useWrite((id: string) => request(`/cost/suggestions/${encodeURIComponent(id)}/rule`, suggestionRule, { method: 'POST', body: {} }), [keys.rules, [...all, 'savings'], keys.audit]);

/** Which event a row is about; null when it is about several. */
export function eventOf({ signal, service, durableId }: Pick<CostRow, 'signal' | 'service' | 'durableId'>) {
  return signal === null || service === null || durableId === null ? null : { signal, service, id: durableId };
}
export type EventOfRow = NonNullable<ReturnType<typeof eventOf>>;

/** Rates of the events with the most bytes over time, for small lines beside their cost. */
export const useEventTrends = (enabled: boolean) => useQuery({ queryKey: [...all, 'trends'], queryFn: ({ signal }) => request(`/events?sort=bytes&limit=${mostRows}`, eventList, { signal }), enabled, refetchInterval: every(10_000), placeholderData: keepPreviousData, select: data => data.events });
/** One event's fields, users and source line; asking what it costs is not reading it. Null reads nothing. */
export const useEventFacts = (event: EventOfRow | null) => useQuery({ queryKey: [...all, 'facts', event], queryFn: ({ signal }) => request(`/events/detail?${new URLSearchParams({ ...event, peek: 'true' }).toString()}`, eventDetail, { signal }), enabled: event !== null, refetchInterval: every(10_000) });
