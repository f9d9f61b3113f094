// Public face of rules/: everything about rule documents that programs share.
export type * from './types.ts';
export { riskAxes } from './types.ts';
export {
  boundsOf, durationMs, durationNanos, editRule, expiresAfterMs, fieldOrder, looseFields, offsetOf, parseKqlRule, parseRule, pathWords, placesOf, printRule, ratePerSecond, ruleSchema, schemaHints, shareOf, sizeBytes, tidyKql, valueAt,
  type JsonSchema, type RulePlaces, type SchemaCompletion, type SchemaHints, type ValuePlace,
} from './document/index.ts';
