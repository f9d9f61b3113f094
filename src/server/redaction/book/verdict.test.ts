// A verdict follows what was seen, and is not taken back for the order or the moment in which it was reported.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RedactionReport } from '../../../model/index.ts';
import { leakedCell, maskedCell, redactionReport } from '../../testing/redaction.ts';
import { rangeOf } from '../views/range.ts';
import { readerOf } from '../views/reader.ts';
import { overviewOf } from '../views/overview.ts';
import { shown } from '../views/source-facts.ts';
import { statesIn } from '../views/states.ts';
import { sumsOf } from '../views/sums.ts';
import { RedactionBook } from './book.ts';

const startMs = Date.parse('2027-01-15T08:00:00Z');
const rule = { id: 'r1', name: 'hide-tokens', version: 1 };
const facts = { seconds: 900, fullUntilMs: null, period: { name: 'd', endsAtMs: startMs }, writes: { failed: 0, lastError: null, lastWrittenMs: null } };
const scanned = (records: number, ofRecords: number, waiting = 0, full = true) => ({ bytes: records, ofBytes: ofRecords, records, ofRecords, full, waiting });

/** One agent that runs the rule. */
function audit() {
  const book = new RedactionBook((text) => text, () => false);
  const agent = { no: 1, id: 'a', name: 'web-1', connected: true, lastSeenAt: '', downstream: false };
  const fleet = { all: [agent], find: () => agent };
  let nowMs = startMs;
  const reader = () => readerOf(book, fleet, nowMs, { endOf: () => null });
  const sums = (seconds = 900) => sumsOf(book, rangeOf(seconds, nowMs, 60));
  book.agents.applies(1, [{ id: 'r1', version: 1, deployment: 1 }], startMs);
  return {
    book, agent,
    second: (more: Partial<RedactionReport> = {}) => {
      nowMs += 1000;
      agent.lastSeenAt = new Date(nowMs).toISOString();
      book.settle(1, nowMs);
      book.take(Buffer.from(JSON.stringify(redactionReport(nowMs, more))), { agent: 1, offsetMs: () => 0 }, nowMs);
    },
    source: (seconds = 900) => shown(reader(), sums(seconds), statesIn(reader(), sums(seconds)))[0]!,
    overview: (seconds = 900) => overviewOf(reader(), sums(seconds), { ...facts, seconds }),
    now: () => nowMs,
  };
}
const masked = (atMs: number) => ({ cells: [maskedCell(atMs - 100, { rule })] });

describe('that it stopped', () => {
  it('is proved in seconds of a full scan, though every report says that something waits to be scanned', () => {
    const { second, source, now } = audit();
    second({ residual: [leakedCell(startMs + 900)], scanned: scanned(2, 10, 8) });
    const leftMs = startMs + 900;
    let seconds = 0;
    for (; seconds < 30 && source().state !== 'clean'; seconds++) second({ ...masked(now() + 1000), scanned: scanned(10, 10, 8) });
    expect([seconds, source().cleanSince]).toEqual([6, new Date(leftMs + 1).toISOString()]);
    expect(source().scannedSince).toEqual({ records: 52, ofRecords: 60 });
  });
  it('is not proved while what left since waits to be scanned', () => {
    const { second, source, now } = audit();
    second({ residual: [leakedCell(startMs + 900)] });
    for (let i = 1; i < 30; i++) { second({ ...masked(now() + 1000), scanned: scanned(0, 10, 10 * i) }); expect(source().state).toBe('leaking'); }
  });
  it('is not proved by time in which the agent was away and told nothing', () => {
    const { second, source, book, now } = audit();
    second({ residual: [leakedCell(startMs + 900)] });
    second({ ...masked(now() + 1000) });
    book.agents.came(1, now() + 60_000);
    expect(book.agents.isComing(1, now() + 60_500)).toBe(true);
    book.take(Buffer.from(JSON.stringify(redactionReport(now() + 61_000, { scanned: scanned(0, 500, 0, false) }))), { agent: 1, offsetMs: () => 0 }, now() + 61_000);
    expect(book.stands.of(1, 1)?.proof).toBeNull();
    expect(source().state).toBe('leaking');
  });
  it('stays true, whatever part of later seconds is scanned, in whatever order', () => {
    const later = fc.record({ records: fc.nat(20), ofRecords: fc.nat(20), waiting: fc.nat(20), full: fc.boolean(), hides: fc.boolean(), empty: fc.boolean() });
    fc.assert(fc.property(fc.array(later, { maxLength: 40 }), (seconds) => {
      const { second, source, now, overview } = audit();
      second({ residual: [leakedCell(startMs + 900)] });
      for (let i = 0; i < 8; i++) second(masked(now() + 1000));
      const { state, cleanSince } = source();
      expect(state).toBe('clean');
      for (const { hides, empty, ...part } of seconds) {
        second({ ...(hides && masked(now() + 1000)), ...(empty && { coverage: [] }), scanned: { ...part, bytes: part.records, ofBytes: part.ofRecords } });
        const after = source();
        expect([after.state, after.cleanSince]).toEqual([state, cleanSince]);
        expect(after.scannedSince!.records).toBeLessThanOrEqual(after.scannedSince!.ofRecords);
        const { scanned: of, leaking } = overview();
        expect([of.records <= of.ofRecords, leaking]).toEqual([true, 0]);
      }
    }), { numRuns: 60 });
  });
  it('ends with the next leak, and not with one that left before and was found late', () => {
    const { second, source, now } = audit();
    second({ residual: [leakedCell(startMs + 900)] });
    for (let i = 0; i < 8; i++) second(masked(now() + 1000));
    second({ residual: [leakedCell(startMs + 400)] });
    expect(source()).toMatchObject({ state: 'clean', residual: 2, cleanSince: new Date(startMs + 901).toISOString() });
    second({ residual: [leakedCell(now() + 900)] });
    expect(source()).toMatchObject({ state: 'leaking', cleanSince: null });
  });
});

it('badge, tile and rows say the same of any range: what leaks is in all', () => {
  const { second, overview, source, agent } = audit();
  second({ residual: [leakedCell(startMs + 900)] });
  for (let i = 0; i < 200; i++) second({ scanned: scanned(0, 10, 0, false) });
  agent.connected = false;
  expect([60, 900, 86_400].map((seconds) => [overview(seconds).leaking, source(seconds).state])).toEqual([[1, 'leaking'], [1, 'leaking'], [1, 'leaking']]);
});

it('a rule that hides something else in a text that goes on leaking is not named in one second and missed in the next', () => {
  const { second, source, now } = audit();
  const named = new Set<string>();
  second({ residual: [leakedCell(startMs + 900, { count: 50 })] });
  for (let i = 0; i < 6; i++) {
    second(i % 2 === 0 ? { residual: [leakedCell(now() + 500)] } : { cells: [maskedCell(now() + 900, { rule, detector: 'key-rule' })] });
    named.add(JSON.stringify([source().state, source().rules]));
  }
  expect([...named]).toEqual(['["leaking",[]]']);
});

describe('counts', () => {
  it('of distinct values are never more than findings, of a part of a range neither', () => {
    const { second, source, overview, book, now } = audit();
    const prints = ['00000000000000aa', '00000000000000ab'];
    second({ residual: [leakedCell(startMs + 900, { count: 18, records: 6, fingerprints: prints })], scanned: scanned(10, 10) });
    expect(overview()).toMatchObject({ masked: 0, findings: 18, distinct: 2, scanned: { found: 18, foundRecords: 6 } });
    expect(source()).toMatchObject({ residual: 18, residualRecords: 6, distinct: 2 });
    for (let i = 0; i < 30; i++) second({ residual: [leakedCell(now() + 900, { fingerprints: [prints[0]!] })] });
    const part = sumsOf(book, rangeOf(900, now(), 60, { fromMs: startMs + 10_000, toMs: startMs + 20_000 }));
    const reader = readerOf(book, { all: [], find: () => null }, now(), { endOf: () => null });
    expect(shown(reader, part, statesIn(reader, part))).toMatchObject([{ residual: 10, distinct: 0, distinctIsFloor: true }]);
  });
  it('of what an allow-list took away are in none of secrets', () => {
    const { second, source, overview, now } = audit();
    second({ cells: [maskedCell(now() + 500, { rule, detector: 'allow-list', key: 'cart.items', count: 7, fingerprints: ['00000000000000aa'] })] });
    expect(source()).toMatchObject({ kind: 'allow-list', masked: 7 });
    expect(overview()).toMatchObject({ leaking: 0, unproved: 0, clean: 0, ignored: 0, masked: 0, findings: 0, distinct: 0, allowList: { sources: 1, removed: 7 }, downstream: false });
  });
  it('are the same from the same moment on, however fine the buckets', () => {
    for (const seconds of [60, 900, 3600, 86_400, 30 * 86_400]) {
      const [coarse, fine] = [rangeOf(seconds, startMs + 123_456, 60), rangeOf(seconds, startMs + 123_456, 360)];
      expect(coarse.fromMs).toBe(fine.fromMs);
      expect([coarse.originMs % coarse.bucketMs, coarse.fromMs - coarse.originMs < coarse.bucketMs]).toEqual([0, true]);
    }
  });
});

it('each moment is of one version of a rule: what stopped it, not what was deployed after', () => {
  const { second, source, book, now } = audit();
  second({ residual: [leakedCell(startMs + 900)] });
  for (let i = 0; i < 8; i++) second(masked(now() + 1000));
  const next = { id: 'r2', name: 'hide-more', version: 2 };
  book.agents.applies(1, [{ id: 'r2', version: 2, deployment: 2 }], now());
  for (let i = 0; i < 3; i++) second({ cells: [maskedCell(now() + 900, { rule: next })] });
  expect(source()).toMatchObject({ state: 'clean', hiddenBy: next, cleanSince: new Date(startMs + 901).toISOString() });
  expect(book.stands.of(1, 1)).toMatchObject({ rule: next, stop: { rule, appliedMs: startMs } });
});
