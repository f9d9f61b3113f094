export { openActions, type ActionPorts, type Actions, type Toolbox } from './open-actions.ts';
export { chooseFiles } from './collect/globs.ts';
export { compiled, isLiteral, matches } from './collect/pattern.ts';
export type { RecorderPort } from './recorder-actions.ts';
export { redactText } from './redact-text.ts';
export type { VerbosePort } from './verbose-logs.ts';
export { writePolicyExample, bookPlace, sharedFiles, type ActionPolicy, type BookPlace } from './limits/index.ts';
