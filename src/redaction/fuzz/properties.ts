// What holds of every text. Gives the first thing that does not, in words without the text itself; null when all holds.
import type { Finding, MaskMode, Scanner } from '../types.ts';

const noKey = new Uint8Array(0);

export function brokenProperty(scanner: Scanner, bytes: Uint8Array): string | null {
  const findings = scanner.scan(bytes, 0, bytes.length);
  const misplaced = misplacedFinding(findings, bytes);
  if (misplaced !== null) return misplaced;
  if (findings.length > 0 && !scanner.mayMatch(bytes, 0, bytes.length)) return 'mayMatch denies what is found';
  for (const mode of ['mask', 'partial', 'hash'] as const) {
    const broken = brokenRedaction(scanner, bytes, findings, mode);
    if (broken !== null) return broken;
  }
  return null;
}

/** In range, in order, apart, on boundaries of characters. */
function misplacedFinding(findings: readonly Finding[], bytes: Uint8Array): string | null {
  let at = 0;
  for (const { start, end, detector, keep, confidence } of findings) {
    if (start < at || end <= start || end > bytes.length) return `${detector}: [${start}, ${end}) behind ${at} of ${bytes.length}`;
    if (keep < 0 || keep >= end - start) return `${detector}: ${keep} of ${end - start} bytes stay`;
    if (!(confidence > 0 && confidence <= 1)) return `${detector}: confidence ${confidence}`;
    at = end;
  }
  return null;
}

function brokenRedaction(scanner: Scanner, bytes: Uint8Array, findings: readonly Finding[], mode: MaskMode): string | null {
  const once = scanner.redactBytes(bytes, 0, bytes.length, mode, noKey, 0, 0);
  if ((once === null) !== (findings.length === 0)) return `${mode}: found and not redacted, or the other way round`;
  if (once === null) return null;
  const [again] = scanner.scan(once, 0, once.length);
  return again === undefined ? null : `${mode}: finds more the second time (${again.detector} after ${findings.map((one) => one.detector).join(', ')})`;
}
