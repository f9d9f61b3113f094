export { RecordScope, recordBindings, type Binding, type Bindings } from './record-scope.ts';
