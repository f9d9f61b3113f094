// Public face of document/: rule documents as text.
export { boundsOf, durationMs, durationNanos, expiresAfterMs, ratePerSecond, shareOf, sizeBytes } from './units.ts';
export { parseKqlRule, parseRule } from './parse-rule.ts';
export { tidyCode } from './code-text.ts';
export { printRule } from './print-rule.ts';
export { editRule } from './edit-rule.ts';
export { offsetOf, placesOf, valueAt, type RulePlaces, type ValuePlace } from './places.ts';
export { fieldOrder } from './field-docs.ts';
export { ruleSchema, type JsonSchema } from './rule-schema.ts';
export { schemaHints, type SchemaCompletion, type SchemaHints } from './schema-hints.ts';
export { pathWords } from './schema-words.ts';
export { newPolicyText } from './new-policy.ts';
export { looseFields } from './loose-fields.ts';
