// Events that a person picked from the list, to bundle them. They stay picked when the list moves on. Pure.
import type { EventRow, ThemeInput } from '../../../../model/index.ts';
import { keyOf } from '../words/event-words.ts';

export type Members = ThemeInput['members'];
export type Picks = ReadonlyMap<string, Members[number]>;

export const picksOf = (): Picks => new Map();
/** Events that are together have no name to bundle them by. */
export const canPick = ({ source }: Pick<EventRow, 'source'>): boolean => source !== 'folded' && source !== 'none';

export function togglePick(picks: Picks, event: EventRow): Picks {
  if (!canPick(event)) return picks;
  const next = new Map(picks);
  if (!next.delete(keyOf(event))) next.set(keyOf(event), { name: event.durableId, service: event.service === '' ? null : event.service });
  return next;
}
