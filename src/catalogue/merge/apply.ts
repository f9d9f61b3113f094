// Adds the differences of one agent's report to what all agents saw.
import type { EventSeen, FieldSeen, FieldType } from '../../model/index.ts';
import { sketchFromText } from '../sketch/index.ts';
import type { AgentPart, FieldPart } from './agent-part.ts';
import { fieldKey, newField, type Counts, type MergedEvent, type MergedField } from './merged-event.ts';


export interface EventChange {
  readonly event: MergedEvent;
  /** First time that anybody saw it. */
  readonly isNew: boolean;
  /** Rules hide some of what was told of it: its fields, versions and other texts are told from here on. */
  readonly isAnew: boolean;
  /** Since this agent's last report of it. */
  readonly records: number;
  readonly bytes: number;
  readonly removedRecords: number;
  readonly removedBytes: number;
  /** How long these took to come, by the agent's clock. */
  readonly overMs: number;
  readonly newFields: readonly MergedField[];
}

const mostExamples = 3;
const noField: FieldPart = { types: {}, bytes: 0 };

/** `nowUnixMs`: the reader's clock. Fields beyond `maxFields` are counted with the folded ones. */
export function applySeen(event: MergedEvent, seen: EventSeen, base: AgentPart, nowUnixMs: number, maxFields: number): readonly MergedField[] {
  addCounts(event, seen, base, nowUnixMs);
  event.source = seen.source;
  event.template = seen.template ?? event.template;
  event.formerIds = seen.formerIds ?? event.formerIds;
  event.scope = seen.scope ?? event.scope;
  event.unit = seen.unit ?? event.unit;
  event.sourceLine = seen.sourceLine ?? event.sourceLine;
  const before = event.looked;
  event.looked += seen.looked - base.looked;
  event.lookedBytes += seen.lookedBytes - base.lookedBytes;
  event.foldedFields.seen += seen.foldedFields.seen - base.foldedFields.seen;
  event.foldedFields.bytes += seen.foldedFields.bytes - base.foldedFields.bytes;
  const fresh: MergedField[] = [];
  for (const one of seen.fields) {
    const key = fieldKey(one);
    let field = event.fields.get(key);
    if (field === undefined) {
      if (event.fields.size >= maxFields) { foldField(event, one, base.fields[key] ?? noField); continue; }
      field = newField(one, nowUnixMs, before);
      event.fields.set(key, field);
      fresh.push(field);
    }
    addField(field, one, base.fields[key] ?? noField, event.looked, nowUnixMs);
  }
  return fresh;
}

function addCounts(event: MergedEvent, seen: EventSeen, base: AgentPart, nowUnixMs: number): void {
  event.firstUnixMs = Math.min(event.firstUnixMs, seen.firstUnixMs);
  event.lastUnixMs = Math.max(event.lastUnixMs, seen.lastUnixMs);
  event.records += seen.records - base.records;
  event.bytes += seen.bytes - base.bytes;
  event.removedRecords += seen.removedRecords - base.removedRecords;
  event.removedBytes += seen.removedBytes - base.removedBytes;
  for (const [severity, counts] of Object.entries(seen.severities)) {
    add(entry(event.severities, Number(severity), () => ({ records: 0, bytes: 0 })), counts, own(base.severities, severity));
  }
  for (const [version, counts] of Object.entries(seen.versions)) {
    const mine = entry(event.versions, version, () => ({ records: 0, bytes: 0, firstUnixMs: nowUnixMs, lastUnixMs: nowUnixMs }));
    add(mine, counts, own(base.versions, version));
    mine.firstUnixMs = Math.min(mine.firstUnixMs, counts.firstUnixMs);
    mine.lastUnixMs = Math.max(mine.lastUnixMs, counts.lastUnixMs);
  }
}

function add(mine: Counts, now: Counts, before: Counts = { records: 0, bytes: 0 }): void {
  mine.records += now.records - before.records;
  mine.bytes += now.bytes - before.bytes;
}

/** Keys come from data: one may be called as something that every object has. */
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function addField(field: MergedField, seen: FieldSeen, base: FieldPart, looked: number, nowUnixMs: number): void {
  let came = 0;
  for (const [type, count] of Object.entries(seen.types) as [FieldType, number][]) {
    const more = count - (base.types[type] ?? 0);
    if (more <= 0) continue;
    came += more;
    field.types.set(type, (field.types.get(type) ?? 0) + more);
  }
  field.bytes += Math.max(0, seen.bytes - base.bytes);
  field.maxBytes = Math.max(field.maxBytes, seen.maxBytes);
  if (came > 0) {
    field.seen += came;
    field.lookedWhenSeen = looked;
    field.lastUnixMs = nowUnixMs;
  }
  const sketch = sketchFromText(seen.sketch);
  if (sketch !== null) { field.sketch.merge(sketch); field.distinct = field.sketch.distinct(); }
  if (seen.examples.length > 0) field.examples = mergedExamples(seen.examples, field.examples);
}

/** The newest judgement first: an agent that no longer shows a value says so for all. */
const mergedExamples = (now: readonly string[], before: readonly string[]): readonly string[] => (now.length >= mostExamples ? now.slice(0, mostExamples) : now.length > 0 ? [...now] : before);

function foldField(event: MergedEvent, seen: FieldSeen, base: FieldPart): void {
  const sum = (types: FieldPart['types']): number => Object.values(types).reduce((total, count) => total + count, 0);
  event.foldedFields.seen += sum(seen.types) - sum(base.types);
  event.foldedFields.bytes += Math.max(0, seen.bytes - base.bytes);
}

/** Nothing is left of texts that may hold what is hidden now. The agents tell them again. */
export function forgetTexts(event: MergedEvent): void {
  event.scope = event.unit = event.template = undefined;
  event.sourceLine = null;
  event.versions.clear();
  event.fields.clear();
  event.looked = event.lookedBytes = 0;
  event.foldedFields = { seen: 0, bytes: 0 };
}

/** Takes back what an agent had told of an event: its counts went into the folded one. Fields stay: they were seen. */
export function takeBack(event: MergedEvent, part: AgentPart): void {
  event.records -= part.records;
  event.bytes -= part.bytes;
  event.removedRecords -= part.removedRecords;
  event.removedBytes -= part.removedBytes;
  for (const [severity, counts] of Object.entries(part.severities)) subtract(event.severities, Number(severity), counts);
  for (const [version, counts] of Object.entries(part.versions)) subtract(event.versions, version, counts);
}

function subtract<K>(map: Map<K, Counts>, key: K, counts: Counts): void {
  const mine = map.get(key);
  if (mine !== undefined) add(mine, { records: 0, bytes: 0 }, counts);
}

