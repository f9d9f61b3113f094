// Members of themes that no event of the catalogue is called by, under any of their names. Pure.
import type { NameBook, NameMeaning, Theme } from '../../model/index.ts';

export interface KnownEvent { readonly service: string; readonly durableId: string }
type Member = Theme['members'][number];

/** For each bundle its unknown names. One walk through the catalogue, however many bundles. */
export function unknownMembers(bundles: readonly Theme['members'][], events: Iterable<KnownEvent>, book: NameBook): string[][] {
  const meant = new Map<string, { readonly member: Member; readonly only: string | null }[]>();
  for (const member of bundles.flat()) for (const { name, service } of meaningsOf(member.name, book)) (meant.get(name) ?? meant.set(name, []).get(name)!).push({ member, only: service });
  const known = new Set<Member>();
  for (const { service, durableId } of events) {
    for (const { member, only } of meant.get(durableId) ?? []) if ((only === null || only === service) && (member.service === null || member.service === service)) known.add(member);
  }
  return bundles.map((members) => members.filter((member) => !known.has(member)).map(({ name }) => name));
}

const meaningsOf = (name: string, { events }: NameBook): readonly NameMeaning[] => (Object.hasOwn(events, name) ? events[name]! : [{ name, service: null }]);
