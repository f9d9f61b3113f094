// The names that can stand in event("…") and field("…"), asked for as they are written: those of the catalogue, and those that aliases lead on from.
import { fromGroups } from '../../kql/index.ts';
import { eventList, knownNames as sentNames, type EventRow, type NameBook } from '../../model/index.ts';
import { request } from './client.ts';

const mostNames = 500;
const bookOfNow = async (): Promise<NameBook> => { const { book } = await request('/aliases/names', sentNames); return fromGroups(book ?? { groups: [], events: [], fields: [] }); };

/** Those with the text in their name, line or template. */
export async function eventNames(begun: string) {
  const [{ events }, { events: book }] = await Promise.all([request(`/events?${new URLSearchParams({ search: begun, limit: String(mostNames) }).toString()}`, eventList), bookOfNow()]);
  return namesOf(events, book, begun);
}

/** Names of attributes that were renamed, former and present. */
export const fieldNames = async (): Promise<readonly string[]> => Object.keys((await bookOfNow()).fields);

/** Each name once: those that send most first, then former ones. What has no name of its own is nothing to write. */
export function namesOf(events: readonly Pick<EventRow, 'durableId' | 'service' | 'source' | 'label'>[], book: NameBook['events'], begun: string): readonly { readonly name: string; readonly detail: string; readonly documentation: string }[] {
  const present = new Map<string, { readonly label: string; readonly services: Set<string> }>();
  for (const { durableId, service, source, label } of events) {
    if (source === 'folded' || source === 'none') continue;
    const known = present.get(durableId) ?? { label, services: new Set() };
    present.set(durableId, known);
    known.services.add(service);
  }
  const now = [...present].map(([name, { label, services }]) => ({ name, detail: [...services].join(', '), documentation: label === name ? '' : label }));
  const former = Object.keys(book).filter((name) => !present.has(name) && name.toLowerCase().includes(begun.toLowerCase()));
  return [...now, ...former.map((name) => ({ name, detail: `now ${book[name]![0]!.name}`, documentation: '' }))];
}
