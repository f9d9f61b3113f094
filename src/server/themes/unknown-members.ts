// Members of themes that no log of the catalogue is called by, under any of their names: a theme holds back logs alone. Pure.
import { meaningsOf } from '../../kql/index.ts';
import type { NameBook, Signal, Theme } from '../../model/index.ts';

export interface KnownEvent { readonly signal: Signal; readonly service: string; readonly durableId: string }
type Member = Theme['members'][number];

/** For each bundle its unknown names. One walk through the catalogue, however many bundles. */
export function unknownMembers(bundles: readonly Theme['members'][], events: Iterable<KnownEvent>, book: NameBook): string[][] {
  const meant = new Map<string, { readonly member: Member; readonly only: string | null }[]>();
  for (const member of bundles.flat()) for (const { name, service } of meaningsOf(book.events, member.name)) (meant.get(name) ?? meant.set(name, []).get(name)!).push({ member, only: service });
  const known = new Set<Member>();
  for (const { signal, service, durableId } of events) {
    if (signal !== 'logs') continue;
    for (const { member, only } of meant.get(durableId) ?? []) if ((only === null || only === service) && (member.service === null || member.service === service)) known.add(member);
  }
  return bundles.map((members) => members.filter((member) => !known.has(member)).map(({ name }) => name));
}
