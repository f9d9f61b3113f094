// Reports of events for tests: what an agent saw since it started, all zero but for what a test says.
import type { EventReport, EventSeen, FieldSeen } from '../../model/index.ts';

export function eventSeen(durableId: string, records: number, more: Partial<EventSeen> = {}): EventSeen {
  const bytes = more.bytes ?? records * 200;
  return {
    signal: 'logs', service: 'shop', durableId, source: 'event-name', sourceLine: null, firstUnixMs: 0, lastUnixMs: 0, records, bytes, removedRecords: 0, removedBytes: 0,
    severities: { 9: { records, bytes } }, versions: { '1.0': { records, bytes, firstUnixMs: 0, lastUnixMs: 0 } }, looked: records, lookedBytes: bytes, fields: [], foldedFields: { seen: 0, bytes: 0 }, ...more,
  };
}

export const fieldSeen = (key: string, count: number, more: Partial<FieldSeen> = {}): FieldSeen =>
  ({ place: 'attribute', key, types: { string: count }, bytes: count * 50, sketch: '', distinct: 1, examples: [], maxBytes: 40, ...more });

/** `startedUnixMs` 1: the same life of the agent, unless a test says otherwise. */
export const eventReport = (atUnixMs: number, events: readonly EventSeen[], more: Partial<EventReport> = {}): EventReport =>
  ({ version: 1, startedUnixMs: 1, atUnixMs, events: [...events], folded: { ids: 0, records: 0, bytes: 0 }, held: { events: events.length, fields: 0, bytes: 0, templates: 0 }, waiting: 0, ...more });
