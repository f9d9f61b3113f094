// When agents saw the names of a rename, the new one first, the former one last; and on which events a field was seen.
import { fieldKey, type MergedEvent, type SeenBook } from '../../catalogue/index.ts';
import { signals, type Alias } from '../../model/index.ts';

interface Times { readonly firstUnixMs: number; readonly lastUnixMs: number }

/** Null for what no agent told of. */
export function seenTimes(book: Pick<SeenBook, 'get' | 'events'>, { kind, former, current, service }: Pick<Alias, 'kind' | 'former' | 'current' | 'service'>): { readonly firstSeenMs: number | null; readonly formerLastMs: number | null } {
  const of = (name: string): readonly Times[] => (kind === 'event' ? eventsCalled(book, name, service) : fieldsCalled(book, name, service));
  const [news, formers] = [of(current), of(former)];
  return { firstSeenMs: news.length === 0 ? null : Math.min(...news.map((one) => one.firstUnixMs)), formerLastMs: formers.length === 0 ? null : Math.max(...formers.map((one) => one.lastUnixMs)) };
}

function eventsCalled(book: Pick<SeenBook, 'get' | 'events'>, durableId: string, service: string | null): readonly MergedEvent[] {
  if (service !== null) return signals.flatMap((signal) => book.get({ signal, service, durableId }) ?? []);
  return [...book.events()].filter((event) => event.durableId === durableId);
}

function fieldsCalled(book: Pick<SeenBook, 'events'>, key: string, service: string | null): readonly Times[] {
  const name = fieldKey({ place: 'attribute', key });
  return [...book.events()].flatMap((event) => (service !== null && event.service !== service ? [] : event.fields.get(name) ?? [])).filter(({ seen }) => seen > 0);
}

/** Whether an event has an attribute, or may have: of what was folded nobody knows. */
export function bearsField(book: Pick<SeenBook, 'get'>, of: { readonly service: string; readonly durableId: string }, key: string): boolean {
  const name = fieldKey({ place: 'attribute', key });
  return signals.some((signal) => { const event = book.get({ signal, ...of }); return event !== null && (event.foldedFields.seen > 0 || event.fields.has(name)); });
}
