// The catalogue of events: its list page by page, one event, and what changed in the fleet.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { driftList, eventDetail, eventList } from '../../model/index.ts';
import type { EventList, EventQuery, EventRef } from '../../model/index.ts';
import { request } from './client.ts';
import { isPushed } from './pushed-changes.ts';
import { every } from './queries.ts';

export const eventKeys = { all: ['events'], detail: (event: EventRef) => ['events', 'detail', event], drift: ['events', 'drift'] } as const;

/** Between reads of what the server tells of by itself. */
const pushedMs = 30_000;

/** Rows that one answer holds. */
export const eventPageRows = 100;
export type EventWish = Partial<Omit<EventQuery, 'offset' | 'limit'>>;
export interface EventPages { readonly pages: ReadonlyMap<number, EventList>; readonly error: Error | null; readonly retry: () => void }

const path = (wish: Readonly<Record<string, string | number | boolean | undefined>>): string =>
  new URLSearchParams(Object.entries(wish).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)] as [string, string]]))).toString();

/** The pages of these numbers (from 0), read again every few seconds: of a list of many thousands only what is looked at is asked for. */
export function useEventPages(wish: EventWish, pages: readonly number[]): EventPages {
  const results = useQueries({ queries: pages.map(page => ({ queryKey: [...eventKeys.all, 'list', wish, page], queryFn: ({ signal }: { readonly signal: AbortSignal }) => request(`/events?${path({ ...wish, offset: page * eventPageRows, limit: eventPageRows })}`, eventList, { signal }), refetchInterval: every(3000), placeholderData: keepPreviousData<EventList> })) });
  const read = new Map<number, EventList>();
  results.forEach(({ data }, i) => { if (data !== undefined) read.set(pages[i]!, data); });
  const failed = results.find(({ error, data }) => error !== null && data === undefined);
  return { pages: read, error: failed?.error ?? null, retry: () => { for (const result of results) void result.refetch(); } };
}

/** Null reads nothing. Opening an event counts as reading it: whatever nobody reads is a suggestion to save. */
export const useEvent = (event: EventRef | null) => useQuery({ queryKey: eventKeys.detail(event ?? { signal: 'logs', service: '', id: '' }), queryFn: ({ signal }) => request(`/events/detail?${path({ ...event })}`, eventDetail, { signal }), enabled: event !== null, refetchInterval: every(2000) });

/** What changed about events, the newest first: read when the server says that there is something else, and now and then as well. */
export const useDriftFeed = (limit = 500) => useQuery({ queryKey: [...eventKeys.drift, limit], queryFn: ({ signal }) => request(`/events/drift?limit=${limit}`, driftList, { signal }), refetchInterval: () => every(isPushed() ? pushedMs : 2000)(), select: data => data.drift });
