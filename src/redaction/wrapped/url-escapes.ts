// Percent-encoding of URLs (RFC 3986, 2.1): `%2D` is the byte 2D. A stretch is unwrapped from one space or quote to the next,
// which is how far a URL or a form goes. A URL within a URL is encoded twice, `%252D`: then also as both are taken off.
import { anchorByte } from './signs.ts';
import { hexValue, Unwrapping, type Unwrapped } from './unwrapped.ts';

/** Ends a stretch: blanks, quotes, angle brackets; not what begins a colour, which is part of what it colours. */
const ends = Uint8Array.from({ length: 256 }, (_, byte) => ((byte <= 0x20 && byte !== 0x1b) || '"\'<>`'.includes(String.fromCharCode(byte)) ? 1 : 0));

const isEscape = (bytes: Uint8Array, at: number, end: number): boolean =>
  at + 2 < end && bytes[at] === anchorByte.percent && hexValue(bytes[at + 1]!) >= 0 && hexValue(bytes[at + 2]!) >= 0;

/** Each stretch of bytes[start, end) that holds an escape, in order; one that was encoded twice comes a second time. */
export function* urlStretches(bytes: Uint8Array, start: number, end: number): Generator<Unwrapped> {
  let at = start;
  while (at < end) {
    let first = at;
    while (first < end && !isEscape(bytes, first, end)) { if (ends[bytes[first]!] === 1) at = first + 1; first++; }
    if (first >= end) return;
    let last = first;
    while (last < end && ends[bytes[last]!] === 0) last++;
    yield unescaped(bytes, at, last, false);
    if (holdsTwice(bytes, first, last)) yield unescaped(bytes, at, last, true);
    at = last + 1;
  }
}

const isTwice = (bytes: Uint8Array, at: number, end: number): boolean =>
  at + 4 < end && bytes[at + 1] === 0x32 && bytes[at + 2] === 0x35 && hexValue(bytes[at + 3]!) >= 0 && hexValue(bytes[at + 4]!) >= 0;

function holdsTwice(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === anchorByte.percent && isTwice(bytes, i, end)) return true;
  return false;
}

function unescaped(bytes: Uint8Array, start: number, end: number, twice: boolean): Unwrapped {
  const out = new Unwrapping(end - start);
  for (let i = start; i < end; i++) {
    if (!isEscape(bytes, i, end)) { out.add(bytes[i]!, i); continue; }
    const length = twice && isTwice(bytes, i, end) ? 5 : 3;
    out.add(hexValue(bytes[i + length - 2]!) * 16 + hexValue(bytes[i + length - 1]!), i);
    i += length - 1;
  }
  return out.done(end);
}
