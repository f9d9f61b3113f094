// From totals of events to rates over a window: what was counted at its beginning and at its end makes one measurement.
import type { EventUser } from '../model/index.ts';
import type { Amount, EventTotals } from './event-totals.ts';
import { eventKey, type MeasuredEvent, type MeasuredField, type Rate } from './measured-event.ts';
import { framedBytes } from './wire-bytes.ts';

export interface EventFacts { readonly users: readonly EventUser[] | null; readonly unreadSince: string | null; readonly series: number | null; readonly label?: string }

const unknownFacts: EventFacts = { users: null, unreadSince: null, series: null };
/** Fewer looked-at records than this in the window say too little of fields: then all that were looked at count. */
const enoughLooked = 100;

/**
 * Events of the window between two times, without those of which nothing came. An event that counts less than before was counted anew (the agent
 * started again): all of it is of the window, as of one that was not there before.
 * @param seconds length of the window, above 0
 * @param facts what is known of an event beside its records
 */
export function eventsBetween(before: readonly EventTotals[], after: readonly EventTotals[], seconds: number, facts: (event: EventTotals) => EventFacts = () => unknownFacts): readonly MeasuredEvent[] {
  const earlier = new Map(before.map((event) => [seenKey(event), event]));
  return after.flatMap((event) => {
    const known = earlier.get(seenKey(event));
    const was = known === undefined || known.records > event.records ? null : known;
    return event.records > (was?.records ?? 0) ? [measured(was, event, seconds, facts(event))] : [];
  });
}

const seenKey = ({ signal, service, durableId }: EventTotals): string => eventKey({ signal, service, id: durableId });

function measured(was: EventTotals | null, now: EventTotals, seconds: number, facts: EventFacts): MeasuredEvent {
  const came = { records: now.records - (was?.records ?? 0), bytes: now.bytes - (was?.bytes ?? 0) };
  const framing = framingOf(came);
  const rate = (after: Amount, before: Amount | undefined): Rate => ({
    recordsPerSecond: Math.max(0, after.records - (before?.records ?? 0)) / seconds, bytesPerSecond: (Math.max(0, after.bytes - (before?.bytes ?? 0)) * framing) / seconds,
  });
  const { looked, lookedBytes, fields } = was !== null && was.fields.length > 0 && now.looked - was.looked >= enoughLooked ? fieldsBetween(was, now) : now;
  return {
    signal: now.signal, service: now.service, id: now.durableId, source: now.source, label: facts.label ?? labelOf(now), sourceLine: now.sourceLine, overSeconds: seconds,
    received: rate(now, was ?? undefined), removed: rate(removedOf(now), was === null ? undefined : removedOf(was)),
    severities: Object.entries(now.severities).map(([severity, amount]) => ({ severity: Number(severity), rate: rate(amount, own(was?.severities, severity)) })).filter(isThere),
    versions: Object.entries(now.versions).map(([version, amount]) => ({ version, rate: rate(amount, own(was?.versions, version)) })).filter(isThere),
    looked, fields: fields.map((field) => fieldOf(field, looked, lookedBytes * framingOf({ records: looked, bytes: lookedBytes }))),
    series: facts.series, users: facts.users, unreadSince: facts.unreadSince,
  };
}

/** Versions come from data: `__proto__` is one like any other. */
const own = (amounts: Readonly<Record<string, Amount>> | undefined, key: string): Amount | undefined => (amounts !== undefined && Object.hasOwn(amounts, key) ? amounts[key] : undefined);
const isThere = ({ rate }: { readonly rate: Rate }): boolean => rate.recordsPerSecond > 0;
const removedOf = ({ removedRecords, removedBytes }: EventTotals): Amount => ({ records: removedRecords, bytes: removedBytes });
/** Agents count the bodies of records; on the wire each has a tag and a length, too. One factor for all of an event, so that its parts add up. */
const framingOf = ({ records, bytes }: Amount): number => (bytes > 0 ? framedBytes(records, bytes) / bytes : 1);

/** What a person calls an event. */
export function labelOf({ source, template, durableId, sourceLine }: Pick<EventTotals, 'source' | 'template' | 'durableId' | 'sourceLine'>): string {
  if (source === 'none') return '(no body)';
  if (source === 'folded') return '(events beyond the bound)';
  return source === 'template' ? template ?? durableId : source === 'code-location' ? sourceLine ?? durableId : durableId;
}

type Field = EventTotals['fields'][number];

const fieldKey = ({ place, key }: Field): string => `${place} ${key}`;

function fieldsBetween(was: EventTotals, now: EventTotals): Pick<EventTotals, 'looked' | 'lookedBytes' | 'fields'> {
  const before = new Map(was.fields.map((field) => [fieldKey(field), field]));
  return { looked: now.looked - was.looked, lookedBytes: now.lookedBytes - was.lookedBytes, fields: now.fields.map((field) => without(field, before.get(fieldKey(field)))) };
}

function without(field: Field, before: Field | undefined): Field {
  if (before === undefined || before.bytes > field.bytes) return field;
  const types = Object.fromEntries(Object.entries(field.types).map(([type, count]) => [type, Math.max(0, count - (before.types[type as keyof Field['types']] ?? 0))]));
  return { ...field, types, bytes: field.bytes - before.bytes };
}

function fieldOf(field: Field, looked: number, lookedBytes: number): MeasuredField {
  const there = Object.values(field.types).reduce((sum, count) => sum + count, 0);
  return {
    place: field.place, key: field.key, share: lookedBytes > 0 ? field.bytes / lookedBytes : 0, presence: looked > 0 ? Math.min(1, there / looked) : 0,
    meanBytes: there > 0 ? field.bytes / there : 0, maxBytes: field.maxBytes, distinct: field.distinct, isText: there > 0 && (field.types.string ?? 0) === there,
  };
}
