// What is told of an event: totals since the agent started, as the wire has them.
import type { EventSeen, FieldSeen, FieldType } from '../../model/index.ts';
import { sketchToText } from '../sketch/index.ts';
import { SeenField } from './field-table.ts';
import type { Cell, ObservedEvent } from './observed-event.ts';
import type { Versions } from './versions.ts';

/** By the field number of AnyValue. */
const typeOfKind: readonly FieldType[] = ['null', 'string', 'bool', 'long', 'real', 'dynamic', 'dynamic', 'bytes'];
/** A sketch is sent again once it tells so much more. */
const growthToSend = 1.02;

export function toSeen(event: ObservedEvent, formerIds: readonly string[], versions: Versions, examplesOf: (field: SeenField) => string[]): EventSeen {
  const { identity, cells, fields } = event;
  return {
    signal: identity.signal, service: identity.service, durableId: identity.durableId, source: identity.source,
    ...(identity.template === undefined ? {} : { template: identity.template }),
    ...(formerIds.length === 0 ? {} : { formerIds: [...formerIds] }),
    ...(event.scope === undefined ? {} : { scope: event.scope }),
    ...(event.unit === undefined ? {} : { unit: event.unit }),
    sourceLine: event.sourceLine,
    firstUnixMs: Math.min(...cells.map((cell) => cell.firstUnixMs)), lastUnixMs: Math.max(...cells.map((cell) => cell.lastUnixMs)),
    records: event.records, bytes: sum(cells, (cell) => cell.bytes), removedRecords: event.removedRecords, removedBytes: event.removedBytes,
    severities: identity.signal === 'logs' ? bySeverity(cells) : {}, versions: byVersion(cells, versions),
    looked: event.looked, lookedBytes: event.lookedBytes, fields: fields === null ? [] : together(fields.all).map((field) => toFieldSeen(field, examplesOf)),
    ...(event.anew > 0 && { anew: event.anew }),
    foldedFields: { seen: fields?.foldedSeen ?? 0, bytes: Math.round(fields?.foldedBytes ?? 0) },
  };
}

const sum = (cells: readonly Cell[], of: (cell: Cell) => number): number => cells.reduce((total, cell) => total + of(cell), 0);

function bySeverity(cells: readonly Cell[]): EventSeen['severities'] {
  const severities: EventSeen['severities'] = {};
  for (const { severity, records, bytes } of cells) {
    const one = (severities[severity] ??= { records: 0, bytes: 0 });
    one.records += records;
    one.bytes += bytes;
  }
  return severities;
}

function byVersion(cells: readonly Cell[], versions: Versions): EventSeen['versions'] {
  const found = new Map<string, { records: number; bytes: number; firstUnixMs: number; lastUnixMs: number }>();
  for (const { version, records, bytes, firstUnixMs, lastUnixMs } of cells) {
    const text = versions.text(version);
    const one = found.get(text);
    if (one === undefined) { found.set(text, { records, bytes, firstUnixMs, lastUnixMs }); continue; }
    one.records += records;
    one.bytes += bytes;
    one.firstUnixMs = Math.min(one.firstUnixMs, firstUnixMs);
    one.lastUnixMs = Math.max(one.lastUnixMs, lastUnixMs);
  }
  // Keys come from data: `__proto__` is a version like any other.
  return Object.fromEntries(found);
}

/** Keys that are told alike (cut, or masked) are one field. */
function together(fields: readonly SeenField[]): readonly SeenField[] {
  const byKey = new Map<string, SeenField>();
  for (const field of fields) {
    const key = `${field.place}\n${field.key}`;
    const alike = byKey.get(key);
    byKey.set(key, alike === undefined ? field : added(alike, field));
  }
  return byKey.size === fields.length ? fields : [...byKey.values()];
}

/** Both counted as one; neither changes. */
function added(one: SeenField, other: SeenField): SeenField {
  const both = new SeenField(one.place, one.key, 0, 0);
  one.kinds.forEach((count, kind) => { both.kinds[kind] = count + other.kinds[kind]!; });
  both.seen = one.seen + other.seen;
  both.bytes = one.bytes + other.bytes;
  both.maxBytes = Math.max(one.maxBytes, other.maxBytes);
  both.sketch.merge(one.sketch);
  both.sketch.merge(other.sketch);
  both.grew = true;
  both.shapes = one.shapes;
  both.values = one.values;
  return both;
}

function toFieldSeen(field: SeenField, examplesOf: (field: SeenField) => string[]): FieldSeen {
  if (field.grew) {
    field.distinct = field.sketch.distinct();
    field.grew = false;
  }
  const types: FieldSeen['types'] = {};
  field.kinds.forEach((count, kind) => { if (count > 0) types[typeOfKind[kind]!] = (types[typeOfKind[kind]!] ?? 0) + count; });
  return { place: field.place, key: field.key, types, bytes: Math.round(field.bytes), sketch: sketchOf(field), distinct: field.distinct, examples: [...examples(field, examplesOf)], maxBytes: field.maxBytes };
}

function sketchOf(field: SeenField): string {
  if (field.sentDistinct >= 0 && field.distinct <= field.sentDistinct * growthToSend) return '';
  field.sentDistinct = field.distinct;
  return sketchToText(field.sketch);
}

/** Asks the detectors again only when there is something new to judge. */
function examples(field: SeenField, examplesOf: (field: SeenField) => string[]): readonly string[] {
  const judged = `${field.shapes.length} ${field.values.length} ${field.distinct} ${Math.min(field.seen, 64)}`;
  if (field.shown === null || field.shownFor !== judged) {
    field.shown = examplesOf(field);
    field.shownFor = judged;
  }
  return field.shown;
}
