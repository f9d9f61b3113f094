// Looks at text that is about to leave for what should have been hidden. Written apart from the detectors, so that a mistake of
// theirs is not made twice: other patterns, other code, text instead of bytes.
import { isMasked, isOfMasks } from './masks.ts';
import { residualPatterns, secretKey, standsForSecret, type ResidualPattern } from './patterns.ts';
import { unwrapped } from './unwrap.ts';

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
  if (key !== '' && text.length >= 4 && secretKey.test(key) && !standsForSecret(text) && !isMasked(text) && found.length === 0) found.push({ detector: 'secret-assignment', start: 0, end: text.length });
  return found.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

function scanPieces(text: string): ResidualFinding[] {
  const found = new Map<string, ResidualFinding>();
  for (let from = 0; from < text.length; from += pieceLength - overlap) {
    const piece = text.length <= pieceLength ? text : text.slice(from, from + pieceLength);
    for (const one of lookTwice(piece)) found.set(`${one.detector} ${one.start + from}`, { ...one, start: one.start + from, end: one.end + from });
    if (from + pieceLength >= text.length) break;
  }
  return [...found.values()];
}

/** As it stands, and once more without what may lie around or in a secret: what is found only then is told by the bytes it came from. */
function lookTwice(text: string): readonly ResidualFinding[] {
  const found = scanPiece(text);
  for (const { plain, spanOf } of unwrapped(text)) {
    for (const { detector, start, end } of scanPiece(plain)) {
      const span = spanOf(start, end);
      if (!found.some((one) => one.start < span.end && one.end > span.start)) found.push({ detector, ...span });
    }
  }
  return found;
}

function scanPiece(text: string): ResidualFinding[] {
  const found: ResidualFinding[] = [];
  for (const { detector, cue, pattern, sound } of residualPatterns) {
    if (!holds(text, cue)) continue;
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? match[0];
      const start = match.index + match[0].lastIndexOf(secret);
      const end = start + secret.length;
      if ((sound?.(secret, text.slice(Math.max(0, start - 24), start)) ?? true) && !isOfMasks(text, start, end, detector)) found.push({ detector, start, end });
    }
  }
  return found;
}

const holds = (text: string, cue: ResidualPattern['cue']): boolean => (cue instanceof RegExp ? cue.test(text) : cue.some((one) => text.includes(one)));

/** Whether all that stands under the name, in a list or a map too, is a secret. */
export const isSecretName = (name: string): boolean => secretKey.test(name);
