// Looks at text that is about to leave for what should have been hidden. Written apart from the detectors, so that a mistake of
// theirs is not made twice: other patterns, other code, text instead of bytes.
import { residualPatterns, secretKey, standsForSecret, type ResidualPattern } from './patterns.ts';

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
  for (const { detector, cue, pattern, sound } of residualPatterns) {
    if (!holds(text, cue)) continue;
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? match[0];
      const start = match.index + match[0].lastIndexOf(secret);
      if (sound?.(secret, text.slice(Math.max(0, start - 24), start)) ?? true) found.push({ detector, start, end: start + secret.length });
    }
  }
  return found;
}

const holds = (text: string, cue: ResidualPattern['cue']): boolean => (cue instanceof RegExp ? cue.test(text) : cue.some((one) => text.includes(one)));
/** Values of secret names need no form of their own. */
const secretName = /passw|pwd|secret|api[_-]?key|token|authorization|cookie/i;

/** False only when `residualScan` finds nothing in any text within these bytes, which nobody has decoded, read as Latin-1. */
export const mayHoldResidual = (latin1: string): boolean => secretName.test(latin1) || residualPatterns.some(({ cue }) => holds(latin1, cue));
