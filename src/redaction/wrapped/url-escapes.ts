// Percent-encoding of URLs (RFC 3986, 2.1): `%2D` is the byte 2D. A stretch is unwrapped from one space or quote to the next,
// which is how far a URL or a form goes.
import { anchorByte } from './signs.ts';
import { hexValue, Unwrapping, type Unwrapped } from './unwrapped.ts';

/** Ends a stretch: blanks, quotes, angle brackets; not what begins a colour, which is part of what it colours. */
const ends = Uint8Array.from({ length: 256 }, (_, byte) => ((byte <= 0x20 && byte !== 0x1b) || '"\'<>`'.includes(String.fromCharCode(byte)) ? 1 : 0));

const isEscape = (bytes: Uint8Array, at: number, end: number): boolean =>
  at + 2 < end && bytes[at] === anchorByte.percent && hexValue(bytes[at + 1]!) >= 0 && hexValue(bytes[at + 2]!) >= 0;

/** Each stretch of bytes[start, end) that holds an escape, in order. */
export function* urlStretches(bytes: Uint8Array, start: number, end: number): Generator<Unwrapped> {
  let at = start;
  while (at < end) {
    let first = at;
    while (first < end && !isEscape(bytes, first, end)) { if (ends[bytes[first]!] === 1) at = first + 1; first++; }
    if (first >= end) return;
    let last = first;
    while (last < end && ends[bytes[last]!] === 0) last++;
    yield unescaped(bytes, at, last);
    at = last + 1;
  }
}

function unescaped(bytes: Uint8Array, start: number, end: number): Unwrapped {
  const out = new Unwrapping(end - start);
  for (let i = start; i < end; i++) {
    if (!isEscape(bytes, i, end)) { out.add(bytes[i]!, i); continue; }
    out.add(hexValue(bytes[i + 1]!) * 16 + hexValue(bytes[i + 2]!), i);
    i += 2;
  }
  return out.done(end);
}
