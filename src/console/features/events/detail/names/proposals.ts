// Aliases that have to do with an event: what evidence proposes, and which of its fields were called otherwise. Pure.
import type { Alias, EventDetail } from '../../../../../model/index.ts';

type Of = Pick<EventDetail, 'durableId' | 'service' | 'fieldRows'>;

function isAbout({ kind, former, current, service }: Alias, event: Of): boolean {
  if (service !== null && service !== event.service) return false;
  if (kind === 'event') return former === event.durableId || current === event.durableId;
  return event.fieldRows.some(({ place, key }) => place === 'attribute' && (key === former || key === current));
}

export const aliasesOf = (aliases: readonly Alias[], event: Of): readonly Alias[] => aliases.filter(one => isAbout(one, event));
/** In force, of its fields. */
export const fieldAliasesOf = (aliases: readonly Alias[], event: Of): readonly Alias[] => aliases.filter(one => one.kind === 'field' && one.state === 'active' && isAbout(one, event));
