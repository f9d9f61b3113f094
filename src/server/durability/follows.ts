// Which renames something follows now: what it says, what that means today, and since when.
import { isMinedId, meaningsOf, namesUsed } from '../../kql/index.ts';
import type { Alias, FollowedName, NameBook } from '../../model/index.ts';

export interface Names { readonly all: readonly Alias[]; readonly book: NameBook }

/** Names that were renamed, in the order in which they are said. Ids of templates are followed, too, but nobody has to know of that. */
export function followsOf(holder: unknown, names: Names): FollowedName[] {
  const { events, fields } = namesUsed(holder);
  return [...events.filter((name) => !isMinedId(name)).flatMap((name) => followed('event', name, names) ?? []), ...fields.flatMap((name) => followed('field', name, names) ?? [])];
}

function followed(kind: Alias['kind'], name: string, { all, book }: Names): FollowedName | null {
  const now = meaningsOf(kind === 'event' ? book.events : book.fields, name).map((one) => one.name);
  const links = all.filter((one) => one.kind === kind && one.state === 'active' && (now.includes(one.former) || now.includes(one.current)));
  if (now.length < 2 || links.length === 0) return null;
  return { name, now, since: links.map(({ at }) => at).reduce((a, b) => (a > b ? a : b)) };
}
