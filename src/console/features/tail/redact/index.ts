// Public face of redact/: one click from the tail.
export { RedactAtSelection } from './at-selection.tsx';
export { fieldRef, textsOf, type FieldRef, type FieldText } from './target.ts';
export { fieldWords, listed } from './field-words.ts';
export { RedactDialog } from './redact-dialog.tsx';
export { useRedaction } from './use-redaction.ts';
