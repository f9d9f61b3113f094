// Events under the ids that their templates had before they were generalised, put together with what these became. In a file all records count,
// whenever the miner learnt that two texts come from one statement.
import { Sketch, sketchFromText, sketchToText } from '../../catalogue/index.ts';
import type { EventSeen, FieldSeen } from '../../model/index.ts';

/** @param current the template that an id stands for today; null for one that is unknown */
export function withoutFormer(events: readonly EventSeen[], current: (id: string) => { readonly id: string; readonly template: string } | null): readonly EventSeen[] {
  const merged = new Map<string, EventSeen>();
  for (const event of events) {
    const now = event.source === 'template' ? current(event.durableId) : null;
    const named = now === null ? event : { ...event, durableId: now.id, template: now.template };
    const key = JSON.stringify([named.signal, named.service, named.source, named.durableId]);
    const known = merged.get(key);
    merged.set(key, known === undefined ? named : together(known, named));
  }
  return [...merged.values()];
}

function together(a: EventSeen, b: EventSeen): EventSeen {
  return {
    ...a, sourceLine: a.sourceLine ?? b.sourceLine, firstUnixMs: Math.min(a.firstUnixMs, b.firstUnixMs), lastUnixMs: Math.max(a.lastUnixMs, b.lastUnixMs),
    records: a.records + b.records, bytes: a.bytes + b.bytes, removedRecords: a.removedRecords + b.removedRecords, removedBytes: a.removedBytes + b.removedBytes,
    severities: united(a.severities, b.severities, (x, y) => ({ records: x.records + y.records, bytes: x.bytes + y.bytes })),
    versions: united(a.versions, b.versions, (x, y) => ({ records: x.records + y.records, bytes: x.bytes + y.bytes, firstUnixMs: Math.min(x.firstUnixMs, y.firstUnixMs), lastUnixMs: Math.max(x.lastUnixMs, y.lastUnixMs) })),
    looked: a.looked + b.looked, lookedBytes: a.lookedBytes + b.lookedBytes, fields: fieldsTogether(a.fields, b.fields),
    foldedFields: { seen: a.foldedFields.seen + b.foldedFields.seen, bytes: a.foldedFields.bytes + b.foldedFields.bytes },
  };
}

function united<T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>, add: (x: T, y: T) => T): Record<string, T> {
  const all = new Map(Object.entries(a));
  for (const [key, value] of Object.entries(b)) all.set(key, all.has(key) ? add(all.get(key)!, value) : value);
  return Object.fromEntries(all);
}

function fieldsTogether(a: readonly FieldSeen[], b: readonly FieldSeen[]): FieldSeen[] {
  const fields = new Map(a.map((field) => [`${field.place} ${field.key}`, field]));
  for (const field of b) {
    const key = `${field.place} ${field.key}`;
    const known = fields.get(key);
    fields.set(key, known === undefined ? field : fieldTogether(known, field));
  }
  return [...fields.values()];
}

function fieldTogether(a: FieldSeen, b: FieldSeen): FieldSeen {
  const sketch = sketchFromText(a.sketch) ?? new Sketch();
  const other = sketchFromText(b.sketch);
  if (other !== null) sketch.merge(other);
  return { ...a, types: united<number>(a.types, b.types, (x, y) => x + y), bytes: a.bytes + b.bytes, sketch: sketchToText(sketch), distinct: sketch.distinct(), maxBytes: Math.max(a.maxBytes, b.maxBytes) };
}
