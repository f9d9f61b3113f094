// What is no text although it is made of its signs: base64, and the sequences that colour a terminal. Positions in bytes.
import { isDigit } from './byte-class.ts';

const shortest = 20;
/** Bytes looked at; all of the run is the value all the same. */
const mostLooked = 64;
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x61 && byte <= 0x7a ? 1 : byte >= 0x41 && byte <= 0x5a ? 2 : isDigit(byte) ? 3 : byte === 0x2b || byte === 0x2f ? 4 : 0));

/** Behind the base64 at `at`, its padding included; `at` when what stands there is none: too short, or small letters, capitals and
 *  digits that change no more often than in a name or path. */
export function base64End(bytes: Uint8Array, at: number, end: number): number {
  let changes = 0;
  let seen = 0;
  let i = at;
  for (let before = 0; i < end && i - at < mostLooked; i++) {
    const kind = kinds[bytes[i]!]!;
    if (kind === 0) break;
    if (kind !== before) changes++;
    seen |= 1 << kind;
    before = kind;
  }
  if (i - at < shortest || (seen & 0b1110) !== 0b1110 || changes * 3 < i - at) return at;
  while (i < end && kinds[bytes[i]!] !== 0) i++;
  while (i < end && bytes[i] === 0x3d) i++;
  return i;
}

/** Behind the escape at `at`, `[`, its numbers and the letter that ends them. */
export function colourEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at + 2;
  while (i < end && bytes[i]! >= 0x20 && bytes[i]! < 0x40) i++;
  return Math.min(end, i + 1);
}
