// What the catalogue knows of the members of themes: which no log is called by, under any of their names (a theme holds back logs alone), and of which
// errors came. Pure.
import { meaningsOf } from '../../kql/index.ts';
import type { NameBook, Signal, Theme } from '../../model/index.ts';

export interface KnownEvent { readonly signal: Signal; readonly service: string; readonly durableId: string; /** Records by severity number. */ readonly severities?: ReadonlyMap<number, unknown> }
type Member = Theme['members'][number];
/** ERROR of OpenTelemetry. */
const errorSeverity = 17;

export interface KnownMembers { readonly unknown: readonly string[]; /** Held back with their errors. */ readonly withErrors: readonly string[] }

/** For each bundle. One walk through the catalogue, however many bundles. */
export function knownMembers(bundles: readonly Theme['members'][], events: Iterable<KnownEvent>, book: NameBook): KnownMembers[] {
  const meant = new Map<string, { readonly member: Member; readonly only: string | null }[]>();
  for (const member of bundles.flat()) for (const { name, service } of meaningsOf(book.events, member.name)) (meant.get(name) ?? meant.set(name, []).get(name)!).push({ member, only: service });
  const known = new Set<Member>();
  const withErrors = new Set<Member>();
  for (const { signal, service, durableId, severities } of events) {
    if (signal !== 'logs') continue;
    for (const { member, only } of meant.get(durableId) ?? []) if ((only === null || only === service) && (member.service === null || member.service === service)) {
      known.add(member);
      if ([...severities?.keys() ?? []].some((severity) => severity >= errorSeverity)) withErrors.add(member);
    }
  }
  const names = (members: Theme['members'], has: (member: Member) => boolean): string[] => members.filter(has).map(({ name }) => name);
  return bundles.map((members) => ({ unknown: names(members, (member) => !known.has(member)), withErrors: names(members, (member) => withErrors.has(member)) }));
}
