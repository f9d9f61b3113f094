export type { CompileFilter, CreatePipeline, OutBatch, Pipeline, ProcessResult, RunTable } from './types.ts';
export { compileFilter, type RecordFilter } from './filter.ts';
export { createPipeline, defaultExporter, metricScope } from './pipeline/pipeline.ts';
export { adjustedCountKey } from './pipeline/batch.ts';
export { planFields, type PlanFields } from './plan-fields.ts';
export { runTable } from './table/run-table.ts';
export { requiredText, type RequiredText } from './record/index.ts';
export { machinePlanVersion, type MachinePlan, type MachinePlanAction, type MachinePlanState, type MachinePlanTransition } from './machine/types.ts';
export type { ClauseCount, ClauseOutcome, RuleOutcome } from './explain/types.ts';
