// Public face of redact/: one click from the tail.
export { RedactAtSelection } from './at-selection.tsx';
export { RedactDialog } from './redact-dialog.tsx';
export { useRedaction } from './use-redaction.ts';
