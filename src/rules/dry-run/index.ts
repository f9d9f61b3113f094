export type { CpuEstimate } from './cpu-meter.ts';
export { createDryRun } from './create-dry-run.ts';
export { dailySaving, type DailySaving, type SavedRate } from './daily-saving.ts';
export { agentRuleOf, planOf, rulesBefore, unsavedRuleId, type RecordRule } from './rule-input.ts';
export type { CreateDryRun, DryRun, DryRunOptions, DryRunPoint, DryRunRecord, DryRunRequest, DryRunResult, DryRunSample, DryRunSeries, DryRunTotal, DryRunWindow, HiddenCount, LanguageDryRunCall, LanguageDryRunMetric, LanguageDryRunResult, MachineDryRunResult, MachineGuard, MachineStep, QueryDryRunResult } from './types.ts';
export { inputLimits, splitRequest, TelemetryReader, type TelemetryFormat, type TelemetryInput } from './input/index.ts';
