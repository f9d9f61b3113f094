// The detectors as actions use them: all of them, masking.
import { createScanner, type Scanner } from '../../redaction/index.ts';
import type { RedactText } from './collect/text.ts';

/** Throws when the scanner cannot be built, which would be a bug of its own detectors. */
export function redactText(): RedactText {
  const made = createScanner(['*']);
  if (!made.ok) throw new Error(made.error.message);
  const scanner: Scanner = made.value;
  return (text, key) => {
    const redacted = scanner.redactText(text, 'mask', key);
    return redacted === null ? { text, findings: 0 } : { text: redacted.text, findings: redacted.findings.length, spans: redacted.findings };
  };
}
