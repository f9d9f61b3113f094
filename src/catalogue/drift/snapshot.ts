// What has to be remembered of an event to see how it changed: little, for there are many. A field that did not change since is shared with
// the snapshot before.
import type { FieldType } from '../../model/index.ts';
import type { MergedEvent, MergedField } from '../merge/index.ts';

export interface PastField { readonly types: readonly FieldType[]; readonly seen: number; readonly distinct: number }
/** By `fieldKey`. */
export type Snapshot = ReadonlyMap<string, PastField>;

export function snapshotOf(event: Pick<MergedEvent, 'fields'>, before: Snapshot | null = null): Snapshot {
  const fields = new Map<string, PastField>();
  for (const [key, field] of event.fields) {
    const past = before?.get(key);
    fields.set(key, past !== undefined && past.seen === field.seen && past.distinct === field.distinct ? past : pastOf(field));
  }
  return fields;
}

const pastOf = ({ types, seen, distinct }: MergedField): PastField => ({ types: [...types.keys()], seen, distinct });

/** How a field is called where only its name is shown. */
export const fieldName = ({ place, key }: Pick<MergedField, 'place' | 'key'>): string => (place === 'attribute' ? key : place === 'body' ? (key === '' ? 'body' : `body.${key}`) : `${place}.${key}`);
