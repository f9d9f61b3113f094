// What a link to the Events view reproduces.
import { z } from 'zod';
import { driftKinds, eventQuery, eventSorts, eventSources, signalSchema } from '../../model/index.ts';

const word = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);

export const eventTabs = ['events', 'drift', 'themes', 'metrics'] as const;
export type EventTab = (typeof eventTabs)[number];
export const eventPanes = ['schema', 'drift', 'names', 'used', 'lint'] as const;
export type EventPane = (typeof eventPanes)[number];
export const eventOnly = eventQuery.shape.only.unwrap().options;

export const eventsSearch = z.object({
  tab: z.enum(eventTabs).optional().catch(undefined),
  /** Of the list; `find` and `service` also of the drift of the fleet. */
  find: word, service: word, signal: signalSchema.optional().catch(undefined), source: z.enum(eventSources).optional().catch(undefined),
  only: z.enum(eventOnly).optional().catch(undefined), sort: z.enum(eventSorts).optional().catch(undefined), up: z.boolean().optional().catch(undefined),
  /** The chosen event: its signal, its service (may be empty) and its durable id. */
  eventSignal: signalSchema.optional().catch(undefined), eventService: word, id: word,
  pane: z.enum(eventPanes).optional().catch(undefined),
  /** Of the drift of the fleet. */
  change: z.enum(driftKinds).optional().catch(undefined),
  /** Id of the chosen theme. */
  theme: word,
});
export type EventsSearch = z.infer<typeof eventsSearch>;
