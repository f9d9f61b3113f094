// One event (a durable id of one service and signal) with what was measured of it over a window: the input of everything here.
import type { EventRef, EventSource, EventUser, FieldPlace } from '../model/index.ts';

/** Records (log records, spans, data points) and their bytes on the wire, per second. */
export interface Rate { readonly recordsPerSecond: number; readonly bytesPerSecond: number }

export const noRate: Rate = { recordsPerSecond: 0, bytesPerSecond: 0 };
export const plus = (a: Rate, b: Rate): Rate => ({ recordsPerSecond: a.recordsPerSecond + b.recordsPerSecond, bytesPerSecond: a.bytesPerSecond + b.bytesPerSecond });
export const times = (rate: Rate, records: number, bytes = records): Rate => ({ recordsPerSecond: rate.recordsPerSecond * records, bytesPerSecond: rate.bytesPerSecond * bytes });

/** One field, by a sample of the event's records. */
export interface MeasuredField {
  readonly place: FieldPlace;
  /** Attribute key; path in a structured body; empty for a body that is text. */
  readonly key: string;
  /** Share of the event's bytes, key and framing included, 0 to 1. */
  readonly share: number;
  /** Share of the event's records that have it, 0 to 1. */
  readonly presence: number;
  /** Bytes where it is there, key and framing included. */
  readonly meanBytes: number;
  /** Longest value. */
  readonly maxBytes: number;
  /** Distinct values, by a sketch. */
  readonly distinct: number;
  /** Its values are text, all of them. */
  readonly isText: boolean;
}

export interface MeasuredEvent extends EventRef {
  readonly source: EventSource;
  /** What a person calls it: the name, the source line, or the template. */
  readonly label: string;
  readonly sourceLine: string | null;
  /** Exact, over `overSeconds`: what came in, and what rules took away of it before any exporter. */
  readonly overSeconds: number;
  readonly received: Rate;
  readonly removed: Rate;
  /** Of what came in. Severity numbers of OpenTelemetry, 0 where a record has none; logs only. */
  readonly severities: readonly { readonly severity: number; readonly rate: Rate }[];
  /** `service.version`; '' where it is not set, '*' the rarest together. */
  readonly versions: readonly { readonly version: string; readonly rate: Rate }[];
  /** How many records the fields' figures are of. */
  readonly looked: number;
  readonly fields: readonly MeasuredField[];
  /** Metrics: series of it that are active; null when nobody counted them. */
  readonly series: number | null;
  /** Who relies on it; null when nobody knows (a file). */
  readonly users: readonly EventUser[] | null;
  /** Since when nobody used it, as far as is known (ISO 8601); null: somebody does, or nobody knows. */
  readonly unreadSince: string | null;
}

/** What leaves the agents, which is what a backend bills. */
export const leaving = ({ received, removed }: Pick<MeasuredEvent, 'received' | 'removed'>): Rate => ({
  recordsPerSecond: Math.max(0, received.recordsPerSecond - removed.recordsPerSecond), bytesPerSecond: Math.max(0, received.bytesPerSecond - removed.bytesPerSecond),
});

/** Names an event in maps. */
export const eventKey = ({ signal, service, id }: EventRef): string => JSON.stringify([signal, service, id]);

/** Series of a metric: as counted, else the least that there can be, which is as many as one of its attributes has values. */
export function seriesOf(event: MeasuredEvent): { readonly series: number; readonly atLeast: boolean } {
  if (event.signal !== 'metrics') return { series: 0, atLeast: false };
  if (event.series !== null) return { series: event.series, atLeast: false };
  return { series: Math.max(1, ...event.fields.map(({ distinct }) => Math.round(distinct))), atLeast: true };
}
