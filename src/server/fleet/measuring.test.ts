// From totals in status reports to rates: steps, the series, talkers and rules.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultBounds, type AgentConfig, type AgentId, type AgentStatus, type RuleId, type RuleStats, type Talker } from '../../model/index.ts';
import { receivedLogs, ruleStats, statusReport } from '../testing/status.ts';
import { Agent } from './agent.ts';
import { FleetSeries, seriesSeconds } from './fleet-series.ts';
import { RuleBook } from './rule-book.ts';
import { ruleRates } from './rule-rates.ts';
import { RuleSeries } from './rule-series.ts';
import { stepBetween } from './status-delta.ts';
import { TalkerSeries } from './talker-series.ts';

const gauges = { cpuShare: 0.1, rssBytes: 1000 };
const report = (at: number, logs: number, more: Partial<AgentStatus> = {}) => statusReport(at, { received: receivedLogs(logs), ...more });

describe('a step', () => {
  it('is the difference of totals', () => {
    const exporter = { name: 'x', url: null, state: 'ok' as const, message: '', sentRecords: 5, sentBytes: 0, queuedRecords: 0, queuedBytes: 0, maxQueuedBytes: 0, droppedQueueFull: 1, droppedRefused: 2, discardedNoDownstream: 4, retries: 0 };
    const step = stepBetween(report(10_000, 100), report(11_000, 160, { emitted: 3, exporters: [exporter], removed: { dropped: 1, sampled: 2, toMetric: 3, recorded: 4 } }), 50_000);
    expect(step).toEqual({ fromMs: 49_000, toMs: 50_000, restarted: false, counts: { in: 60, out: 5, dropped: 1, sampled: 2, toMetric: 3, recorded: 4, deduped: 0, emitted: 3, lost: 3, noDownstream: 4, tailShed: 0 } });
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
    const add = (toMs: number) => { series.add({ fromMs: toMs - 1000, toMs, restarted: false, counts: { in: 10, out: 0, dropped: 0, sampled: 0, toMetric: 0, recorded: 0, deduped: 0, emitted: 0, lost: 0, noDownstream: 0, tailShed: 0 } }, gauges); };
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

const id = 'r' as RuleId;
const rule = { id, version: 1, deployment: 5 };
const at = (second: number, matched: number, more: Partial<RuleStats> = {}, startedUnixMs = 0) =>
  statusReport(second * 1000, { startedUnixMs, rules: [ruleStats(id, { matched, removed: matched, bytesRemoved: matched * 100, cpuMs: matched, ...more })] });

describe('rates of a rule', () => {
  it('sum over agents; the CPU share is their mean', () => {
    expect(ruleRates([[at(1, 10), at(2, 20), at(3, 30)], [at(1, 0), at(3, 60)]], rule)).toMatchObject({ matchedPerSecond: 40, bytesRemovedPerSecond: 4000, cpuShare: 0.02, would: null });
  });
  it('are not measured from one report, another deployment, or across a restart', () => {
    expect(ruleRates([[at(1, 10)]], rule)).toMatchObject({ matchedPerSecond: null });
    expect(ruleRates([[at(1, 10, { version: 1 }), at(2, 20, { version: 2 })]], { ...rule, version: 2 })).toMatchObject({ matchedPerSecond: null });
    expect(ruleRates([[at(1, 10, { deployment: 4 }), at(2, 20, { deployment: 5 })]], rule)).toMatchObject({ matchedPerSecond: null });
    expect(ruleRates([[at(1, 1000), at(2, 20, {}, 500)]], rule)).toMatchObject({ matchedPerSecond: null });
  });
  it('in shadow are what it would do', () => {
    const would = (removed: number) => ({ removed: 0, would: { removed, changed: 0, emitted: 1, bytesRemoved: removed * 10 } });
    expect(ruleRates([[at(1, 10, would(10)), at(3, 30, would(30))]], rule)).toMatchObject({ removedPerSecond: 0, would: { removedPerSecond: 10, changedPerSecond: 0, bytesRemovedPerSecond: 100 } });
  });
});

describe('what a rule has done', () => {
  const configOf = (deployment: number | null): AgentConfig => ({
    version: 1, revision: 1, rules: deployment === null ? [] : [{ id, name: 'r', version: 1, order: 1, plan: {}, policy: null, targets: null, mode: 'live', bounds: defaultBounds, expiresAtUnixMs: null, deployment }],
  });
  /** Reports of agents, in order: [agent, second, matched, deployment, started]. */
  const book = (config: AgentConfig, reports: readonly (readonly [agent: string, second: number, matched: number, deployment: number, startedUnixMs?: number])[], of = new RuleBook()) => {
    const last = new Map<string, AgentStatus>();
    for (const [agent, second, matched, deployment, startedUnixMs = 0] of reports) {
      const status = at(second, matched, { deployment }, startedUnixMs);
      const before = last.get(agent) ?? null;
      of.add(agent as AgentId, before, status, stepBetween(before, status, second * 1000), config);
      last.set(agent, status);
    }
    return of;
  };
  it('adds up over agents and their restarts', () => {
    expect(book(configOf(5), [['a', 1, 10, 5], ['a', 2, 20, 5], ['b', 2, 7, 5], ['a', 3, 4, 5, 2500]]).totals(id, 5)).toMatchObject({ matched: 31, bytesRemoved: 3100, would: null });
  });
  it('begins anew with a deployment and is unknown before its first report', () => {
    const kept = book(configOf(5), [['a', 1, 10, 5]]);
    expect(book(configOf(6), [['a', 2, 12, 5]], kept).totals(id, 6)).toBeNull();
    expect(book(configOf(6), [['a', 3, 2, 6]], kept).totals(id, 6)).toMatchObject({ matched: 2 });
    expect(kept.totals(id, 5)).toBeNull();
  });
  it('stays when the rule is disabled, with what was still on its way', () => {
    const kept = book(configOf(5), [['a', 1, 10, 5]]);
    expect(book(configOf(null), [['a', 2, 15, 5]], kept).totals(id, 5)).toMatchObject({ matched: 15 });
  });
  it('is a series second by second, with gaps where no agent reported it', () => {
    const { series } = book(configOf(5), [['a', 1, 10, 5], ['a', 2, 20, 5], ['b', 1, 0, 5], ['b', 2, 30, 5], ['a', 20, 50, 5], ['a', 21, 55, 5]]);
    const points = series.points(id, 0, 22_000);
    expect(points).toHaveLength(22);
    expect(points[1]).toEqual({ t: 1000, matched: 40, removed: 40, emitted: 0, cpuShare: 0.02 });
    expect(points[5]).toEqual({ t: 5000, matched: null, removed: null, emitted: null, cpuShare: null });
    expect(points[20]).toMatchObject({ matched: 5, cpuShare: 0.005 });
    expect(series.points('other', 0, 2000)).toMatchObject([{ matched: null }, { matched: null }]);
  });
  it('loses no count, however reports lie', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 0, max: 1000 })), { minLength: 1, maxLength: 30 }), (steps) => {
      const series = new RuleSeries();
      let [time, total] = [10_500, 0];
      for (const [length, grown] of steps) {
        series.add(id, { fromMs: time, toMs: time + length }, ruleStats(id, { matched: total + grown }), ruleStats(id, { matched: total }));
        [time, total] = [time + length, total + grown];
      }
      const sum = series.points(id, 0, time + 1000).reduce((all, { matched }) => all + (matched ?? 0), 0);
      // A point is rounded to hundredths.
      expect(Math.abs(sum - total)).toBeLessThan(0.01 * steps.length * 5);
    }));
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
