// Byte classes and the small steps that verifiers share. All of ASCII; other bytes are letters to nobody.
import type { ByteSet, Shape } from './types.ts';

const set = (chars: string): Uint8Array => {
  const table = new Uint8Array(256);
  for (const char of chars) table[char.charCodeAt(0)] = 1;
  return table;
};
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digit = '0123456789';

export const digits = set(digit);
export const letters = set(lower + upper);
export const base62 = set(lower + upper + digit);
export const wordBytes = set(`${lower}${upper}${digit}_`);
export const base64url = set(`${lower}${upper}${digit}-_`);
export const base64 = set(`${lower}${upper}${digit}+/`);
/** RFC 6750 b64token without its padding. */
export const token68 = set(`${lower}${upper}${digit}-._~+/`);
export const hexDigits = set(`${digit}abcdefABCDEF`);

/** One set for each byte and one for each letter in either case: what is the same is told apart by nobody. */
const exactly: readonly ByteSet[] = Array.from({ length: 256 }, (_, code) => (byte: number) => byte === code);
const eitherCase: readonly ByteSet[] = exactly.map((same, code) => ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) ? (byte: number) => (byte | 0x20) === (code | 0x20) : same));

/** A shape of these very bytes, all of them ASCII. */
export const literal = (text: string): Shape => Array.from(text, (char) => exactly[char.charCodeAt(0)]!);
/** A shape of these letters in either case. */
export const anyCase = (text: string): Shape => Array.from(text.toLowerCase(), (char) => eitherCase[char.charCodeAt(0)]!);
export const isDigit: ByteSet = (byte) => byte >= 0x30 && byte <= 0x39;
export const notDigit: ByteSet = (byte) => !isDigit(byte);

/** Bytes that verifiers have read, by these functions; whoever bounds their work looks at how much it grew. */
export const work = { read: 0 };

/** The first position from `at` on whose byte is not of the class. */
export function runEnd(bytes: Uint8Array, at: number, end: number, table: Uint8Array): number {
  let last = at;
  while (last < end && table[bytes[last]!] === 1) last++;
  work.read += last - at;
  return last;
}

/** The first position of the run of class bytes that ends before `at`, going back no further than `start`. */
export function runStart(bytes: Uint8Array, at: number, start: number, table: Uint8Array): number {
  let first = at;
  while (first > start && table[bytes[first - 1]!] === 1) first--;
  work.read += at - first;
  return first;
}

export function matches(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (at < 0 || at + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** ASCII bytes as text, at most `most` of them; for looking at a few. Eight at a time: joining pieces is most of the cost. */
export function asciiText(bytes: Uint8Array, start: number, end: number, most = 64): string {
  const last = Math.min(end, start + most);
  if (last > start) work.read += last - start;
  let text = '';
  let i = start;
  for (; i + 8 <= last; i += 8) text += String.fromCharCode(bytes[i]!, bytes[i + 1]!, bytes[i + 2]!, bytes[i + 3]!, bytes[i + 4]!, bytes[i + 5]!, bytes[i + 6]!, bytes[i + 7]!);
  for (; i < last; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

/** The 24 bytes before `at` as text; begins with a space where the text itself begins, so that a pattern can ask for a boundary. */
export const textBefore = (bytes: Uint8Array, start: number, at: number): string =>
  (at - 24 <= start ? ' ' : '') + asciiText(bytes, Math.max(start, at - 24), at);

/** Base64 of either alphabet decoded, null when it is not; at most `most` bytes of input. */
export function decodeBase64(bytes: Uint8Array, start: number, end: number, most = 4096): string | null {
  let text = '';
  let bits = 0;
  let held = 0;
  for (let i = start; i < Math.min(end, start + most); i++) {
    const byte = bytes[i]!;
    const value = byte >= 0x61 && byte <= 0x7a ? byte - 71 : byte >= 0x41 && byte <= 0x5a ? byte - 65 : isDigit(byte) ? byte + 4
      : byte === 0x2b || byte === 0x2d ? 62 : byte === 0x2f || byte === 0x5f ? 63 : -1;
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) { held -= 8; text += String.fromCharCode((bits >> held) & 0xff); }
  }
  return text;
}

/** Whether bytes[start, end) are those of `whole`. */
export function sameBytes(whole: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (whole.length !== end - start) return false;
  for (let i = 0; i < whole.length; i++) if (whole[i] !== bytes[start + i]) return false;
  return true;
}
