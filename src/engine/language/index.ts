export { limitBounds } from './check-action.ts';
export { compileSelection, type SelectRecords } from './selection.ts';
export { emittedLogs, languageScope, MetricBook } from './emitted.ts';
export { createLanguageRule, LanguageRule, maxScriptChars, type LoadFailure } from './language-rule.ts';
export { languageTemplate, languageTypes } from './language-types.ts';
export { broken } from './sandbox.ts';
export { defaultLanguageLimits, stopKinds, type ActionBounds, type EmittedMetric, type EmittedRecord, type LanguageLimits, type LanguageOutputs, type LanguageRuleOptions, type LanguageState, type LanguageStop, type RequestedAction, type ScriptError, type StopKind } from './types.ts';
export type { VmModule } from './vm-port.ts';
