import { expect, test } from 'vitest';
import type { EventSeen } from '../model/index.ts';
import { eventsBetween, totalsOf, type LiveEvent } from './index.ts';

const seen = (records: number, given: Partial<EventSeen> = {}): EventSeen => ({
  signal: 'logs', service: 's', durableId: 'e', source: 'event-name', sourceLine: null, firstUnixMs: 0, lastUnixMs: 1, records, bytes: records * 100, removedRecords: 0, removedBytes: 0,
  severities: { 9: { records, bytes: records * 100 } }, versions: { '1': { records, bytes: records * 100, firstUnixMs: 0, lastUnixMs: 1 } }, looked: 10, lookedBytes: 1000,
  fields: [{ place: 'attribute', key: 'a', types: { string: 5 }, bytes: 204, sketch: '', distinct: 3, examples: [], maxBytes: 12 }], foldedFields: { seen: 0, bytes: 0 }, ...given,
});

test('rates are of the difference, bytes with tag and length of each record', () => {
  const [event] = eventsBetween([seen(100, { removedRecords: 10, removedBytes: 1000 })], [seen(300, { removedRecords: 60, removedBytes: 6000 })], 10);
  expect(event).toMatchObject({ received: { recordsPerSecond: 20, bytesPerSecond: 2040 }, removed: { recordsPerSecond: 5, bytesPerSecond: 510 }, label: 'e', users: null });
  expect(event!.severities).toEqual([{ severity: 9, rate: event!.received }]);
  expect(event!.fields[0]).toMatchObject({ share: 0.2, presence: 0.5, meanBytes: 40.8, isText: true });
});

test('an event that counts less than before was counted anew', () => {
  expect(eventsBetween([seen(500)], [seen(100)], 10)[0]!.received.recordsPerSecond).toBe(10);
});

test('fields are of the window once enough of it was looked at', () => {
  const field = seen(0).fields[0]!;
  const before = seen(1000, { looked: 1000, lookedBytes: 100_000, fields: [{ ...field, types: { string: 1000 }, bytes: 10_000 }] });
  const after = seen(2000, { looked: 1200, lookedBytes: 120_000, fields: [{ ...field, types: { string: 1100 }, bytes: 20_000 }] });
  expect(eventsBetween([before], [after], 10)[0]!.fields[0]).toMatchObject({ presence: 0.5, meanBytes: 100 });
});

test('what the catalogue keeps is taken as it is now; without fields at the beginning, fields are of all that was looked at', () => {
  const amounts = { records: 100, bytes: 10_000 };
  const live = { ...seen(100), template: undefined, severities: new Map([[9, { ...amounts }]]), versions: new Map([['1', { ...amounts }]]), fields: new Map([['attribute\na', { ...seen(0).fields[0]!, types: new Map([['string' as const, 5]]) }]]) } satisfies LiveEvent;
  const before = totalsOf(live, false);
  live.severities.get(9)!.records += 50;
  live.severities.get(9)!.bytes += 5000;
  const after = totalsOf({ ...live, records: 150, bytes: 15_000, looked: 500, lookedBytes: 1000 }, true);
  const [event] = eventsBetween([before], [after], 10);
  expect(event).toMatchObject({ received: { recordsPerSecond: 5 }, severities: [{ severity: 9, rate: { recordsPerSecond: 5, bytesPerSecond: 510 } }], looked: 500 });
  expect(event!.fields[0]).toMatchObject({ key: 'a', presence: 0.01, meanBytes: 40.8 });
  expect(eventsBetween([after], [after], 10)).toEqual([]);
});
