export { createClauseCounter, type ClauseCounter, type ClauseCounterOptions } from './clause-counter.ts';
export { compileExplanation, partOf, type Explanation } from './explain.ts';
export { compilePart, verdict, type ProbePart } from './probe.ts';
export { changesBetween } from './fields.ts';
export { maskValue } from './masks.ts';
export type { ExplainOptions } from './rule-run.ts';
export type { ClauseCount, ClauseOutcome, ClausePart, ClauseRead, FieldChange, Flow, ReadCount, RuleOutcome } from './types.ts';
