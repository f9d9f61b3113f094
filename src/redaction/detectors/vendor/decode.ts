// Base64 and base 32 as bytes, for the judges that look inside a token.
import { decodeBase64 } from '../../bytes.ts';

/** Of either alphabet; trailing `=` are left out. Null when it is none. */
export function bytesOfBase64(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  let last = end;
  while (last > start && bytes[last - 1] === 0x3d) last--;
  const text = decodeBase64(bytes, start, last);
  return text === null ? null : Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** Base64 as Latin-1 text, empty when it is none. */
export function textOfBase64(bytes: Uint8Array, start: number, end: number): string {
  let last = end;
  while (last > start && bytes[last - 1] === 0x3d) last--;
  return decodeBase64(bytes, start, last) ?? '';
}

/** RFC 4648, section 6, in either case; null when it is none. Bits that fill no byte are left out. */
export function bytesOfBase32(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  const out = new Uint8Array(Math.floor(((end - start) * 5) / 8));
  let held = 0;
  let bits = 0;
  let to = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    const letter = byte | 0x20;
    const value = letter >= 0x61 && letter <= 0x7a ? letter - 0x61 : byte >= 0x32 && byte <= 0x37 ? byte - 24 : -1;
    if (value < 0) return null;
    bits = ((bits << 5) | value) & 0xfff;
    held += 5;
    if (held >= 8) { held -= 8; out[to++] = (bits >> held) & 0xff; }
  }
  return out;
}
