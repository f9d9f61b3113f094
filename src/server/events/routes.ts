// The catalogue of events over REST.
import { ok } from '../../base/index.ts';
import { driftList, driftQuery, eventDetail, eventDetailQuery, eventList, eventQuery, templateBook } from '../../model/index.ts';
import { refuse } from '../http/problem.ts';
import { route, type Route } from '../http/route.ts';
import type { Aliases } from '../durability/index.ts';
import { keyOfRef } from './drift-log.ts';
import type { EventService } from './event-service.ts';
import { withDoubt } from './settled-drift.ts';
import { listEvents, type EventViews } from './views/index.ts';

export interface EventRouteOptions { readonly events: EventService; readonly aliases: Pick<Aliases, 'all'>; readonly views: EventViews; readonly nowMs: () => number }

export const eventRoutes = ({ events, aliases, views, nowMs }: EventRouteOptions): Route[] => [
  route({ method: 'GET', path: '/events', tag: 'events', summary: 'Every durable id that agents saw: what it is called, how much it sends, how it changed, who uses it', query: eventQuery, needs: 'event.read', status: 200, response: eventList, problems: [],
    handle: async ({ query }) => {
      await events.users.refresh();
      return ok(await listEvents(events, views, query, nowMs()));
    } }),
  route({ method: 'GET', path: '/events/detail', tag: 'events', summary: 'One event: its schema as seen, versions, changes, users and findings; opening it counts as reading it, unless with `peek`', query: eventDetailQuery, needs: 'event.read', status: 200, response: eventDetail, problems: ['event.unknown'],
    handle: async ({ query }) => {
      const event = events.book.get({ signal: query.signal, service: query.service, durableId: query.id });
      if (event === null) return refuse('event.unknown', `No agent has told of the event "${query.id}" in ${query.signal} of the service "${query.service}".`);
      await events.users.refresh();
      if (!query.peek) events.reads.touch(keyOfRef(query), nowMs());
      return ok(views.detail(event, nowMs()));
    } }),
  route({ method: 'GET', path: '/events/drift', tag: 'events', summary: 'What changed about events, the newest first', query: driftQuery, needs: 'event.read', status: 200, response: driftList, problems: [],
    handle: ({ query }) => Promise.resolve(ok({ drift: withDoubt(events.drift.since(query.since, query.limit), aliases.all) })) }),
  route({ method: 'GET', path: '/templates', tag: 'events', summary: 'Templates that all agents mined from bodies: what names a record by its body the same as they do', needs: 'event.read', status: 200, response: templateBook, problems: [],
    handle: () => Promise.resolve(ok(events.templates.wire)) }),
];
