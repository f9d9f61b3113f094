// From totals in status reports to rates: steps, the series, talkers and rules.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentStatus, RuleId, Talker } from '../../model/index.ts';
import { receivedLogs, ruleStats, statusReport } from '../testing/status.ts';
import { Agent } from './agent.ts';
import { FleetSeries, seriesSeconds } from './fleet-series.ts';
import { ruleRates } from './rule-rates.ts';
import { stepBetween } from './status-delta.ts';
import { TalkerSeries } from './talker-series.ts';

const gauges = { cpuShare: 0.1, rssBytes: 1000 };
const report = (at: number, logs: number, more: Partial<AgentStatus> = {}) => statusReport(at, { received: receivedLogs(logs), ...more });

describe('a step', () => {
  it('is the difference of totals', () => {
    const exporter = { name: 'x', url: null, state: 'ok' as const, message: '', sentRecords: 5, sentBytes: 0, queuedRecords: 0, queuedBytes: 0, maxQueuedBytes: 0, droppedQueueFull: 1, droppedRefused: 2, discardedNoDownstream: 4, retries: 0 };
    const step = stepBetween(report(10_000, 100), report(11_000, 160, { emitted: 3, exporters: [exporter], removed: { dropped: 1, sampled: 2, toMetric: 3, recorded: 4 } }), 50_000);
    expect(step).toEqual({ fromMs: 49_000, toMs: 50_000, restarted: false, counts: { in: 60, out: 5, dropped: 1, sampled: 2, toMetric: 3, recorded: 4, emitted: 3, lost: 3, noDownstream: 4, tailShed: 0 } });
  });
  it('counts from zero after a restart, also what the dead process lost', () => {
    const step = stepBetween(report(10_000, 1_000_000), report(21_000, 40, { startedUnixMs: 20_000, lostAtCrash: 7 }), 50_000);
    expect(step).toMatchObject({ fromMs: 49_000, restarted: true, counts: { in: 40, lost: 7 } });
  });
  it('is unknown at first, over a gap, and when the clock jumps', () => {
    expect(stepBetween(null, report(100_000, 5), 1)).toBeNull();
    expect(stepBetween(report(10_000, 1), report(16_000, 2), 1)).toBeNull();
    expect(stepBetween(report(10_000, 1), report(9_000, 2), 1)).toBeNull();
  });
});

describe('the series', () => {
  it('keeps every record, however the steps lie', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 100_000 })), { minLength: 1, maxLength: 50 }), fc.integer({ min: 0, max: 999 }), (steps, start) => {
      const series = new FleetSeries();
      let at = 1_000_000 + start;
      let total = 0;
      for (const [length, records] of steps) {
        const step = stepBetween(report(0, 0), report(length, records), at + length);
        if (step !== null) series.add(step, gauges);
        at += length;
        total += records;
      }
      const sum = series.points(1_000_000, at + 1000).reduce((all, point) => all + point.in, 0);
      expect(Math.abs(sum - total)).toBeLessThan(1);
    }));
  });
  it('leaves gaps where nobody reported and forgets after its horizon', () => {
    const series = new FleetSeries();
    const add = (toMs: number) => { series.add({ fromMs: toMs - 1000, toMs, restarted: false, counts: { in: 10, out: 0, dropped: 0, sampled: 0, toMetric: 0, recorded: 0, emitted: 0, lost: 0, noDownstream: 0, tailShed: 0 } }, gauges); };
    add(11_000);
    add(14_000);
    series.addTailShed(13_500, 3);
    series.addTailShed(20_000, 3);
    expect(series.points(0, 30_000)).toMatchObject([{ t: 10_000, in: 10, tailShed: 0, cpuShare: 0.1, rssBytes: 1000 }, { t: 13_000, in: 10, tailShed: 3 }]);
    add(11_000 + seriesSeconds * 1000);
    expect(series.points(0, 30_000).map(({ t }) => t)).toEqual([13_000]);
  });
});

describe('talkers', () => {
  const talker = (durableId: string, records: number): Talker => ({ durableId, service: 's', signal: 'logs', records, bytes: records * 100 });
  const run = (reports: AgentStatus[]) => {
    const series = new TalkerSeries();
    for (const [i, status] of reports.entries()) series.add(reports[i - 1] ?? null, status, status.atUnixMs);
    return series.top(reports.at(-1)?.atUnixMs ?? 0, 10);
  };
  it('rank by their rate now', () => {
    const reports = [10, 11, 12, 13, 14, 15].map((second) => statusReport(second * 1000, { otherRecords: 1, talkers: [talker('old', 1_000_000), talker('busy', second * 20), talker('calm', second * 5)] }));
    expect(run(reports)).toMatchObject([{ durableId: 'busy', perSecond: 20, bytesPerSecond: 2000 }, { durableId: 'calm', perSecond: 5 }]);
  });
  it('have true rates when reports lie across seconds', () => {
    const reports = [10.4, 11.4, 12.4].map((second) => statusReport(second * 1000, { otherRecords: 1, talkers: [talker('x', second * 20)] }));
    expect(run(reports)).toMatchObject([{ perSecond: 20 }]);
  });
  it('that are new count from zero only when the list was complete', () => {
    const before = (otherRecords: number) => statusReport(10_000, { otherRecords, talkers: [] });
    const after = statusReport(11_000, { talkers: [talker('new', 50)] });
    expect(run([before(0), after])).toMatchObject([{ durableId: 'new', perSecond: 50 }]);
    expect(run([before(9), after])).toEqual([]);
  });
  it('have a history with holes where nothing was measured', () => {
    const reports = [10, 11, 12, 13, 14, 15, 30, 31].map((second) => statusReport(second * 1000, { otherRecords: 1, talkers: [talker('x', second * 20)] }));
    expect(run(reports)[0]?.history.slice(-6)).toEqual([null, null, 20, null, null, null]);
  });
});

describe('rates of a rule', () => {
  const id = 'r' as RuleId;
  const at = (second: number, matched: number, version = 1, startedUnixMs = 0) => statusReport(second * 1000, { startedUnixMs, rules: [ruleStats(id, { version, matched, removed: matched, cpuMs: matched })] });
  it('sum over agents; the CPU share is their mean', () => {
    expect(ruleRates([[at(1, 10), at(2, 20), at(3, 30)], [at(1, 0), at(3, 60)]], id, 1)).toMatchObject({ matchedPerSecond: 40, matched: 90, cpuShare: 0.02, lastError: null });
  });
  it('are not measured from one report, another version, or across a restart', () => {
    expect(ruleRates([[at(1, 10)]], id, 1)).toMatchObject({ matchedPerSecond: null, matched: 10 });
    expect(ruleRates([[at(1, 10, 1), at(2, 20, 2)]], id, 2)).toMatchObject({ matchedPerSecond: null, matched: 20 });
    expect(ruleRates([[at(1, 1000), at(2, 20, 1, 500)]], id, 1)).toMatchObject({ matchedPerSecond: null });
    expect(ruleRates([[at(1, 10)]], id, null)).toMatchObject({ matched: 0 });
  });
});

describe('the time of a report', () => {
  const agent = () => new Agent({ id: 'a' as Agent['id'], ordinal: 1, firstSeenAt: '', lastSeenAt: '', report: null });
  it('is when it was made, not when it came, also with a wrong clock', () => {
    const held = agent();
    expect(held.placeStatus(statusReport(5_000), 1_005_000)).toBe(1_005_000);
    expect(held.placeStatus(statusReport(6_000), 1_008_000)).toBeCloseTo(1_006_000, -2);
    expect(held.placeStatus(statusReport(7_000), 1_008_000)).toBeCloseTo(1_007_000, -2);
  });
  it('follows a clock that jumps', () => {
    const jumped = agent();
    jumped.placeStatus(statusReport(5_000), 1_005_000);
    expect(jumped.placeStatus(statusReport(900_000), 1_006_000)).toBe(1_006_000);
  });
});
