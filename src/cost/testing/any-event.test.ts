// Random measured events for the property tests of this layer. A test file, because only those may use fast-check; its own test holds it to being as
// odd as it says.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signals } from '../../model/index.ts';
import type { MeasuredEvent } from '../measured-event.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const rate = (most: number) => fc.double({ min: 0.01, max: most, noNaN: true });

const fields = fc.array(fc.record({
  place: fc.constantFrom('attribute' as const, 'body' as const, 'resource' as const), key: fc.constantFrom('a', 'b', 'http.route', 'payload', '', 'Count', 'ServiceName', 'Timestamp', 'Body', '__proto__', 'a b', 'say "x"', 'by', '支付', 'count'), share, presence: share,
  meanBytes: rate(4000), maxBytes: fc.nat(8000), distinct: fc.nat(5000), isText: fc.boolean(),
}), { maxLength: 5 });
const parts = fc.array(fc.tuple(fc.nat(24), share), { maxLength: 4 });

/** Any event, parts of which need not add up. */
export const anyEvent: fc.Arbitrary<MeasuredEvent> = fc.record({
  signal: fc.constantFrom(...signals), service: fc.constantFrom('shop', 'pay', ''), id: fc.string({ maxLength: 12 }), source: fc.constantFrom('event-name' as const, 'template' as const, 'code-location' as const, 'none' as const, 'folded' as const),
  records: rate(1000), perRecord: rate(3000), taken: share, parts, fields, series: fc.option(fc.nat(300)), unread: fc.boolean(),
}).map(({ records, perRecord, taken, parts: of, series, unread, ...rest }) => {
  const received = { recordsPerSecond: records, bytesPerSecond: records * perRecord };
  return {
    ...rest, label: rest.id, sourceLine: null, overSeconds: 60, received, removed: { recordsPerSecond: records * taken, bytesPerSecond: records * perRecord * taken }, looked: 50, series, users: [], unreadSince: unread ? '2026-01-01T00:00:00.000Z' : null,
    severities: of.map(([severity, part]) => ({ severity, rate: { recordsPerSecond: (records * part) / of.length, bytesPerSecond: (records * perRecord * part) / of.length } })),
    versions: of.map(([version, part]) => ({ version: String(version), rate: { recordsPerSecond: (records * part) / of.length, bytesPerSecond: (records * perRecord * part) / of.length } })),
  };
});

test('some have fields that explain more than there is, some severities that do not add up', () => {
  const some = fc.sample(anyEvent, { numRuns: 200, seed: 1 });
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  expect(some.some(({ fields: of }) => sum(of.map((one) => one.share)) > 1)).toBe(true);
  expect(some.some(({ severities, received }) => severities.length > 0 && sum(severities.map(({ rate: one }) => one.recordsPerSecond)) < received.recordsPerSecond * 0.9)).toBe(true);
});
