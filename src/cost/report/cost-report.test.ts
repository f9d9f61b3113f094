import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costBys, costReport as reportSchema, type CostReport } from '../../model/index.ts';
import { aroundEach } from '../around.ts';
import { monthlyCost, startingPrices } from '../prices/index.ts';
import { anyEvent } from '../testing/any-event.test.ts';
import { event, field } from '../testing/events.ts';
import { costOf, costReport, everythingElse, moneyByField, paidByRecord, paretoOf } from './index.ts';

const atUnixMs = Date.UTC(2026, 0, 15);
const options = { atUnixMs, overSeconds: 60 };
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));

test('rows of every kind are all of the money and of the bytes, and shares are 1, whatever comes', () => {
  fc.assert(fc.property(fc.array(anyEvent, { maxLength: 8 }), fc.constantFrom(...costBys), (events, by) => {
    const report = costReport(events, startingPrices, { ...options, by, limit: 1000 });
    expect(reportSchema.safeParse(report).success).toBe(true);
    near(sum(report.rows.map(({ perMonth }) => perMonth)), report.totalPerMonth);
    near(sum(report.rows.map(({ bytesPerSecond }) => bytesPerSecond)), sum(events.map((one) => one.received.bytesPerSecond - one.removed.bytesPerSecond + aroundEach(one) * (one.received.recordsPerSecond - one.removed.recordsPerSecond))));
    if (report.totalPerMonth > 0) expect(sum(report.rows.map(({ share }) => share))).toBeCloseTo(1, 12);
    for (const row of report.rows) expect(row.perMonth).toBeGreaterThanOrEqual(-1e-9);
  }));
});

test('what is beyond the limit is the rest, and the cumulative share ends where the rest begins', () => {
  const events = [1, 2, 3, 4].map((n) => event(`e${n}`, { received: { recordsPerSecond: n, bytesPerSecond: n * 100 } }));
  const all = costReport(events, startingPrices, { ...options, by: 'event' });
  const report = costReport(events, startingPrices, { ...options, by: 'event', limit: 2 });
  expect(report.rows.map(({ label }) => label)).toEqual(['e4', 'e3']);
  expect(report.rest.rows).toBe(2);
  near(report.rest.perMonth + sum(report.rows.map(({ perMonth }) => perMonth)), report.totalPerMonth);
  expect(paretoOf(report).cumulative.at(-1)).toBeCloseTo(0.7, 9);
  expect(paretoOf(all).rowsFor(0.7)).toBe(2);
  expect(paretoOf(report).rowsFor(0.9)).toBeNull();
});

const rows = (report: CostReport): readonly (readonly [string, number])[] => report.rows.map(({ label, bytesPerSecond }) => [label, Math.round(bytesPerSecond)]);

test('by field: samples are scaled to the exact bytes, and what no field explains is a row', () => {
  const events = [
    event('a', { fields: [field('payload', { share: 0.6 }), field('', { place: 'body', share: 0.1 }), field('host.name', { place: 'resource', share: 0.5 })] }),
    event('b', { fields: [field('payload', { share: 0.2 })] }), event('c', { signal: 'spans', fields: [field('payload', { share: 0.2 })] }),
  ];
  const report = costReport(events, startingPrices, { ...options, by: 'field' });
  const expected = [['payload', 1600], ['Body', 200], ['payload', 400], ['Resource.host.name', 10 * 20], [everythingElse, 2000 * 0.3 + 2000 * 0.8 + 2000 * 0.8], [paidByRecord, 0]] as const;
  expect(Object.fromEntries(rows(report).filter(([label]) => label !== 'payload'))).toEqual(Object.fromEntries(expected.filter(([label]) => label !== 'payload')));
  expect(rows(report).filter(([label]) => label === 'payload').toSorted((a, b) => b[1] - a[1])).toEqual([['payload', 1600], ['payload', 400]]);
  expect(report.rows.find(({ label }) => label === 'payload')).toMatchObject({ sampledFrom: 200, field: { place: 'attribute', key: 'payload' } });
});

test('samples that explain more than there is are taken down to what there is', () => {
  const report = costReport([event('a', { fields: [field('x', { share: 0.9 }), field('y', { share: 0.9 })] })], startingPrices, { ...options, by: 'field' });
  expect(Object.fromEntries(rows(report))).toMatchObject({ x: 1000, y: 1000, [everythingElse]: 0 });
});

test('what rules took away is told beside what leaves; by severity in proportion', () => {
  const debug = { severity: 5, rate: { recordsPerSecond: 8, bytesPerSecond: 1000 } };
  const info = { severity: 10, rate: { recordsPerSecond: 2, bytesPerSecond: 1000 } };
  const one = event('a', { severities: [debug, info], removed: { recordsPerSecond: 5, bytesPerSecond: 1000 } });
  const [row] = costReport([one], startingPrices, { ...options, by: 'event' }).rows;
  expect(row).toMatchObject({ recordsPerSecond: 5, bytesPerSecond: 1000, share: 1 });
  near(row!.savedPerMonth, row!.perMonth);
  expect(costReport([one], startingPrices, { ...options, by: 'severity' }).rows.map(({ label, recordsPerSecond }) => [label, recordsPerSecond])).toEqual([['DEBUG', 4], ['INFO', 1]]);
});

test('a row of several events is unread when all of them are, since the last one', () => {
  const unread = (id: string, since: string | null) => event(id, { unreadSince: since });
  const since = (...events: ReturnType<typeof event>[]) => costReport(events, startingPrices, { ...options, by: 'service' }).rows[0]!.unreadSince;
  expect(since(unread('a', '2026-01-01'), unread('b', '2026-01-03'))).toBe('2026-01-03');
  expect(since(unread('a', '2026-01-01'), unread('b', null))).toBeNull();
});

test('the month: measured time as measured, the rest of it at the rate of now, gaps as gaps', () => {
  const hour = 3_600_000;
  const bucket = (startUnixMs: number, perMonth: number | null) => ({ startUnixMs, seconds: 3600, perMonth, savedPerMonth: null });
  const history = [bucket(Date.UTC(2025, 11, 31, 23, 30), 730), bucket(atUnixMs - 2 * hour, 1460), bucket(atUnixMs - hour, null)];
  const report = costReport([event('a')], startingPrices, { ...options, by: 'event', history });
  expect(report.month.measuredSeconds).toBe(1800 + 3600);
  expect(report.month.soFar).toBeCloseTo(0.5 + 2, 9);
  expect(report.month.projected).toBeCloseTo(2.5 + (report.totalPerMonth * 17 * 24) / 730, 9);
});

test('the parts of an event are all of its money, whatever comes and however few fields are told', () => {
  fc.assert(fc.property(fc.uniqueArray(anyEvent, { maxLength: 5, selector: ({ signal, service, id }) => JSON.stringify([signal, service, id]) }), fc.nat(3), (events, most) => {
    for (const { parts, perMonth } of costReport(events, startingPrices, { ...options, by: 'event' }).rows) near(sum(parts.map((part) => part.perMonth)), perMonth);
    for (const one of events) near(sum(moneyByField(costOf(one, startingPrices), startingPrices, most).map((part) => part.perMonth)), costOf(one, startingPrices).perMonth);
  }));
});

test('which field is the money: the largest first, with what no field is to blame for', () => {
  const fields = [field('payload', { share: 0.6 }), field('route', { share: 0.1 }), field('tier', { share: 0.05 })];
  const [row] = costReport([event('a', { received: { recordsPerSecond: 1, bytesPerSecond: 20_000 }, fields })], startingPrices, { ...options, by: 'event' }).rows;
  expect(row!.parts.map(({ label }) => label)).toEqual(['payload', everythingElse, 'route', paidByRecord, 'tier']);
  expect(costReport([event('a', { fields })], startingPrices, { ...options, by: 'service' }).rows[0]!.parts).toEqual([]);
});

test('what each request says once is part of what its event costs: five requests a second of one record with a resource of 1,000 bytes and more', () => {
  // On the wire 5,834 B/s, 5 x 1,166.8: 1,016 of them the attribute, 61 its service and version, and the record.
  const around = (key: string, meanBytes: number) => field(key, { place: 'resource', share: meanBytes / 85, meanBytes });
  const one = event('rev.fatres', { service: 'revb', received: { recordsPerSecond: 5, bytesPerSecond: 440 }, fields: [around('big', 1016), around('service.name', 28), around('service.version', 28), field('', { place: 'body', share: 0.63 })] });
  for (const by of ['event', 'service', 'version', 'severity', 'field', 'signal'] as const) {
    const report = costReport([one], startingPrices, { ...options, by });
    expect(sum(report.rows.map(({ bytesPerSecond }) => bytesPerSecond)) / 5834).toBeCloseTo(1, 1);
    near(sum(report.rows.map(({ perMonth }) => perMonth)), report.totalPerMonth);
    expect(sum(report.rows.map(({ aroundBytesPerSecond }) => aroundBytesPerSecond))).toBeCloseTo(5 * 1072, 6);
  }
  const fields = costReport([one], startingPrices, { ...options, by: 'field' }).rows.filter((row) => row.field !== null);
  expect(fields[0]).toMatchObject({ label: 'Resource.big', bytesPerSecond: 5080, field: { place: 'resource', key: 'big' } });
  // A rule that takes records away is credited with the records: so is the prediction of one.
  const halved = costReport([{ ...one, removed: { recordsPerSecond: 2.5, bytesPerSecond: 220 } }], startingPrices, { ...options, by: 'event' }).rows[0]!;
  expect(halved).toMatchObject({ bytesPerSecond: 220 + 2.5 * 1072, aroundBytesPerSecond: 2.5 * 1072 });
  near(halved.savedPerMonth, monthlyCost({ signal: 'logs', recordsPerSecond: 2.5, bytesPerSecond: 220 }, startingPrices).total);
});

test('the first rows are those of all rows, whatever the limit', () => {
  fc.assert(fc.property(fc.uniqueArray(anyEvent, { maxLength: 12, selector: ({ signal, service, id }) => JSON.stringify([signal, service, id]) }), fc.integer({ min: 1, max: 12 }), (events, limit) => {
    const [all, few] = [1000, limit].map((most) => costReport(events, startingPrices, { ...options, by: 'event', limit: most })) as [CostReport, CostReport];
    expect(few.rows.map(({ key }) => key)).toEqual(all.rows.slice(0, limit).map(({ key }) => key));
    expect(few.rest.rows).toBe(all.rows.length - few.rows.length);
    near(few.rest.perMonth, sum(all.rows.slice(limit).map(({ perMonth }) => perMonth)));
    for (const [i, { share }] of few.rows.entries()) expect(share).toBeCloseTo(all.rows[i]!.share, 9);
  }));
});
