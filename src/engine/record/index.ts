export { compileRecordSteps, type RecordSteps, type Step } from './record-steps.ts';
export { RecordScope, recordBindings, type Binding, type Bindings } from './record-scope.ts';
export { unionBindings } from './union-bindings.ts';
export { requiredText, type RequiredText } from './required-text.ts';
