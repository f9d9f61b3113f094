export { openActions, type ActionPorts, type Actions } from './open-actions.ts';
export type { RecorderPort } from './recorder-actions.ts';
export { redactText } from './redact-text.ts';
export type { VerbosePort } from './verbose-logs.ts';
