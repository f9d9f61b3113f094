// Events that a person picked from the list, to bundle them. They stay picked when the list moves on. Pure.
import type { EventRow, ThemeInput } from '../../../../model/index.ts';
import { keyOf } from '../words/event-words.ts';

export type Members = ThemeInput['members'];
export type Picks = ReadonlyMap<string, Members[number]>;

export const picksOf = (): Picks => new Map();
/** Events that are together have no name to bundle them by; a trace without some of its spans is torn, and a point is no detail of anything. */
export const canPick = ({ source, signal }: Pick<EventRow, 'source' | 'signal'>): boolean => signal === 'logs' && source !== 'folded' && source !== 'none';

export function togglePick(picks: Picks, event: EventRow): Picks {
  if (!canPick(event)) return picks;
  const next = new Map(picks);
  if (!next.delete(keyOf(event))) next.set(keyOf(event), { name: event.durableId, service: event.service === '' ? null : event.service });
  return next;
}
