// Which renames something follows now: what it says, what that means today, since when, and what it did not meet before.
import { isMinedId, meaningsOf, namesUsed } from '../../kql/index.ts';
import type { Alias, FollowedName, Gap, NameBook } from '../../model/index.ts';

export interface Names { readonly all: readonly Alias[]; readonly book: NameBook }

/** Names that were renamed, in the order in which they are said. Ids of templates are followed, too, but nobody has to know of that.
 *  `fromAt`: since when the holder looks at records; null: it does not; left out: since ever. */
export function followsOf(holder: unknown, names: Names, fromAt: string | null = ''): FollowedName[] {
  const { events, fields } = namesUsed(holder);
  const of = (kind: Alias['kind']) => (name: string): FollowedName[] => followed(kind, name, names, fromAt);
  return [...events.filter((name) => !isMinedId(name)).flatMap(of('event')), ...fields.flatMap(of('field'))];
}

/** Since when it is followed: a person's word may have come after the proposal. */
export const inForceAt = ({ at, decided }: Pick<Alias, 'at' | 'decided'>): string => decided?.at ?? at;

function followed(kind: Alias['kind'], name: string, { all, book }: Names, fromAt: string | null): FollowedName[] {
  const now = meaningsOf(kind === 'event' ? book.events : book.fields, name).map((one) => one.name);
  const links = all.filter((one) => one.kind === kind && one.state === 'active' && (now.includes(one.former) || now.includes(one.current)));
  const [newest] = links.toSorted((a, b) => (inForceAt(a) < inForceAt(b) ? 1 : -1));
  if (now.length < 2 || newest === undefined) return [];
  const { firstSeen, decided, by, missed } = newest;
  return [{ name, now, since: inForceAt(newest), by: decided?.by ?? by, ...(firstSeen !== undefined && { firstSeen }), ...(missed !== undefined && missedFrom(missed, fromAt)) }];
}

/** Of a holder that came to be within a gap, the rest of it. */
function missedFrom(gaps: readonly Gap[], fromAt: string | null): Pick<FollowedName, 'missed'> {
  const missed = fromAt === null ? [] : gaps.filter(({ until }) => fromAt < until).map(({ from, until, wholeFrom }): Gap => ({ from: later(from, fromAt), until, ...(wholeFrom !== undefined && { wholeFrom: later(wholeFrom, fromAt) }) }));
  return missed.length === 0 ? {} : { missed };
}
const later = (a: string, b: string): string => (a > b ? a : b);
