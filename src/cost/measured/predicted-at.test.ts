import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startingPrices } from '../prices/index.ts';
import { anyEvent } from '../testing/any-event.test.ts';
import { event } from '../testing/events.ts';
import { suggest } from '../suggest/index.ts';
import { predictedAt } from './index.ts';

test('at the traffic that it was made of, a prediction is what was said', () => {
  fc.assert(fc.property(fc.array(anyEvent, { maxLength: 3 }), (events) => {
    for (const { basis, signal, savingPerMonth, savingBytesPerSecond } of suggest(events, startingPrices, { leastShare: 0 })) {
      const again = predictedAt(basis, basis.received, signal, startingPrices)!;
      expect(again.perMonth).toBeCloseTo(savingPerMonth, 6);
      expect(again.bytesPerSecond).toBeCloseTo(savingBytesPerSecond, 3);
    }
  }));
});

const given = event('Launch', { received: { recordsPerSecond: 200, bytesPerSecond: 60_000 } });
const draftOf = (kind: string, of = given) => suggest([of], startingPrices).find((one) => one.kind === kind)!;

test.each(['drop-unread', 'sample', 'dedup', 'to-metric', 'divert-to-recorder'])('%s: at other traffic it is what would be suggested then', (kind) => {
  const unread = { ...given, fields: [{ place: 'body' as const, key: '', share: 0.2, presence: 1, meanBytes: 40, maxBytes: 40, distinct: 1, isText: true }], unreadSince: '2026-01-01T00:00:00.000Z' };
  const before = draftOf(kind, unread);
  // 150 and not half of it: a sampler keeps the same share then.
  const traffic = { recordsPerSecond: 150, bytesPerSecond: 45_000 };
  const then = draftOf(kind, { ...unread, received: traffic, severities: [{ severity: 9, rate: traffic }] });
  const again = predictedAt(before.basis, traffic, 'logs', startingPrices)!;
  expect(again.perMonth / then.savingPerMonth).toBeCloseTo(1, 2);
  expect(again.bytesPerSecond / then.savingBytesPerSecond).toBeCloseTo(1, 2);
});

test('prices are those of now; when nothing comes nothing is saved; of what was never seen nothing is said', () => {
  const { basis } = draftOf('to-metric');
  const dear = { ...startingPrices, logs: { ...startingPrices.logs, perMillionRecords: 10 } };
  expect(predictedAt(basis, basis.received, 'logs', dear)!.perMonth).toBeGreaterThan(5 * predictedAt(basis, basis.received, 'logs', startingPrices)!.perMonth);
  expect(predictedAt(basis, { recordsPerSecond: 0, bytesPerSecond: 0 }, 'logs', startingPrices)).toEqual({ recordsPerSecond: 0, bytesPerSecond: 0, perMonth: 0 });
  expect(predictedAt({ ...basis, received: { recordsPerSecond: 0, bytesPerSecond: 0 } }, basis.received, 'logs', startingPrices)).toBeNull();
});
