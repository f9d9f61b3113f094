// A form is text in whole characters of UTF-8, whatever bytes the line had: so a book can write it, and reads back what it wrote. A byte
// that belongs to no character is taken for the Latin-1 character of its number, which is what it nearly always is; different lines
// stay different.
import { wild } from './byte-class.ts';

/** Whether out[0, length) is well-formed UTF-8. */
export function isWhole(out: Uint8Array, length: number): boolean {
  for (let i = 0; i < length;) {
    if (out[i]! < 0x80) { i++; continue; }
    const size = sizeAt(out, i, length);
    if (size === 0) return false;
    i += size;
  }
  return true;
}

/** Makes it so, with the places each byte came from; the new length. What does not fit any more is left out. */
export function makeWhole(out: Uint8Array, from: Int32Array, to: Int32Array, length: number): number {
  const [bytes, starts, ends] = [out.slice(0, length), from.slice(0, length), to.slice(0, length)];
  let end = 0;
  for (let i = 0; i < length && end + 4 <= out.length; i++) {
    const size = bytes[i]! < 0x80 ? 1 : sizeAt(bytes, i, length);
    if (size === 0) {
      out[end] = 0xc0 | bytes[i]! >> 6;
      out[end + 1] = 0x80 | bytes[i]! & 0x3f;
      from[end] = starts[i]!;
      from[end + 1] = starts[i]!;
      end += 2;
      continue;
    }
    for (let part = 0; part < size; part++, end++) {
      out[end] = bytes[i + part]!;
      from[end] = starts[i + part]!;
      if (bytes[i] === wild) to[end] = ends[i]!;
    }
    i += size - 1;
  }
  return end;
}

/** The last end of a character at or before `at` in out[0, length), which is whole and not shorter. */
export function wholeEnd(out: Uint8Array, length: number, at: number): number {
  if (length === at) return at;
  let end = at;
  while (end > 0 && isContinuation(out[end]!)) end--;
  return end;
}

/** Bytes of the character that begins at `at`, 0 when none does: no overlong forms, no surrogates, nothing past U+10FFFF. */
function sizeAt(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  const size = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (size === 0 || at + size > end) return 0;
  const second = bytes[at + 1]!;
  if (second < lowestSecond(lead) || second > highestSecond(lead)) return 0;
  for (let i = at + 1; i < at + size; i++) if (!isContinuation(bytes[i]!)) return 0;
  return size;
}

const lowestSecond = (lead: number): number => (lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80);
const highestSecond = (lead: number): number => (lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf);
const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;
