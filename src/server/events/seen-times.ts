// When agents saw the names of a rename: the new one first, the former one last.
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
