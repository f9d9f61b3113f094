// An event of the book as JSON, with what each agent had told of it, so that a server that restarts goes on where it was. Version 1.
import type { EventSource, FieldPlace, FieldType, Signal } from '../../model/index.ts';
import { sketchFromText, sketchToText } from '../sketch/index.ts';
import { nothing, type AgentPart } from './agent-part.ts';
import { fieldKey, newField, type Counts, type MergedEvent, type MergedField, type VersionCounts } from './merged-event.ts';

interface FieldRow { readonly place: FieldPlace; readonly key: string; readonly types: Partial<Record<FieldType, number>>; readonly seen: number; readonly bytes: number; readonly maxBytes: number; readonly sketch: string; readonly examples: readonly string[]; readonly firstUnixMs: number; readonly lastUnixMs: number; readonly lookedBefore: number; readonly lookedWhenSeen: number }
export interface BookRow {
  readonly version: 1;
  readonly signal: Signal; readonly service: string; readonly durableId: string; readonly source: EventSource;
  readonly template: string | null; readonly formerIds: readonly string[]; readonly scope: string | null; readonly unit: string | null; readonly sourceLine: string | null;
  readonly firstUnixMs: number; readonly lastUnixMs: number; readonly records: number; readonly bytes: number; readonly removedRecords: number; readonly removedBytes: number;
  readonly severities: readonly (readonly [number, Counts])[]; readonly versions: readonly (readonly [string, VersionCounts])[];
  readonly looked: number; readonly lookedBytes: number; readonly fields: readonly FieldRow[]; readonly foldedFields: { readonly seen: number; readonly bytes: number };
  readonly agents: readonly string[]; readonly parts: readonly (readonly [string, AgentPart])[];
  /** It has no fields, for want of room. */
  readonly isLean?: boolean;
}

export function toRow(event: MergedEvent, parts: ReadonlyMap<string, AgentPart>, isLean: boolean): BookRow {
  const { signal, service, durableId, source, formerIds, sourceLine, firstUnixMs, lastUnixMs, records, bytes, removedRecords, removedBytes, looked, lookedBytes } = event;
  return {
    version: 1, signal, service, durableId, source, template: event.template ?? null, formerIds, scope: event.scope ?? null, unit: event.unit ?? null, sourceLine, firstUnixMs, lastUnixMs,
    records, bytes, removedRecords, removedBytes, severities: [...event.severities], versions: [...event.versions], looked, lookedBytes,
    fields: [...event.fields.values()].map(toFieldRow), foldedFields: { ...event.foldedFields }, agents: [...event.agents], parts: [...parts], ...(isLean && { isLean }),
  };
}

function toFieldRow({ place, key, types, seen, bytes, maxBytes, sketch, examples, firstUnixMs, lastUnixMs, lookedBefore, lookedWhenSeen }: MergedField): FieldRow {
  return { place, key, types: Object.fromEntries(types), seen, bytes, maxBytes, sketch: sketchToText(sketch), examples, firstUnixMs, lastUnixMs, lookedBefore, lookedWhenSeen };
}

/** Null for what is not a row of this version. A store holds what `toRow` wrote, so beyond that it is taken at its word. */
export function fromRow(row: unknown): { readonly event: MergedEvent; readonly parts: Map<string, AgentPart>; isLean: boolean } | null {
  if (!isRow(row)) return null;
  const event: MergedEvent = {
    signal: row.signal, service: row.service, durableId: row.durableId, source: row.source, template: row.template ?? undefined, formerIds: row.formerIds, scope: row.scope ?? undefined,
    unit: row.unit ?? undefined, sourceLine: row.sourceLine, firstUnixMs: row.firstUnixMs, lastUnixMs: row.lastUnixMs, records: row.records, bytes: row.bytes,
    removedRecords: row.removedRecords, removedBytes: row.removedBytes, severities: new Map(row.severities), versions: new Map(row.versions), looked: row.looked, lookedBytes: row.lookedBytes,
    fields: new Map(row.fields.map((field) => [fieldKey(field), fromFieldRow(field)])), foldedFields: { ...row.foldedFields }, agents: new Set(row.agents),
  };
  return { event, parts: new Map(row.parts.map(([agent, part]) => [agent, { ...nothing, ...part }])), isLean: row.isLean === true };
}

const isRow = (row: unknown): row is BookRow =>
  typeof row === 'object' && row !== null && 'version' in row && row.version === 1 && 'fields' in row && Array.isArray(row.fields) && 'parts' in row && Array.isArray(row.parts);

function fromFieldRow(row: FieldRow): MergedField {
  const field = newField(row, row.firstUnixMs, row.lookedBefore);
  for (const [type, count] of Object.entries(row.types) as [FieldType, number][]) field.types.set(type, count);
  const sketch = sketchFromText(row.sketch);
  if (sketch !== null) field.sketch.merge(sketch);
  field.distinct = field.sketch.distinct();
  return Object.assign(field, { seen: row.seen, bytes: row.bytes, maxBytes: row.maxBytes, examples: row.examples, lastUnixMs: row.lastUnixMs, lookedWhenSeen: row.lookedWhenSeen });
}
