// What leaves the machine goes through this: the secrets of set-ups by their names, then all detectors, masking.
import { bullets, createScanner, type Scanner } from '../../redaction/index.ts';
import type { RedactText } from './collect/text.ts';
import { secretSettings, type Span } from './settings/index.ts';

/** Throws when the scanner cannot be built, which would be a bug of its own detectors. */
export function redactText(): RedactText {
  const made = createScanner(['*']);
  if (!made.ok) throw new Error(made.error.message);
  const scanner: Scanner = made.value;
  return (text, key) => {
    const hidden = secretSettings(text);
    const masked = withBullets(text, hidden);
    const redacted = scanner.redactText(masked, 'mask', key);
    if (redacted === null) return { text: masked, findings: hidden.length, spans: hidden };
    return { text: redacted.text, findings: hidden.length + redacted.findings.length, spans: [...hidden, ...asBefore(redacted.findings, hidden)] };
  };
}

function withBullets(text: string, hidden: readonly Span[]): string {
  let [out, at] = ['', 0];
  for (const { start, end } of hidden) {
    out += text.slice(at, start) + bullets;
    at = end;
  }
  return out + text.slice(at);
}

/** Spans of the masked text, which come in order, where they were in the text itself. */
function asBefore(spans: readonly Span[], hidden: readonly Span[]): readonly Span[] {
  const placeOf = (at: number): number => {
    // Behind the last mask that begins before it; what lies within a mask counts as its end.
    let [low, high] = [0, hidden.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (maskedStart(middle) < at) low = middle + 1; else high = middle;
    }
    const last = hidden[low - 1];
    return last === undefined ? at : last.end + Math.max(0, at - maskedStart(low - 1) - bullets.length);
  };
  const shifts: number[] = [];
  hidden.reduce((shift, { start, end }) => { shifts.push(shift); return shift + bullets.length - (end - start); }, 0);
  const maskedStart = (index: number): number => (hidden[index]?.start ?? 0) + (shifts[index] ?? 0);
  return spans.map(({ start, end }) => ({ start: placeOf(start), end: placeOf(end) }));
}
