// Fields that a metric is made of and that its events have no more, or never had: it goes on with what is not there, and says nothing of it. Pure.
import { meaningsOf, type Plan } from '../../../kql/index.ts';
import type { MetricDefinition } from '../../../model/index.ts';
import type { Names } from '../follows.ts';
import { mentionsOf, servicesOf } from '../users/mentions.ts';

/** An event as the catalogue knows it. */
export interface KnownEvent {
  readonly durableId: string; readonly service: string; readonly lastUnixMs: number;
  /** Whether its records have the attribute now; null: too few were looked at to tell. `sinceUnixMs`: when they had it last, or since when it is known without. */
  readonly attribute: (key: string) => { readonly isThere: boolean; readonly sinceUnixMs: number } | null;
}
export type UnseenField = NonNullable<MetricDefinition['unseen']>[number];

/** `part`: what one number of the metric is made of. Of each service, the event counts that came last under any of the names. */
export function unseenFields(plan: Plan, part: unknown, names: Names, eventsCalled: (durableId: string) => readonly KnownEvent[]): UnseenField[] {
  const fields = mentionsOf(part).fields.filter(({ attribute, follows, by }) => attribute && (follows || by.startsWith('Attributes')));
  if (fields.length === 0) return [];
  const services = servicesOf(plan);
  const called = new Set(mentionsOf(plan).events.flatMap((mention) => mention.names.flatMap((name) => (mention.follows ? meaningsOf(names.book.events, name).map((one) => one.name) : [name]))));
  const known = [...called].flatMap(eventsCalled).filter(({ service }) => services === null || services.has(service));
  const newest = [...Map.groupBy(known, ({ service }) => service).values()].map((of) => of.reduce((a, b) => (b.lastUnixMs > a.lastUnixMs ? b : a)));
  return fields.flatMap((field): UnseenField[] => {
    const keys = field.follows ? meaningsOf(names.book.fields, field.name).map((one) => one.name) : [field.name];
    const without = newest.flatMap((event) => {
      const looks = keys.map((key) => event.attribute(key));
      return looks.every((look) => look?.isThere === false) ? [{ event: event.durableId, sinceMs: Math.max(...looks.map((look) => look!.sinceUnixMs)) }] : [];
    });
    // One event that has it makes the metric.
    if (without.length === 0 || without.length < newest.length) return [];
    return [{ field: field.name, event: without[0]!.event, since: new Date(Math.min(...without.map(({ sinceMs }) => sinceMs))).toISOString() }];
  });
}
