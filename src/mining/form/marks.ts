// What stands where somebody hid a value: the masks that Weir's redaction writes (bullets, or a detector's name with a hash), and
// the usual `[REDACTED …]` and `<redacted>`. Positions in bytes.
import { allHex, isAlnum } from './byte-class.ts';

/** Behind the bullets (U+2022) that stand at `at`; `at` when there are not two. */
export function bulletsEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i + 2 < end && bytes[i] === 0xe2 && bytes[i + 1] === 0x80 && bytes[i + 2] === 0xa2) i += 3;
  return i - at >= 6 ? i : at;
}

const hashDigits = 16;

/** Behind the `#` at `at` and 16 hex digits; -1 when that does not stand there. */
export function hashMarkEnd(bytes: Uint8Array, at: number, end: number): number {
  const to = at + 1 + hashDigits;
  return to <= end && allHex(bytes, at + 1, to) && !(to < end && isAlnum(bytes[to])) ? to : -1;
}

const words = ['redacted', 'masked', 'filtered', 'removed', 'hidden', 'scrubbed'];
const longest = 64;

/** Behind `[REDACTED:email]` or `<masked>` at `at`, in any case; `at` when none stands there. */
export function redactedEnd(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at + 1]! | 0x20;
  const word = words.find((one) => one.charCodeAt(0) === first && startsWith(bytes, at + 1, end, one));
  if (word === undefined || (bytes[at + 1 + word.length]! | 0x20) >= 0x61 && isAlnum(bytes[at + 1 + word.length])) return at;
  const shut = bytes[at] === 0x5b ? 0x5d : 0x3e;
  for (let i = at + 1 + word.length; i < end && i - at < longest; i++) if (bytes[i] === shut) return i + 1;
  return at;
}

function startsWith(bytes: Uint8Array, at: number, end: number, lower: string): boolean {
  if (at + lower.length > end) return false;
  for (let i = 0; i < lower.length; i++) if ((bytes[at + i]! | 0x20) !== lower.charCodeAt(i)) return false;
  return true;
}
