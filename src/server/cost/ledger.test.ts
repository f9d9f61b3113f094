import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { monthlyCost, startingPrices } from '../../cost/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { CostLedger, hourMs, minuteMs, type Sent } from './ledger.ts';

let store: Store;
beforeEach(async () => { store = await openStore(':memory:'); });
afterEach(async () => { await store.close(); });

const t0 = Date.UTC(2026, 4, 10, 12);
const sent = (records: number, more: Partial<Sent> = {}): Sent => ({ service: 'shop', signal: 'logs', records, bytes: records * 100, removedRecords: 0, removedBytes: 0, ...more });
const money = (ledger: CostLedger, nowMs: number, service?: string): number =>
  ledger.history(startingPrices, nowMs, service).reduce((sum, { perMonth, seconds }) => sum + ((perMonth ?? 0) * seconds) / (730 * 3600), 0);

test('however a stretch of time lies to the buckets, nothing of it is lost or told twice', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 5 * hourMs }), fc.integer({ min: 1, max: 2 * hourMs }), fc.integer({ min: 1, max: 100_000 }), (offset, tookMs, records) => {
    const ledger = new CostLedger(store.events);
    const toMs = t0 + offset + tookMs;
    ledger.cover(t0 + offset, toMs);
    ledger.add(sent(records), t0 + offset, toMs);
    const all = monthlyCost({ signal: 'logs', recordsPerSecond: records, bytesPerSecond: 0 }, startingPrices).total / (730 * 3600);
    expect(money(ledger, toMs)).toBeGreaterThanOrEqual(all * 0.999);
    expect(ledger.history(startingPrices, toMs).reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(tookMs / 1000, 3);
    const starts = ledger.history(startingPrices, toMs).map(({ startUnixMs }) => startUnixMs);
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
  }));
});

test('a second that two agents report is one measured second', () => {
  const ledger = new CostLedger(store.events);
  for (let i = 1; i <= 30; i++) for (const late of [0, 700]) ledger.cover(t0 + i * 2000 + late - 2000, t0 + i * 2000 + late);
  const seconds = ledger.history(startingPrices, t0 + minuteMs + 700).reduce((sum, one) => sum + one.seconds, 0);
  expect(seconds).toBeCloseTo(60.7, 6);
});

test('of one service only its own; what rules took is told apart; the store gives it back', async () => {
  const ledger = new CostLedger(store.events);
  ledger.cover(t0, t0 + 10_000);
  ledger.add(sent(1000, { removedRecords: 400, removedBytes: 40_000 }), t0, t0 + 10_000);
  ledger.add(sent(500, { service: 'cart' }), t0, t0 + 10_000);
  await ledger.write(t0 + 10_000);
  const again = new CostLedger(store.events);
  await again.load();
  for (const one of [ledger, again]) {
    const [bucket] = one.history(startingPrices, t0 + 10_000, 'shop');
    expect(bucket!.savedPerMonth! / bucket!.perMonth!).toBeCloseTo(400 / 600, 9);
    expect(money(one, t0 + 10_000)).toBeCloseTo(money(one, t0 + 10_000, 'shop') + money(one, t0 + 10_000, 'cart'), 12);
  }
});

test('minutes are kept for three hours, hours for 35 days; services beyond the bound go together', async () => {
  const ledger = new CostLedger(store.events);
  for (let i = 0; i < 1200; i++) ledger.add(sent(1, { service: `s${i}` }), t0, t0 + 1000);
  ledger.cover(t0, t0 + 1000);
  const later = t0 + 5 * hourMs;
  expect(money(ledger, t0 + 1000)).toBeCloseTo(money(ledger, later), 9);
  await ledger.write(later);
  expect((await store.events.costBuckets()).map(({ widthMs, body }) => [widthMs, (body as { cells: unknown[] }).cells.length])).toEqual([[hourMs, 1001]]);
  await ledger.write(t0 + 40 * 24 * hourMs);
  expect(await store.events.costBuckets()).toEqual([]);
});

test('a clock that is put back counts the time again with its records', async () => {
  const ledger = new CostLedger(store.events);
  const steps = (fromMs: number): void => { for (let at = fromMs; at < fromMs + minuteMs; at += 2000) for (const late of [0, 700]) { ledger.cover(at + late, at + late + 2000); ledger.add(sent(500), at, at + 2000); } };
  steps(t0);
  const [once] = ledger.history(startingPrices, t0 + minuteMs);
  steps(t0);
  await ledger.write(t0 + minuteMs);
  const again = new CostLedger(store.events);
  await again.load();
  for (const one of [ledger, again]) {
    const [twice] = one.history(startingPrices, t0 + minuteMs);
    expect(twice!.perMonth! / once!.perMonth!).toBeCloseTo(1, 2);
    expect(twice!.seconds / once!.seconds).toBeCloseTo(2, 1);
  }
});
