export { loadRedactionKey } from './local-key.ts';
export { RedactionReporter } from './redaction-reporter.ts';
