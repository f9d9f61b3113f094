// The list of events: found, sorted and cut before anything is worked out that only rows need. Of a hundred thousand, a slice at a time.
import { eventKey, type MergedEvent } from '../../../catalogue/index.ts';
import { labelOf } from '../../../cost/index.ts';
import type { EventList, EventQuery } from '../../../model/index.ts';
import type { EventService } from '../event-service.ts';
import type { EventViews } from './event-views.ts';
import { mapInTurns, sortedPart } from './sort-in-turns.ts';

type Sources = Pick<EventService, 'book' | 'rates' | 'drift' | 'refused' | 'templates'>;
interface Keyed { readonly event: MergedEvent; readonly key: number | string }

export async function listEvents({ book, rates, drift, refused, templates }: Sources, views: EventViews, query: EventQuery, nowMs: number): Promise<EventList> {
  const keyed = await mapInTurns([...book.events()], (event): Keyed | null =>
    (isWanted(event, query) && (query.only === 'all' || isOf(query.only, event, views, drift)) ? { event, key: sortKey(query.sort, event, rates, drift, nowMs) } : null));
  const turn = query.descending ? -1 : 1;
  const compare = (a: Keyed, b: Keyed): number => (a.key < b.key ? -turn : a.key > b.key ? turn : b.event.records - a.event.records || (a.event.durableId < b.event.durableId ? -1 : 1));
  const shown = await sortedPart(keyed, compare, query.offset, query.offset + query.limit);
  const { ids, records } = book.folded();
  return { events: await mapInTurns(shown, ({ event }) => views.row(event, nowMs)), total: keyed.length, folded: { ids, records }, services: book.services(), refused: { ...refused, templateMessages: templates.refused }, leftOut: { withoutRoom: templates.withoutRoom, outdated: templates.outdated } };
}

function isWanted(event: MergedEvent, { search, service, signal, source }: EventQuery): boolean {
  if (service !== undefined && event.service !== service) return false;
  if ((signal !== undefined && event.signal !== signal) || (source !== undefined && event.source !== source)) return false;
  const wanted = search.trim().toLowerCase();
  return wanted === '' || [event.durableId, event.template ?? '', event.sourceLine ?? '', event.service, event.scope ?? ''].some((text) => text.toLowerCase().includes(wanted));
}

function isOf(only: Exclude<EventQuery['only'], 'all'>, event: MergedEvent, views: EventViews, drift: Sources['drift']): boolean {
  switch (only) {
    case 'drift': return drift.count(eventKey(event)) > 0;
    case 'lint': return views.lints(event).length > 0;
    case 'unused': return views.users(event).length === 0;
    case 'renamed': return views.renamedTo(event) !== null || views.formerNames(event).length > 0;
  }
}

function sortKey(sort: EventQuery['sort'], event: MergedEvent, rates: Sources['rates'], drift: Sources['drift'], nowMs: number): number | string {
  switch (sort) {
    case 'rate': return rates.perSecond(eventKey(event), nowMs).records;
    case 'bytes': return rates.perSecond(eventKey(event), nowMs).bytes;
    case 'label': return labelOf(event).toLowerCase();
    case 'service': return event.service.toLowerCase();
    case 'first': return event.firstUnixMs;
    case 'last': return event.lastUnixMs;
    case 'fields': return event.fields.size;
    case 'drift': return drift.count(eventKey(event));
  }
}
