// Public face: the redaction routes of the mock backend.
export { redactionHandlers } from './handlers.ts';
