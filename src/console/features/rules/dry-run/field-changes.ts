// Which fields of a record a rule changed: the words that the difference highlights.
import type { Value } from '../../../../otlp/index.ts';
import { valueText, type TailRecord } from '../../../workers/tail/index.ts';

export interface FieldChange {
  /** Column name, or Attributes["key"] shortened to the key. */
  readonly field: string;
  /** Null when the field was not there. */
  readonly before: string | null;
  readonly after: string | null;
}

type Fields = Readonly<Record<string, Value>>;

/** In the order columns, attributes, resource; nothing for equal records. */
export function fieldChanges(before: TailRecord, after: TailRecord): readonly FieldChange[] {
  return [
    ...compare(without(before.columns), without(after.columns)),
    ...compare(before.attributes, after.attributes),
    ...compare(before.resource, after.resource),
  ];
}

/** Attributes and Resource are compared key by key, so the columns that hold them whole are left out. */
function without(columns: Fields): Fields {
  const { Attributes: _attributes, Resource: _resource, ...rest } = columns;
  return rest;
}

function compare(before: Fields, after: Fields): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = text(before[field]), now = text(after[field]);
    if (old !== now) changes.push({ field, before: old, after: now });
  }
  return changes;
}

const text = (value: Value | undefined): string | null => value === null || value === undefined ? null : valueText(value);
