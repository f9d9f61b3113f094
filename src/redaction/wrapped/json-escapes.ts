// Escapes of JSON strings (RFC 8259, 7): `\n`, `\"`, `\/`, `\u002d`, pairs of surrogates. All of the text is unwrapped once: a
// string within a string is the same to a detector wherever its quotes are. A quote is a quote however often it was escaped, for
// JSON is put into JSON again and again; of other escapes one level comes off.
import { anchorByte } from './signs.ts';
import { hexValue, Unwrapping, type Unwrapped } from './unwrapped.ts';

const plain: Readonly<Record<number, number>> = { 0x22: 0x22, 0x5c: 0x5c, 0x2f: 0x2f, 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9 };

/** bytes[start, end) without escapes; what is no escape stays as it is. */
export function jsonUnescaped(bytes: Uint8Array, start: number, end: number): Unwrapped {
  const out = new Unwrapping(end - start);
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte !== anchorByte.backslash || i + 1 >= end) { out.add(byte, i); continue; }
    const quote = quoteBehind(bytes, i, end);
    if (quote > 0) { out.add(bytes[quote]!, i); i = quote; continue; }
    const meant = plain[bytes[i + 1]!];
    if (meant !== undefined) { out.add(meant, i); i++; continue; }
    const unit = unitAt(bytes, i, end);
    if (unit < 0) { out.add(byte, i); continue; }
    const low = unit >= 0xd800 && unit < 0xdc00 ? unitAt(bytes, i + 6, end) : -1;
    const paired = low >= 0xdc00 && low < 0xe000;
    out.addPoint(paired ? 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) : unit, i);
    i += paired ? 11 : 5;
  }
  return out.done(end);
}

/** Where the double quote stands that the backslashes from `at` on escape; -1 when they escape none. So many are looked at: each is
 *  passed over once where there is a quote, and one by one in a longer run. */
function quoteBehind(bytes: Uint8Array, at: number, end: number): number {
  let last = at;
  while (last < end && last - at <= mostSlashes && bytes[last] === anchorByte.backslash) last++;
  return last < end && bytes[last] === 0x22 ? last : -1;
}
/** Before a quote that is escaped four times. */
const mostSlashes = 15;

/** The UTF-16 unit of `\uXXXX` at `at`; -1 when there is none. */
function unitAt(bytes: Uint8Array, at: number, end: number): number {
  if (at + 6 > end || bytes[at] !== anchorByte.backslash || bytes[at + 1] !== 0x75) return -1;
  let unit = 0;
  for (let i = at + 2; i < at + 6; i++) {
    const value = hexValue(bytes[i]!);
    if (value < 0) return -1;
    unit = unit * 16 + value;
  }
  return unit;
}
