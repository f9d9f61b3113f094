// The catalogue by durable id, for whoever asks whether events still have a field.
import { fieldKey, fieldState, leastCarriedLooks, type MergedEvent, type SeenBook } from '../../catalogue/index.ts';
import type { KnownEvent } from '../durability/index.ts';

/** Made once for a row of questions. */
export function knownEvents(book: Pick<SeenBook, 'events'>): (durableId: string) => readonly KnownEvent[] {
  let byId: Map<string, MergedEvent[]> | null = null;
  return (durableId) => ((byId ??= Map.groupBy(book.events(), (event) => event.durableId)).get(durableId) ?? []).map((event): KnownEvent => ({
    durableId, service: event.service, lastUnixMs: event.lastUnixMs,
    attribute: (key) => {
      const field = event.fields.get(fieldKey({ place: 'attribute', key }));
      if (field !== undefined && field.seen > 0) return { isThere: fieldState(field, event) !== 'gone', sinceUnixMs: field.lastUnixMs };
      // Rare fields of an event with very many are counted together.
      return event.looked < leastCarriedLooks || event.foldedFields.seen > 0 ? null : { isThere: false, sinceUnixMs: event.firstUnixMs };
    },
  }));
}
