import { describe, expect, it } from 'vitest';
import type { RedactionReport } from '../../../model/index.ts';
import { maxBucketRows, maxCells, maxDistinct, maxMessageBytes, maxReportsPer10s, maxSourcesPerAgent, retentionMs } from '../bounds.ts';
import { secondLook } from '../report/second-look.ts';
import { leakedCell, maskedCell, redactionReport } from '../../testing/redaction.ts';
import { rangeOf } from '../views/range.ts';
import { sumsOf } from '../views/sums.ts';
import { RedactionBook } from './book.ts';
import { otherSource } from './names.ts';

const start = Date.parse('2027-01-15T08:00:00Z');
const bytes = (report: unknown) => Buffer.from(JSON.stringify(report));
const print = (i: number) => i.toString(16).padStart(16, '0');

function bookAt(nowMs: number) {
  const book = new RedactionBook(secondLook(), (service) => service.startsWith('weir-canary-run'));
  const clock = { ms: nowMs };
  return {
    book, clock,
    take: (more: Partial<RedactionReport> = {}, agent = 1) => book.take(bytes(redactionReport(clock.ms, more)), { agent, offsetMs: () => 0 }, clock.ms),
    sums: (seconds: number) => sumsOf(book, rangeOf(seconds, clock.ms, 1000)),
    widths: () => [...new Set([...book.buckets.all].map(({ width }) => width))].sort((a, b) => a - b),
    only: () => [...book.sources.all][0]?.no ?? -1,
  };
}

describe('time', () => {
  it('folds to minutes after an hour, to hours after a day, and forgets after a month; no count is lost before', () => {
    const { book, clock, take, sums, widths } = bookAt(start);
    for (let i = 0; i < 120; i++) { take({ cells: [maskedCell(clock.ms, { count: 3 })] }); clock.ms += 10_000; }
    const tidy = () => { for (let i = 0; i < 300; i++) book.tidy(clock.ms); };
    clock.ms += 3_600_000 + 60_000;
    tidy();
    expect(widths()).toEqual([60_000]);
    expect(sums(4 * 3600).masked).toBe(360);
    clock.ms += 25 * 3_600_000;
    tidy();
    expect(widths()).toEqual([3_600_000]);
    expect(sums(30 * 3600).masked).toBe(360);
    expect(sums(30 * 3600).flows.get('cart')).toMatchObject({ records: 1200, coveredRecords: 1200 });
    expect(sums(30 * 3600).totals).toMatchObject({ records: 1200, refused: 0 });
    clock.ms += retentionMs;
    tidy();
    expect([...book.buckets.all]).toEqual([]);
    expect(book.sources.size).toBe(0);
  });
  it('of an agent whose clock is wrong lies within what is kept', () => {
    const { book, take, clock, sums } = bookAt(start);
    take({ cells: [maskedCell(clock.ms + 1e12), maskedCell(0)], residual: [leakedCell(clock.ms + 1e12)] });
    expect([...book.sources.all]).toMatchObject([{ lastMs: clock.ms }]);
    expect(sums(30 * 86_400)).toMatchObject({ masked: 2, residual: 1 });
  });
});

describe('distinct values', () => {
  const prints = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => print(from + i));
  it('are a union, by when they were last seen', () => {
    const { book, clock, take, only } = bookAt(start);
    take({ cells: [maskedCell(clock.ms, { fingerprints: prints(0, 10) })] });
    take({ cells: [maskedCell(clock.ms, { fingerprints: prints(5, 15) })] }, 2);
    expect(book.distinct.since(only(), clock.ms - 60_000)).toEqual({ distinct: 15, isFloor: false });
    clock.ms += 300_000;
    take({ cells: [maskedCell(clock.ms, { fingerprints: prints(0, 2) })] });
    expect(book.distinct.since(only(), clock.ms - 60_000)).toEqual({ distinct: 2, isFloor: false });
    expect(book.distinct.allSince(clock.ms - 600_000)).toEqual({ distinct: 15, isFloor: false });
  });
  it('are of what was hidden and what left together: one value that did both counts once', () => {
    const { book, clock, take, only, sums } = bookAt(start);
    take({ cells: [maskedCell(clock.ms, { fingerprints: prints(0, 2) })], residual: [leakedCell(clock.ms, { fingerprints: prints(1, 4) }), leakedCell(clock.ms)] });
    expect(book.distinct.since(only(), clock.ms - 60_000)).toEqual({ distinct: 4, isFloor: false });
    take({ residual: [leakedCell(clock.ms, { fingerprints: ['no fingerprint', print(1)] }), leakedCell(clock.ms, { fingerprints: [], moreDistinct: true })] });
    expect(book.distinct.since(only(), clock.ms - 60_000)).toEqual({ distinct: 4, isFloor: true });
    expect(sums(60).totals.refused).toBe(1);
  });
  it('are a lower bound when there were more than have room, on the agent or here', () => {
    const { book, clock, take, only } = bookAt(start);
    take({ cells: [maskedCell(clock.ms, { fingerprints: prints(0, 3), moreDistinct: true })] });
    expect(book.distinct.since(only(), clock.ms - 60_000)).toEqual({ distinct: 3, isFloor: true });
    for (let i = 0; i < maxDistinct + 100; i += 50) { clock.ms += 1000; take({ cells: [maskedCell(clock.ms, { fingerprints: prints(i, i + 50) })] }); }
    expect(book.distinct.since(only(), start)).toEqual({ distinct: maxDistinct, isFloor: true });
  });
  it('of two periods cannot be joined: the larger is a lower bound', () => {
    const { book, clock, take, only } = bookAt(start);
    take({ cells: [maskedCell(clock.ms, { fingerprints: prints(0, 5) })] });
    take({ period: 'next', cells: [maskedCell(clock.ms, { fingerprints: prints(100, 103) })] });
    expect(book.distinct.since(only(), start - 60_000)).toEqual({ distinct: 5, isFloor: true });
    clock.ms += 27 * 3_600_000;
    book.tidy(clock.ms);
    expect(book.distinct.held).toBe(0);
    expect(book.distinct.since(only(), start - 60_000)).toEqual({ distinct: 5, isFloor: true });
  });
});

describe('a hostile agent', () => {
  it('sends nonsense, which is refused and counted', () => {
    const { book, clock, sums } = bookAt(start);
    for (const data of ['', '{', 'null', '[]', '{"version":1}', JSON.stringify({ ...redactionReport(clock.ms), scanned: null }), `"${'x'.repeat(maxMessageBytes)}"`])
      expect(book.take(Buffer.from(data), { agent: 1, offsetMs: () => 0 }, clock.ms)).toBe(false);
    expect(sums(60).totals.refused).toBe(7);
  });
  it('sends cells that are none', () => {
    const { take, sums, clock } = bookAt(start);
    const odd = [{ count: -1 }, { count: 1e300 }, { count: Number.NaN }, { detector: '<script>' }, { lastUnixMs: -5 }, { place: 'nowhere' }, { rule: { id: '', name: '', version: 0 } }] as unknown as Partial<ReturnType<typeof maskedCell>>[];
    take({ cells: [...odd.map((more) => maskedCell(clock.ms, more)), maskedCell(clock.ms, { fingerprints: ['not a fingerprint', print(1)] }), maskedCell(clock.ms)] });
    expect(sums(60)).toMatchObject({ masked: 2, totals: { refused: odd.length + 1 } });
  });
  it('cannot fill the book: cells, sources, rows, reports', () => {
    const { book, take, clock, sums } = bookAt(start);
    take({ cells: Array.from({ length: maxCells + 50 }, (_, i) => maskedCell(clock.ms, { durableId: `line-${i}` })) });
    expect(sums(60).totals.refused).toBe(50);
    for (let batch = 0; batch < 4; batch++) { clock.ms += 10_000; take({ cells: Array.from({ length: maxCells }, (_, i) => maskedCell(clock.ms, { durableId: `batch-${batch}-${i}` })) }); }
    expect(book.sources.size).toBeLessThanOrEqual(maxSourcesPerAgent + 1);
    expect(sums(60).masked).toBe(5 * maxCells);
    expect(sums(60).sources.get(otherSource)?.masked).toBe(5 * maxCells - maxSourcesPerAgent);
    expect(Math.max(...[...book.buckets.all].map(({ rows }) => rows.size))).toBeLessThanOrEqual(2 * maxBucketRows + 10);
    clock.ms += 60_000;
    const taken = Array.from({ length: maxReportsPer10s + 20 }, () => take());
    expect(taken.filter(Boolean)).toHaveLength(maxReportsPer10s);
  });
  it('does not take the agents of another fleet member apart: beyond the rows, agents are folded, and all counts stay', () => {
    const { take, clock, sums, book } = bookAt(start);
    for (let agent = 1; agent <= 300; agent++) take({ cells: Array.from({ length: 5 }, (_, i) => maskedCell(clock.ms, { key: `k${i}` })) }, agent);
    expect(sums(60)).toMatchObject({ masked: 1500, totals: { folded: 1500 - maxBucketRows } });
    expect([...sums(60).sources.values()].map(({ masked }) => masked)).toEqual([300, 300, 300, 300, 300]);
    expect(book.buckets.rowCount).toBe(maxBucketRows + 5);
  });
  it('writes no secret into the book, whatever it calls it', () => {
    const { book, take, clock } = bookAt(start);
    const secret = `${'gh'}p_${'aB3dE5fG7h'.repeat(4).slice(0, 36)}`;
    take({ cells: [maskedCell(clock.ms, { context: `token ${secret}`, durableId: secret, key: secret, service: secret, source: secret, rule: { id: 'r', name: secret, version: 1 } })] });
    expect(JSON.stringify([[...book.sources.all], book.ways.get(0)])).not.toContain(secret);
  });
});

describe('what is no leak', () => {
  it('is a canary run', () => {
    const { take, clock, sums, book } = bookAt(start);
    take({ cells: [maskedCell(clock.ms, { service: 'weir-canary-run' })], residual: [leakedCell(clock.ms, { service: 'weir-canary-run' })], coverage: [{ service: 'weir-canary-run', bytes: 1, coveredBytes: 0, records: 1, coveredRecords: 0 }] });
    expect([sums(60).masked, sums(60).residual, sums(60).flows.size, book.sources.size]).toEqual([0, 0, 0, 0]);
    take({ residual: [leakedCell(clock.ms, { service: 'weir-canary-mine' })] });
    expect(sums(60).residual).toBe(1);
  });
  it('is a suppression: counted as neither hidden nor leaked', () => {
    const { take, clock, sums, book, only } = bookAt(start);
    take({ cells: [maskedCell(clock.ms, { action: 'ignore' })] });
    expect(sums(60)).toMatchObject({ masked: 0, residual: 0 });
    expect(book.stands.ofSource(only())).toMatchObject([{ lastLeakMs: null, lastMaskedMs: null, ignoredMs: clock.ms }]);
  });
});
