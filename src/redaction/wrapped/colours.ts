// Escape sequences of terminals (ECMA-48, 5.4: CSI): `ESC [ 31 m` colours what follows. The letter that ends one would join the word behind
// it, so a detector sees a blank in its place. The escape byte stands as itself or written out: `\x1b`, `\u001b`, `\e`, `\033`, `%1B`, `^[`, `#033`.
// The last digit of a hash of ours, `detector#` and 16 hex digits, ends a word as well.
import { anyCase, hexDigits, literal } from '../bytes.ts';
import type { Shape } from '../types.ts';
import { Unwrapping, type Unwrapped } from './unwrapped.ts';

const escapeByte = 0x1b;
const hashSign = 0x23;
const hashDigits = 16;
/** The escape byte written out, in small letters. */
const written = ['\\x1b', '\\u001b', '\\u{1b}', '\\e', '\\033', '%1b', '^[', '#033'];
const openings = [0x5b, 0x25, 0x5c] as const;
/** Bytes between the opening and the letter that ends it. */
const mostParameters = 40;

/** What the automaton looks for; `%1B` and `\u001b` are signs of other wrappings, which take colours out as well. */
export const colourSigns: readonly Shape[] = [[(byte) => byte === escapeByte, (byte) => byte === openings[0]], ...['\\x1b', '\\u{1b}', '\\e[', '\\033', '#033['].map(anyCase), literal('^[['), [(byte) => byte === hashSign, ...Array.from({ length: hashDigits }, () => (byte: number) => hexDigits[byte] === 1)]];

/** First bytes of an escape in any writing. */
const begins = Uint8Array.from({ length: 256 }, (_, byte) => (byte === escapeByte || written.some((one) => one.charCodeAt(0) === byte) ? 1 : 0));

/** What a blank stands for: from where to where. One object, reused. */
const blank = { start: 0, end: 0 };

/** Whether one begins at `at` or in the hash there. */
function hasBlank(bytes: Uint8Array, at: number, end: number): boolean {
  const last = colourEnd(bytes, at, end);
  blank.start = last < 0 ? at + hashDigits : at;
  blank.end = last < 0 ? blank.start + 1 : last;
  return last > 0 || isHash(bytes, at, end);
}

function isHash(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] !== hashSign || at + hashDigits >= end) return false;
  let digits = 0;
  while (digits < hashDigits && hexDigits[bytes[at + 1 + digits]!] === 1) digits++;
  return digits === hashDigits;
}

/** Where the sequence ends that begins at `at`; -1 when none does. Reads some fifty bytes at most. */
function colourEnd(bytes: Uint8Array, at: number, end: number): number {
  let last = afterEscape(bytes, at, end);
  if (last < 0) return -1;
  if (bytes[last] === openings[1]) { if (bytes[last + 1] !== 0x35 || (bytes[last + 2]! | 0x20) !== 0x62) return -1; last += 3; }
  else if (bytes[last] === openings[0]) last++;
  else return -1;
  for (const limit = Math.min(end, last + mostParameters); last < limit; last++) {
    const byte = bytes[last]!;
    if (byte >= 0x40 && byte <= 0x7e) return last + 1;
    if (byte < 0x20 || byte > 0x3f) return -1;
  }
  return -1;
}

/** Where the escape byte at `at` ends, however it is written; -1 when there is none. */
function afterEscape(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] === escapeByte) return at + 1;
  for (const one of written) {
    if (at + one.length > end) continue;
    let i = 0;
    while (i < one.length && (bytes[at + i] === one.charCodeAt(i) || lowered(bytes[at + i]!) === one.charCodeAt(i))) i++;
    if (i === one.length) return at + i;
  }
  return -1;
}

const lowered = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);

/** Where a word begins of which the bytes from `at` on are the last of an escape sequence and more: behind that. `at` when they are not. */
export function behindColour(bytes: Uint8Array, start: number, at: number, end: number): number {
  if (at === start || !parameterSigns.includes(bytes[at - 1]!)) return at;
  for (let i = at - 1; i >= start && i >= at - mostParameters; i--) {
    const last = begins[bytes[i]!] === 1 ? colourEnd(bytes, i, end) : -1;
    if (last > at) return last;
  }
  return at;
}
/** What stands before numbers in a sequence: the opening, and what parts them. */
const parameterSigns: readonly number[] = [openings[0], 0x3b, 0x3a, 0x3f];

/** bytes[start, end) with a blank for each escape sequence. */
export function uncoloured(bytes: Uint8Array, start: number, end: number): Unwrapped {
  const out = new Unwrapping(end - start);
  for (let i = start; i < end; i++) {
    if (begins[bytes[i]!] === 0 || !hasBlank(bytes, i, end)) { out.add(bytes[i]!, i); continue; }
    for (; i < blank.start; i++) out.add(bytes[i]!, i);
    out.add(0x20, i);
    i = blank.end - 1;
  }
  return out.done(end);
}

/** The same in place, of what was unwrapped before. */
export function withoutColours({ bytes, length, from }: Unwrapped): Unwrapped {
  let to = 0;
  const keep = (byte: number, at: number): void => { bytes[to] = byte; from[to++] = from[at]!; };
  for (let i = 0; i < length; i++) {
    if (begins[bytes[i]!] === 0 || !hasBlank(bytes, i, length)) { keep(bytes[i]!, i); continue; }
    for (; i < blank.start; i++) keep(bytes[i]!, i);
    keep(0x20, i);
    i = blank.end - 1;
  }
  from[to] = from[length]!;
  return { bytes, length: to, from };
}
