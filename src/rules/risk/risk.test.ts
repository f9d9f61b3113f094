// Risk: the same rule always scores the same, and each point says why.
import { beforeAll, expect, test } from 'vitest';
import type { KqlLanguage } from '../../kql/index.ts';
import { checkRule } from '../check/index.ts';
import { compiledQuery, languageForTests } from '../testing/language-for-tests.ts';
import { riskAxes, type RiskAxis, type RiskReport } from '../types.ts';
import { estimateRisk } from './estimate.ts';
import { measuredRisk, type MeasuredRule } from './measured.ts';
import type { RiskFacts } from './factors.ts';

let language: KqlLanguage;
beforeAll(async () => { language = await languageForTests(); }, 60_000);

const estimate = (kql: string, facts?: RiskFacts): RiskReport => estimateRisk(compiledQuery(language, 'a', kql), facts);
const scores = ({ axes }: RiskReport): string => riskAxes.map((axis) => axes[axis].score).join(' ');

test.each<readonly [kql: string, scores: string, level: string]>([
  // privacy security reliability cost performance
  ['Logs | where EventName == "x" and SeverityNumber < 9 | invoke drop()', '0 0 2 0 0', 'low'],
  ['Logs | where EventName == "x" | invoke drop()', '0 1 3 0 0', 'low'],
  ['Logs | invoke drop()', '0 5 7 0 2', 'high'],
  ['Logs | where SeverityNumber >= 17 | invoke drop()', '0 3 5 0 2', 'medium'],
  ['Logs | where EventName == "x" | invoke route("partner")', '4 4 3 3 0', 'medium'],
  ['Logs | invoke redact()', '0 0 0 0 3', 'low'],
  ['Logs | where EventName == "x" | invoke redact("email", mode="hash")', '4 0 0 0 0', 'medium'],
  ['Logs | where Body matches regex "a+b" | extend EventName = "y", tier = "z" | invoke update()', '0 0 6 0 5', 'medium'],
  ['Logs | where EventName == "x" | summarize n = count() by user = tostring(Attributes["user.id"]), bin(Timestamp, 1m) | invoke to_metric("m")', '3 1 3 1 0', 'low'],
])('%s', (kql, expected, level) => {
  const report = estimate(kql);
  expect([scores(report), report.level, report.measured]).toEqual([expected, level, false]);
  expect(estimate(kql)).toEqual(report);
  for (const axis of riskAxes) for (const reason of report.axes[axis].reasons) expect(reason).toMatch(/^\S.*\.$/);
  expect(report.overall).toBe(Math.max(...riskAxes.map((axis) => report.axes[axis].score)));
});

const reasons = (report: RiskReport, axis: RiskAxis): string => report.axes[axis].reasons.join(' ');
test('what is known of the traffic sharpens it', () => {
  const kql = 'Logs | where EventName == "x" | summarize n = count() by route = tostring(Attributes.route), bin(Timestamp, 1m) | invoke to_metric("m")';
  expect(reasons(estimate(kql), 'cost')).toContain('How many values route will have is not known.');
  const known = estimate(kql, { distinct: { route: 50_000 }, recordsPerSecond: 200_000, matchedShare: 0.9, takenFrom: ['launch-rate'] });
  expect(reasons(known, 'cost')).toContain('route make about 50,000 groups');
  expect(known.axes.cost.score).toBe(4);
  expect(known.axes.performance.score).toBe(4);
  expect(reasons(known, 'reliability')).toMatch(/launch-rate would read.*It matches 90 %/);
});

test('a group explosion is high, from the dry run and once it runs', () => {
  const kql = 'Logs | where EventName == "x" | summarize n = count() by s = tostring(Attributes["session.id"]), bin(Timestamp, 10s) | invoke to_metric("m")';
  const exploded = estimate(kql, { series: { matched: 44_400, groups: 44_400, groupBound: 10_000, overflowed: 34_400 } });
  expect(exploded.level).toBe('high');
  expect(exploded.axes.cost.reasons[0]).toContain('nearly every record makes a series of its own; past 10,000 they share one');
  expect(reasons(exploded, 'reliability')).toContain('counted together');
  const running = measuredRisk(compiledQuery(language, 'a', kql), { ...quiet, emitted: 4800 });
  expect(running.axes.cost.score).toBeGreaterThanOrEqual(5);
  expect(measuredRisk(compiledQuery(language, 'a', kql), { ...quiet, overflowed: 9 }).level).toBe('high');
});

test('every query says that it can start no action; a machine that dumps memory is high', () => {
  expect(reasons(estimate('Logs | invoke drop()'), 'security')).toContain('A query rule cannot start an action.');
  const { compiled } = checkRule('kind: state-machine\nname: net\ninitial: a\nstates:\n  a:\n    on: [{ when: EventName == "x", to: b }]\n  b:\n    enter: [{ action: memory-dump }]\n', language);
  const report = estimateRisk(compiled!);
  expect(report).toMatchObject({ level: 'medium', axes: { privacy: { score: 5 }, security: { score: 5 }, reliability: { score: 5 } } });
  expect(reasons(report, 'reliability')).toContain('A memory dump stops the process');
});

const quiet: MeasuredRule = { cpuShare: 0.001, matchedPerSecond: 10, removedPerSecond: 10, emittedPerSecond: 1, fleetInPerSecond: 1000, matched: 5000, errors: 0 };
test('measured: CPU against the bound, errors, what it removes, what it holds', () => {
  const rule = { ...compiledQuery(language, 'a', 'Logs | where EventName == "x" | invoke drop()'), bounds: { cpuShare: 0.01, memoryBytes: 1 << 20, outputPerSecond: 2 } };
  expect(measuredRisk(rule, quiet)).toMatchObject({ measured: true, level: 'medium', axes: { performance: { score: 1 }, cost: { score: 5 }, security: { score: 1 } } });
  expect(measuredRisk(rule, { ...quiet, cpuShare: 0.02 }).axes.performance.score).toBe(10);
  expect(measuredRisk(rule, { ...quiet, errors: 500, matched: 4500 }).axes.reliability.score).toBe(10);
  expect(measuredRisk(rule, { ...quiet, removedPerSecond: 900 }).axes.reliability.score).toBe(5.4);
  expect(measuredRisk(rule, { ...quiet, stateBytes: 1 << 19 }).axes.performance.score).toBe(6);
  const off = measuredRisk(rule, { ...quiet, disabled: { kind: 'cpu', reason: 'it used 12 % of a core; its budget is 1 %.' } });
  expect(off.axes.reliability.reasons[0]).toBe('It turned itself off: it used 12 % of a core; its budget is 1 %.');
  const none = measuredRisk(rule, { ...quiet, cpuShare: null, emittedPerSecond: null, fleetInPerSecond: null, removedPerSecond: null });
  expect(reasons(none, 'performance')).toBe('Its CPU time is not measured yet.');
  expect(reasons(none, 'cost')).toBe('Its output is not measured yet.');
  expect(reasons(none, 'privacy')).toContain('no counter measures it');
  expect(reasons(measuredRisk(rule, { ...quiet, matched: 0 }), 'reliability')).toContain('No record has matched since it was deployed');
  expect(reasons(measuredRisk(rule, { ...quiet, agents: 4, emittedPerSecond: 4 }), 'cost')).toContain('It makes 1/s on each agent of 2/s allowed.');
  expect(measuredRisk(rule, { ...quiet, agents: 4, stateBytes: 1 << 19 }).axes.performance.score).toBe(2.3);
});
