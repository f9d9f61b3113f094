// Whoever takes more never scores lower: conditions are widened at random, and no axis may sink.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { KqlLanguage } from '../../kql/index.ts';
import { compiledQuery, languageForTests } from '../testing/language-for-tests.ts';
import { riskAxes, type RiskReport } from '../types.ts';
import { estimateRisk } from './estimate.ts';

let language: KqlLanguage;
beforeAll(async () => { language = await languageForTests(); }, 60_000);

const estimate = (kql: string, matchedShare?: number): RiskReport => estimateRisk(compiledQuery(language, 'a', kql), matchedShare === undefined ? {} : { matchedShare });
const atom = fc.constantFrom('EventName == "x"', 'ServiceName in ("a", "b")', 'SeverityNumber >= 17', 'SeverityNumber < 9', 'SeverityText == "ERROR"', 'SeverityText in ("INFO", "ERROR")', 'TraceId == ""', 'not(SeverityNumber >= 17)');
const condition = fc.letrec<{ any: string }>((tie) => ({ any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, atom, fc.tuple(tie('any'), fc.constantFrom('and', 'or'), tie('any')).map(([a, join, b]) => `(${a} ${join} ${b})`)) })).any;
const sink = fc.constantFrom('drop()', 'sample(0.1)', 'route("partner")', 'record("r")');

const wider = (more: RiskReport, less: RiskReport): void => { for (const axis of riskAxes) expect(more.axes[axis].score, axis).toBeGreaterThanOrEqual(less.axes[axis].score); };

test('one condition fewer, one alternative more, no condition at all', () => {
  fc.assert(fc.property(condition, condition, sink, (a, b, to) => {
    const [both, one, either, all] = [`where ${a} and ${b}`, `where ${a}`, `where ${a} or ${b}`, ''].map((where) => estimate(`Logs ${where && `| ${where}`} | invoke ${to}`));
    wider(one!, both!);
    wider(either!, one!);
    wider(all!, either!);
  }), { numRuns: 60 });
});

test('everything of every service is high, a named event is low', () => {
  expect(estimate('Logs | invoke drop()')).toMatchObject({ level: 'high', axes: { security: { score: 5 } } });
  expect(estimate('Logs | where EventName == "x" | invoke drop()')).toMatchObject({ level: 'low', axes: { security: { score: 1 } } });
});

test('a larger share of the traffic', () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
    wider(estimate('Logs | where TraceId == "" | invoke drop()', Math.max(a, b)), estimate('Logs | where TraceId == "" | invoke drop()', Math.min(a, b)));
  }), { numRuns: 30 });
});
