export { openDiagnostics, type Diagnostics } from './diagnostics.ts';
