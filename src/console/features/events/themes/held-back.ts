// Which events a theme that is off holds back, under whatever name they come. Pure.
import { meaningsOf } from '../../../../kql/index.ts';
import type { NameBook, ThemeView } from '../../../../model/index.ts';

/** Themes that are off, by name of an event; `service` null: wherever it occurs. */
export type HeldBack = ReadonlyMap<string, readonly { readonly service: string | null; readonly theme: Pick<ThemeView, 'id' | 'name' | 'offKeepPerMille'> }[]>;

export function heldBackBy(themes: readonly ThemeView[], book: NameBook['events']): HeldBack {
  const held = new Map<string, { service: string | null; theme: ThemeView }[]>();
  for (const theme of themes) {
    if (theme.state === 'on') continue;
    for (const member of theme.members) {
      for (const { name, service } of meaningsOf(book, member.name)) {
        if (service !== null && member.service !== null && service !== member.service) continue;
        held.set(name, [...held.get(name) ?? [], { service: member.service ?? service, theme }]);
      }
    }
  }
  return held;
}

/** Of logs alone: themes hold back nothing else. */
export const themesOff = (held: HeldBack, { signal, service, durableId }: { readonly signal: string; readonly service: string; readonly durableId: string }): readonly Pick<ThemeView, 'id' | 'name' | 'offKeepPerMille'>[] =>
  (signal !== 'logs' ? [] : [...new Set((held.get(durableId) ?? []).filter(one => one.service === null || one.service === service).map(({ theme }) => theme))]);
