// Looks at text that is about to leave for what should have been hidden. Written apart from the detectors, so that a mistake of
// theirs is not made twice: other patterns, other code, text instead of bytes.
import { residualPatterns, secretKey, standsForSecret } from './patterns.ts';

export interface ResidualFinding {
  /** The detector that should have caught it. */
  readonly detector: string;
  /** UTF-16, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Longer texts are looked at in pieces, each beginning a little before the end of the one before. */
const pieceLength = 65_536;
const overlap = 4096;

/** Findings in the text of an attribute `key` (or of a body or name, with key ''), in order; they may overlap. */
export function residualScan(text: string, key = ''): readonly ResidualFinding[] {
  const found = text.length >= 6 ? scanPieces(text) : [];
  if (key !== '' && text.length >= 4 && secretKey.test(key) && !standsForSecret(text) && found.length === 0) found.push({ detector: 'secret-assignment', start: 0, end: text.length });
  return found.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

function scanPieces(text: string): ResidualFinding[] {
  const found = new Map<string, ResidualFinding>();
  for (let from = 0; from < text.length; from += pieceLength - overlap) {
    const piece = text.length <= pieceLength ? text : text.slice(from, from + pieceLength);
    for (const one of scanPiece(piece)) found.set(`${one.detector} ${one.start + from}`, { ...one, start: one.start + from, end: one.end + from });
    if (from + pieceLength >= text.length) break;
  }
  return [...found.values()];
}

function scanPiece(text: string): ResidualFinding[] {
  const found: ResidualFinding[] = [];
  for (const { detector, pattern, sound } of residualPatterns) {
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? match[0];
      const start = match.index + match[0].lastIndexOf(secret);
      if (sound?.(secret, text.slice(Math.max(0, start - 24), start)) ?? true) found.push({ detector, start, end: start + secret.length });
    }
  }
  return found;
}

/** What any pattern needs somewhere in the text: quick to look for in bytes that nobody decoded yet, read as Latin-1. */
const cues = [
  'gh', 'gl', 'npm_', 'pypi-', 'AKIA', 'ASIA', 'AIza', 'xox', '_live_', '_test_', 'sk-', 'hf_', 'api_org_', 'SG.', '_v1_', 'shp', 'PRIVATE KEY', 'eyJ', '://', '@', '%40',
];
const looseCues = /bearer|basic|passw|pwd|secret|api[_-]?key|access[_-]?key|token|authorization|cookie|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d|\d{4}[ -]?\d{4}[ -]?\d{4}|\d{4}[ -]?\d{6}|[A-Z]{2}\d{2} ?[A-Z0-9]{4}/i;

/** False only when `residualScan` finds nothing in any text within these bytes. */
export const mayHoldResidual = (latin1: string): boolean => cues.some((cue) => latin1.includes(cue)) || looseCues.test(latin1);
