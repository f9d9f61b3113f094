// Totals of an event at some time, whoever kept them: what one agent reports, or what the catalogue put together of all agents.
import type { EventSeen, FieldSeen, FieldType } from '../model/index.ts';

export interface Amount { readonly records: number; readonly bytes: number }
type FieldTotals = Readonly<Pick<FieldSeen, 'place' | 'key' | 'bytes' | 'distinct' | 'maxBytes'>> & { readonly types: Readonly<Partial<Record<FieldType, number>>> };
type Counted = Readonly<Pick<EventSeen, 'signal' | 'service' | 'durableId' | 'source' | 'sourceLine' | 'records' | 'bytes' | 'removedRecords' | 'removedBytes' | 'looked' | 'lookedBytes'>> & { readonly template?: string | undefined };

/** Bytes are of the records' bodies. An EventSeen is one. */
export interface EventTotals extends Counted {
  readonly severities: Readonly<Record<string, Amount>>;
  readonly versions: Readonly<Record<string, Amount>>;
  readonly fields: readonly FieldTotals[];
}

/** The catalogue's event (`MergedEvent`), which goes on changing. */
export interface LiveEvent extends Counted {
  readonly severities: ReadonlyMap<number, Amount>;
  readonly versions: ReadonlyMap<string, Amount>;
  readonly fields: ReadonlyMap<string, Omit<FieldTotals, 'types'> & { readonly types: ReadonlyMap<FieldType, number> }>;
}

/** Its totals of now. Without fields for the beginning of a window that only counts records: fields are then those of all that was looked at. */
export function totalsOf(event: LiveEvent, withFields: boolean): EventTotals {
  const { signal, service, durableId, source, template, sourceLine, records, bytes, removedRecords, removedBytes, looked, lookedBytes } = event;
  return {
    signal, service, durableId, source, template, sourceLine, records, bytes, removedRecords, removedBytes, looked, lookedBytes, severities: copied(event.severities), versions: copied(event.versions),
    fields: withFields ? [...event.fields.values()].map(({ place, key, types, bytes: size, distinct, maxBytes }) => ({ place, key, types: Object.fromEntries(types), bytes: size, distinct, maxBytes })) : [],
  };
}

const copied = (amounts: ReadonlyMap<string | number, Amount>): Record<string, Amount> => Object.fromEntries([...amounts].map(([key, { records, bytes }]) => [key, { records, bytes }]));
