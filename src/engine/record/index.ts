export { conjuncts, type Clause } from './clauses.ts';
export { compileExpansion, type Expansion } from './expansion.ts';
export { compileRecordSteps, type RecordSteps } from './record-steps.ts';
export { bindingsFor, compileQuerySteps, tableSignals } from './query-steps.ts';
export type { Step } from './step-plan.ts';
export { RecordScope, recordBindings, type Binding, type Bindings } from './record-scope.ts';
export { unionBindings } from './union-bindings.ts';
export { requiredText, type RequiredText } from './required-text.ts';
