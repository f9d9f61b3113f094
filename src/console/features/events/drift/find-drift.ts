// Which changes the feed shows. Pure.
import type { Drift, DriftKind } from '../../../../model/index.ts';

export interface DriftWish { readonly find: string; readonly service: string | undefined; readonly kind: DriftKind | undefined }

/** Words in any order, in event, field, service, version and what it was and is. */
export function findDrift(changes: readonly Drift[], { find, service, kind }: DriftWish): readonly Drift[] {
  const words = find.toLowerCase().split(/\s+/).filter(word => word !== '');
  return changes.filter(one => {
    if ((service !== undefined && one.service !== service) || (kind !== undefined && one.kind !== kind)) return false;
    const text = [one.durableId, one.field ?? '', one.service, one.version ?? '', one.was, one.now].join('\n').toLowerCase();
    return words.every(word => text.includes(word));
  });
}
