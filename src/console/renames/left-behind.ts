// What a filter names that is called otherwise now, or is not sent any more. Pure.
import { followField, followName, kqlString } from '../../kql/index.ts';
import type { Alias, Drift } from '../../model/index.ts';

export interface Left { readonly key: string; readonly kind: 'proposed' | 'exact' | 'silent' | 'missing'; readonly name: string; readonly current?: string; readonly of?: string; /** As a time of Alias or Drift. */ readonly since: string | number; readonly call: string; /** It names it in words of its own. */ readonly isExact: boolean }

const callOf = (kind: Alias['kind'], name: string): string => `${kind}(${kqlString(name)})`;
/** By what the text says: in words of its own, by event() or field(), or not at all. */
function said(kql: string, kind: Alias['kind'], name: string): 'exact' | 'follows' | null {
  if ((kind === 'event' ? followName(kql, name) : followField(kql, name)) !== null) return 'exact';
  return kql.includes(callOf(kind, name)) ? 'follows' : null;
}

/** Each name once: a rename explains a silence. */
export function leftBehind(kql: string, aliases: readonly Alias[], drift: readonly Drift[]): readonly Left[] {
  if (kql.trim() === '') return [];
  const renamed = aliases.flatMap((one): Left[] => {
    const how = one.state === 'rejected' ? null : said(kql, one.kind, one.former);
    // Who names both finds both.
    if (how === null || (one.state === 'active' && how === 'follows') || said(kql, one.kind, one.current) !== null) return [];
    return [{ key: one.id, kind: one.state === 'proposed' ? 'proposed' : 'exact', name: one.former, current: one.current, since: one.firstSeen ?? one.at, call: callOf(one.kind, one.former), isExact: how === 'exact' }];
  });
  const isTold = (name: string): boolean => aliases.some(one => one.state !== 'rejected' && one.former === name);
  const over = new Map<string, Left>();
  for (const { id, kind, durableId, field, closed, since, at } of drift) {
    const name = kind === 'gone-event' ? durableId : kind === 'missing-field' ? field : undefined;
    if (name === undefined || closed !== undefined || isTold(name) || over.has(name) || said(kql, kind === 'gone-event' ? 'event' : 'field', name) === null) continue;
    over.set(name, { key: id, kind: kind === 'gone-event' ? 'silent' : 'missing', name, of: durableId, since: since ?? at, call: '', isExact: true });
  }
  return [...renamed, ...over.values()];
}
