// Rows keep their places while a person is in the list: figures go on, but a row that is about to be clicked does not move. Pure.
import type { EventList, EventRow } from '../../../../model/index.ts';
import { keyOf } from '../words/event-words.ts';

/** Rows by page, as they stood when the list was entered, and of which wish. */
export interface Held { readonly wish: string; readonly pages: ReadonlyMap<number, readonly EventRow[]> }

export function rowsOf(pages: ReadonlyMap<number, EventList>, held: Held | null, wish: string): ReadonlyMap<number, readonly EventRow[]> {
  if (held === null || held.wish !== wish) return new Map([...pages].map(([page, { events }]) => [page, events]));
  const now = new Map([...pages.values()].flatMap(({ events }) => events.map(event => [keyOf(event), event] as const)));
  return new Map([...pages].map(([page, { events }]) => [page, held.pages.get(page)?.map(row => now.get(keyOf(row)) ?? row) ?? events]));
}
