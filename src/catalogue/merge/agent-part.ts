// What one agent had reported of one event when it last did: totals, from which the next report's differences come.
import type { EventSeen, FieldType } from '../../model/index.ts';
import { fieldKey, type Counts } from './merged-event.ts';

export interface FieldPart { types: Partial<Record<FieldType, number>>; bytes: number }
export interface AgentPart {
  startedUnixMs: number;
  /** By the agent's clock. */
  atUnixMs: number;
  records: number;
  bytes: number;
  removedRecords: number;
  removedBytes: number;
  looked: number;
  lookedBytes: number;
  severities: Record<string, Counts>;
  versions: Record<string, Counts>;
  fields: Record<string, FieldPart>;
  foldedFields: { seen: number; bytes: number };
  /** `anew` of the event, of this run of the agent. */
  anew?: number;
}

export function partOf(seen: EventSeen, startedUnixMs: number, atUnixMs: number): AgentPart {
  const { records, bytes, removedRecords, removedBytes, looked, lookedBytes } = seen;
  return {
    startedUnixMs, atUnixMs, records, bytes, removedRecords, removedBytes, looked, lookedBytes, foldedFields: seen.foldedFields, ...(seen.anew !== undefined && { anew: seen.anew }),
    severities: seen.severities, versions: Object.fromEntries(Object.entries(seen.versions).map(([version, counts]) => [version, { records: counts.records, bytes: counts.bytes }])),
    fields: Object.fromEntries(seen.fields.map((field) => [fieldKey(field), { types: field.types, bytes: field.bytes }])),
  };
}

export const nothing: AgentPart = { startedUnixMs: 0, atUnixMs: 0, records: 0, bytes: 0, removedRecords: 0, removedBytes: 0, looked: 0, lookedBytes: 0, severities: {}, versions: {}, fields: {}, foldedFields: { seen: 0, bytes: 0 } };

/** What the agent's totals stand on: what it had reported, or nothing when it restarted or counts the event anew. An agent that needed room
 *  may have let the fields go alone: then these are counted anew. */
export function baseFor(part: AgentPart | undefined, seen: EventSeen, startedUnixMs: number): AgentPart {
  if (part === undefined || part.startedUnixMs !== startedUnixMs || seen.records < part.records) return nothing;
  return letGo(part, seen) ? { ...part, looked: 0, lookedBytes: 0, fields: {}, foldedFields: { seen: 0, bytes: 0 } } : part;
}

/** The totals without what is counted by texts: those are told anew. */
export const withoutTexts = (part: AgentPart): AgentPart => ({ ...part, looked: 0, lookedBytes: 0, versions: {}, fields: {}, foldedFields: { seen: 0, bytes: 0 } });

/** Whether an agent's rules hide something that was told of the event since it last reported it. */
export const hidesMore = (part: AgentPart | undefined, seen: EventSeen, startedUnixMs: number): boolean => (seen.anew ?? 0) > (part?.startedUnixMs === startedUnixMs ? part.anew ?? 0 : 0);

/** Whether fields that were told of are gone, and not because others folded them. */
function letGo(part: AgentPart, seen: EventSeen): boolean {
  if (seen.looked < part.looked || seen.foldedFields.seen < part.foldedFields.seen) return true;
  if (seen.foldedFields.seen > part.foldedFields.seen) return false;
  const now = new Set(seen.fields.map(fieldKey));
  return Object.keys(part.fields).some((key) => !now.has(key));
}
