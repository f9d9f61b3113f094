// The shape of a log body whose source gave no name: words that hold a digit are taken for values.
// Cheap enough for every record, and the same text for two records of one line of code in nearly all cases.
import { decodeUtf8 } from '../../base/index.ts';

/** Only the beginning counts: the rest of a long body is data. */
const maxBytes = 120;

const isSeparator = (byte: number): boolean => byte <= 32 || byte === 44 || byte === 59 || byte === 61 || byte === 58 || (byte >= 40 && byte <= 41) || byte === 34 || byte === 39 || byte === 91 || byte === 93 || byte === 123 || byte === 125;
const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** A 32-bit hash of the shape, never 0. */
export function templateHash(bytes: Uint8Array, start: number, end: number): number {
  const stop = Math.min(end, start + maxBytes);
  let hash = 0x811c9dc5 | 0;
  let word = hash;
  let value = false;
  for (let i = start; i < stop; i++) {
    const byte = bytes[i]!;
    if (isSeparator(byte)) {
      hash = Math.imul((value ? Math.imul(hash ^ 42, 0x01000193) : word) ^ byte, 0x01000193);
      word = hash;
      value = false;
    } else {
      if (isDigit(byte)) value = true;
      word = Math.imul(word ^ byte, 0x01000193);
    }
  }
  return (value ? Math.imul(hash ^ 42, 0x01000193) : word) | 1;
}

/** The shape as text, values as `*`. */
export function templateText(bytes: Uint8Array, start: number, end: number): string {
  const stop = Math.min(end, start + maxBytes);
  const parts: string[] = [];
  let from = start;
  for (let i = start; i <= stop; i++) {
    if (i < stop && !isSeparator(bytes[i]!)) continue;
    const word = bytes.subarray(from, i);
    parts.push(word.some(isDigit) ? '*' : decodeUtf8(word));
    if (i < stop) parts.push(String.fromCharCode(bytes[i]!));
    from = i + 1;
  }
  return parts.join('');
}
