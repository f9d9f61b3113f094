// Public face of rules/: everything about rule documents that programs share.
export type * from './types.ts';
export { riskAxes } from './types.ts';
export {
  boundsOf, durationMs, durationNanos, editRule, expiresAfterMs, fieldOrder, looseFields, newPolicyText, offsetOf, parseKqlRule, parseRule, pathWords, placesOf, printRule, ratePerSecond, ruleSchema, schemaHints, shareOf, sizeBytes, tidyCode, valueAt,
  type JsonSchema, type RulePlaces, type SchemaCompletion, type SchemaHints, type ValuePlace,
} from './document/index.ts';
export * from './dry-run/index.ts';
export { checkKqlRule, checkRule, checkRuleAndScript } from './check/index.ts';
export { encodeRecord, expectationOf, junit, runTests, testRedactionKey, testStartUnixNano, type ColumnRecord, type RuleExpectation, type RuleTest, type TestOptions } from './tests/index.ts';
export { conflictsOf, type ConflictRule } from './conflicts/index.ts';
export { estimateRisk, measuredRisk, measuredSeriesWarning, seriesWarning, type MeasuredRule, type RiskFacts, type SeriesWarning } from './risk/index.ts';
export { scriptProblem, withScriptProblem, type NamedScript, type NewVm } from './language/index.ts';
export { eventWanted, isEventWanted } from './machine/index.ts';
