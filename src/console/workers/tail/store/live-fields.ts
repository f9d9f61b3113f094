// What attributes the buffer's records carry: names, types, presence, example values, from a spread of records.
// Examples are shown in completions, so whatever a detector finds in one is masked here, whether or not a rule redacts it.
import { maskValue } from '../../../../engine/index.ts';
import { columnsOf, type RecordCursor, type Value } from '../../../../otlp/index.ts';
import type { LiveField } from '../../kql/types.ts';
import { valueText, valueType } from '../value-text.ts';
import type { TailStore } from './tail-store.ts';

const maxSampled = 1500;
const maxExamples = 5;
/** Event names and the like are few and each is worth offering. */
const maxColumnExamples = 20;
/** Columns of text whose values say nothing to a person who writes a condition. */
const opaque = new Set(['TraceId', 'SpanId', 'ParentSpanId', 'TraceState']);
const maxExampleText = 60;
const maxFields = 500;
/** Distinct values are counted exactly up to this many in the sample; more are just "at least". */
const maxDistinct = 1000;

interface Seen { readonly name: string; readonly column: LiveField['column']; readonly types: Map<string, number>; readonly values: Set<string>; readonly examples: Set<string>; count: number }

/** Fields of the newest records and of older ones spread over the buffer; most present first. */
export function computeLiveFields(store: TailStore, cursor: RecordCursor): readonly LiveField[] {
  const seen = new Map<string, Seen>();
  const { firstId, nextId, length } = store.ring;
  const step = Math.max(1, Math.floor(length / maxSampled));
  let sampled = 0;
  for (let id = nextId - 1; id >= firstId && sampled < maxSampled; id -= step, sampled++) {
    const segment = store.segmentOf(id)!;
    if (cursor.view !== segment.view) cursor.reset(segment.view);
    cursor.moveTo(id - segment.firstId);
    note(seen, cursor, 'Attributes');
    note(seen, cursor, 'Resource');
    noteColumns(seen, cursor);
  }
  return [...seen.values()].map((field) => liveField(field, sampled)).sort((a, b) => b.presence - a.presence || (a.name < b.name ? -1 : 1));
}

/** Attributes whose few values make good facets. */
export function facetCandidates(fields: readonly LiveField[], limit: number): readonly string[] {
  return fields
    .filter((field) => field.column === 'Attributes' && !field.name.startsWith('code.') && field.presence >= 0.1)
    .filter((field) => ['string', 'bool', 'long'].includes(field.type) && field.distinct >= 2 && field.distinct <= 12)
    .slice(0, limit).map((field) => field.name);
}

function note(seen: Map<string, Seen>, cursor: RecordCursor, column: 'Attributes' | 'Resource'): void {
  const bag = cursor.column(columnsOf(cursor.view.signal).findIndex((one) => one.name === column));
  if (typeof bag !== 'object' || bag === null) return;
  for (const [name, value] of Object.entries(bag as Readonly<Record<string, Value>>)) noteValue(seen, column, name, value);
}

/** The table's own columns of text, such as EventName; where a record says nothing there, nothing is noted. */
function noteColumns(seen: Map<string, Seen>, cursor: RecordCursor): void {
  for (const [id, { name, type }] of columnsOf(cursor.view.signal).entries()) {
    if (type !== 'string' || opaque.has(name)) continue;
    const value = cursor.column(id);
    if (typeof value === 'string' && value !== '') noteValue(seen, 'Record', name, value);
  }
}

function noteValue(seen: Map<string, Seen>, column: LiveField['column'], name: string, value: Value): void {
  const field = seen.get(`${column} ${name}`) ?? start(seen, column, name);
  if (field === null) return;
  field.count += 1;
  const type = valueType(value);
  field.types.set(type, (field.types.get(type) ?? 0) + 1);
  if (field.values.size < maxDistinct) field.values.add(valueText(value).slice(0, maxExampleText));
  // Masked before it is cut: a detector must see the whole value.
  if (field.examples.size < (column === 'Record' ? maxColumnExamples : maxExamples) && field.values.size > field.examples.size) field.examples.add(valueText(maskValue(value, name)).slice(0, maxExampleText));
}

function start(seen: Map<string, Seen>, column: LiveField['column'], name: string): Seen | null {
  if (seen.size >= maxFields) return null;
  const field: Seen = { name, column, types: new Map(), values: new Set(), examples: new Set(), count: 0 };
  seen.set(`${column} ${name}`, field);
  return field;
}

function liveField(field: Seen, sampled: number): LiveField {
  const type = [...field.types].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'dynamic';
  return { name: field.name, column: field.column, type, presence: field.count / Math.max(1, sampled), distinct: field.values.size, examples: [...field.examples] };
}
