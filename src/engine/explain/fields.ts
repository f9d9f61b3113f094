// A record's fields by name, and what differs between two records.
import { columnsOf, type RecordCursor, type Value } from '../../otlp/index.ts';
import type { KqlType } from '../../kql/index.ts';
import { groupKey, toText } from '../values/index.ts';
import { maskValue } from './masks.ts';
import type { FieldChange } from './types.ts';

/** Made from other fields: a change of theirs is told once. */
const derived: ReadonlySet<string> = new Set(['ServiceName', 'DurableId']);

interface Field { readonly key: string | null; readonly value: Value }

/** Columns, then attributes, then resource attributes, by KQL text. Nulls are left out. */
function fieldsOf(cursor: RecordCursor): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  const bags: [string, Value][] = [];
  columnsOf(cursor.view.signal).forEach(({ name, type }, id) => {
    const value = derived.has(name) ? null : cursor.column(id);
    if (name === 'Attributes' || name === 'Resource') bags.push([name, value]);
    else if (value !== null) fields.set(name, type === 'string' || type === 'dynamic' ? { key: name, value } : { key: null, value: readable(value, type) });
  });
  for (const [bag, value] of bags) for (const [key, item] of Object.entries(bagOf(value))) fields.set(`${bag}[${JSON.stringify(key)}]`, { key, value: item });
  return fields;
}

/** Times and spans of time as text. */
export const readable = (value: Value, type: KqlType): Value => (value !== null && (type === 'datetime' || type === 'timespan') ? toText(value, type) : value);

const bagOf = (value: Value): Readonly<Record<string, Value>> =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array) ? value as Readonly<Record<string, Value>> : {});

/** Fields that differ, in the order of the first record and then those that are new; values masked. */
export function changesBetween(before: RecordCursor, after: RecordCursor): readonly FieldChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const changes: FieldChange[] = [];
  for (const field of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(field), now.get(field)];
    if (groupKey(was?.value ?? null) === groupKey(is?.value ?? null)) continue;
    const key = (was ?? is)!.key;
    changes.push({ field, before: maskValue(was?.value ?? null, key), after: maskValue(is?.value ?? null, key) });
  }
  return changes;
}
