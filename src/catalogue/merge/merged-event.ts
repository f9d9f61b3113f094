// One event as all agents together saw it, since it was first seen: what the server keeps and tells, and what drift and lint judge.
import type { EventSeen, EventSource, FieldPlace, FieldSeen, FieldType, Signal } from '../../model/index.ts';
import { encodeUtf8 } from '../../base/index.ts';
import { halves, hashValue, Sketch } from '../sketch/index.ts';

export interface Counts { records: number; bytes: number }
export interface VersionCounts extends Counts { firstUnixMs: number; lastUnixMs: number }

export interface MergedField {
  readonly place: FieldPlace;
  readonly key: string;
  /** Looked-at records that had it, by type; `seen` is their sum. */
  readonly types: Map<FieldType, number>;
  seen: number;
  bytes: number;
  maxBytes: number;
  readonly sketch: Sketch;
  distinct: number;
  examples: readonly string[];
  firstUnixMs: number;
  lastUnixMs: number;
  /** Records of the event that had been looked at before it was first seen, and up to when it was last seen. */
  lookedBefore: number;
  lookedWhenSeen: number;
}

export interface MergedEvent {
  readonly signal: Signal;
  readonly service: string;
  readonly durableId: string;
  source: EventSource;
  template: string | undefined;
  formerIds: readonly string[];
  scope: string | undefined;
  unit: string | undefined;
  sourceLine: string | null;
  firstUnixMs: number;
  lastUnixMs: number;
  records: number;
  bytes: number;
  removedRecords: number;
  removedBytes: number;
  readonly severities: Map<number, Counts>;
  readonly versions: Map<string, VersionCounts>;
  looked: number;
  lookedBytes: number;
  /** By `fieldKey`. */
  readonly fields: Map<string, MergedField>;
  foldedFields: { seen: number; bytes: number };
  /** Agents that saw it. */
  readonly agents: Set<string>;
}

export type EventKey = Pick<EventSeen, 'signal' | 'service' | 'durableId'>;
/** A text that names an event among all: what maps go by. */
export const eventKey = ({ signal, service, durableId }: EventKey): string => `${signal}\n${service}\n${durableId}`;
/** The same as sixteen hexadecimal digits, where it must not be named. */
export function eventKeyHash(key: EventKey): string {
  const bytes = encodeUtf8(eventKey(key));
  hashValue(bytes, 0, bytes.length);
  return [halves.first, halves.second].map((half) => half.toString(16).padStart(8, '0')).join('');
}
export const fieldKey = ({ place, key }: Pick<FieldSeen, 'place' | 'key'>): string => `${place}\n${key}`;

export function newEvent(seen: EventSeen): MergedEvent {
  return {
    signal: seen.signal, service: seen.service, durableId: seen.durableId, source: seen.source, template: seen.template, formerIds: seen.formerIds ?? [], scope: seen.scope, unit: seen.unit,
    sourceLine: seen.sourceLine, firstUnixMs: seen.firstUnixMs, lastUnixMs: seen.lastUnixMs, records: 0, bytes: 0, removedRecords: 0, removedBytes: 0,
    severities: new Map(), versions: new Map(), looked: 0, lookedBytes: 0, fields: new Map(), foldedFields: { seen: 0, bytes: 0 }, agents: new Set(),
  };
}

export function newField(seen: Pick<FieldSeen, 'place' | 'key'>, nowUnixMs: number, looked: number): MergedField {
  return { place: seen.place, key: seen.key, types: new Map(), seen: 0, bytes: 0, maxBytes: 0, sketch: new Sketch(), distinct: 0, examples: [], firstUnixMs: nowUnixMs, lastUnixMs: nowUnixMs, lookedBefore: looked, lookedWhenSeen: looked };
}

/** Share of the looked-at records that had the field, from its first to its last sight; 0 to 1. */
export function presenceOf(field: Pick<MergedField, 'seen' | 'lookedBefore' | 'lookedWhenSeen'>): number {
  const over = field.lookedWhenSeen - field.lookedBefore;
  return over <= 0 ? 0 : Math.min(1, field.seen / over);
}

/** The type that most values had. */
export function mainType(types: ReadonlyMap<FieldType, number>): FieldType {
  let main: FieldType = 'null';
  let most = 0;
  for (const [type, count] of types) if (count > most) { main = type; most = count; }
  return main;
}

/** The version that began last; '' when records state none. */
export function newestVersion(event: Pick<MergedEvent, 'versions'>): { readonly version: string; readonly firstUnixMs: number } {
  let newest = { version: '', firstUnixMs: 0 };
  for (const [version, { firstUnixMs }] of event.versions) if (version !== '' && version !== '*' && firstUnixMs > newest.firstUnixMs) newest = { version, firstUnixMs };
  return newest;
}
