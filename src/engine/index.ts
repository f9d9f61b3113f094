export type { CompileFilter, CreatePipeline, OutBatch, Pipeline, ProcessResult, RedactionTally, ReplaceManner, RunTable } from './types.ts';
export { compileFilter, type RecordFilter } from './filter.ts';
export { compileRecordRule, type RecordRule } from './pipeline/record-rule.ts';
export { defaultCeiling, type DisabledRule } from './budget/index.ts';
export { Fingerprints, FingerprintSet, Names, type NamedBy } from './redaction/index.ts';
export { createPipeline, metricScope } from './pipeline/pipeline.ts';
export { defaultExporter } from './pipeline/default-exporter.ts';
export { adjustedCountKey } from './pipeline/batch.ts';
export { BodyTemplates } from './pipeline/body-templates.ts';
export type { EventAccounts } from './pipeline/event-accounts.ts';
export type { Valve } from './pipeline/valves.ts';
export * from './language/index.ts';
export { decodeFrames, eachEntry, encodeFrame, encodeFrames, encodeLetGo, frameFileMagic, breathBytes, largest, LeastUsed, RecorderSet, usualRecorder, type FramesAsked, type FrameStore, type FramesRead, type KeptEntry, type KeyState, type RecorderFrame, type Renewed, type RecorderSetOptions, type RecorderShape } from './recorders/index.ts';
export { planFields, type PlanFields } from './plan-fields.ts';
export { columnHints } from './table/column-hints.ts';
export { runTable } from './table/run-table.ts';
export { requiredText, type RequiredText } from './record/index.ts';
export {
  createMachine, machinePlanVersion, parseMachine, type GuardCount, type GuardLook, type Machine, type MachineEvent, type MachineKeyState, type MachineLook, type MachineMemory, type MachinePlan,
  type MachinePlanAction, type MachinePlanState, type MachinePlanTraining, type MachinePlanTransition, type RecordOrigin,
} from './machine/index.ts';
export { ActionLimits, durationWords, type LimitFigures, type LimitsState } from './limits/index.ts';
export { MachineClock } from './machine/index.ts';
export { mostReportChars, NetMemories, NetSet, readMemories, readUnknownAt, refuse, withinRoom, type FiredAction, type LiveNet, type Measured, type NetFiring, type NetMemory, type NetRule, type ReadMemories, type Remembering } from './nets/index.ts';
export {
  changesBetween, compileExplanation, createClauseCounter, maskValue, type ClauseCount, type ClauseCounter, type ClauseCounterOptions, type ClauseOutcome, type ClausePart, type ClauseRead,
  type ExplainOptions, type Explanation, type FieldChange, type Flow, type ReadCount, type RuleOutcome,
} from './explain/index.ts';
