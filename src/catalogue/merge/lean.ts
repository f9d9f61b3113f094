// An event without fields: its name and counts stay, what was seen of its fields is counted with the folded ones. For both sides of a difference: what an
// agent tells, and what it had told.
import type { EventSeen, FieldType } from '../../model/index.ts';
import type { AgentPart } from './agent-part.ts';
import type { MergedEvent } from './merged-event.ts';

const sumOf = (types: Partial<Record<FieldType, number>>): number => Object.values(types).reduce((sum, count) => sum + count, 0);

export function leanSeen(seen: EventSeen): EventSeen {
  if (seen.fields.length === 0) return seen;
  const foldedFields = { ...seen.foldedFields };
  for (const { types, bytes } of seen.fields) { foldedFields.seen += sumOf(types); foldedFields.bytes += bytes; }
  return { ...seen, fields: [], foldedFields };
}

export function leanPart(part: AgentPart): AgentPart {
  const foldedFields = { ...part.foldedFields };
  for (const { types, bytes } of Object.values(part.fields)) { foldedFields.seen += sumOf(types); foldedFields.bytes += bytes; }
  return { ...part, fields: {}, foldedFields };
}

/** Its fields go into the folded ones. */
export function foldFields(event: MergedEvent): void {
  for (const { seen, bytes } of event.fields.values()) { event.foldedFields.seen += seen; event.foldedFields.bytes += bytes; }
  event.fields.clear();
}

/** Nothing is known of its fields and looks: agents tell them anew, as totals since they started. */
export function forgetFields(event: MergedEvent): void {
  event.fields.clear();
  event.looked = event.lookedBytes = 0;
  event.foldedFields = { seen: 0, bytes: 0 };
}
