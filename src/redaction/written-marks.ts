// How a mark of ours may be written: as it is, or as text was encoded after it was redacted (percent-encoding once and twice, escapes
// of JSON, references of HTML). Positions in bytes; nothing is judged here.
import { encodeUtf8 } from '../base/index.ts';
import { hexDigits } from './bytes.ts';
import { bullets } from './mask.ts';

/** `isBullets`: a prefix may stand before it and a tail behind it; else it is `detector#` with 16 hex digits. */
export interface Mark { readonly start: number; readonly end: number; readonly isBullets: boolean }

const [bullet] = bullets as unknown as readonly [string];
const bulletCount = bullets.length;
const forms = (texts: readonly string[]): readonly Uint8Array[] => texts.map(encodeUtf8);
const bulletForms = forms([bullet, '%E2%80%A2', '%e2%80%a2', '%25E2%2580%25A2', '%25e2%2580%25a2', '\\u2022', '\\\\u2022', '&#8226;', '&#x2022;', '&#X2022;', '&bull;']);
const hashForms = forms(['#', '%23', '%2523', '\\u0023', '\\\\u0023', '&#35;', '&#x23;', '&#X23;']);
const hashDigits = 16;
export const longestName = 63;
/** Four bullets that are percent-encoded twice. */
export const longestBullets = bulletCount * Math.max(...bulletForms.map((form) => form.length));

type ByFirst = readonly (readonly Uint8Array[])[];
const byFirst = (all: readonly Uint8Array[]): ByFirst => Array.from({ length: 256 }, (_, byte) => all.filter((form) => form[0] === byte));
const bulletsBy = byFirst(bulletForms);
const hashesBy = byFirst(hashForms);
const begins = Uint8Array.from({ length: 256 }, (_, byte) => (bulletsBy[byte]!.length + hashesBy[byte]!.length > 0 ? 1 : 0));

/** The next byte with which bullets or the sign of a hash may begin; `end` when there is none. */
export function nextSign(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && begins[bytes[i]!] === 0) i++;
  return i;
}

/** The mark whose bullets begin, or whose sign `#` stands, at `at`; null when there is none in bytes[start, end). */
export function markAt(bytes: Uint8Array, start: number, end: number, at: number, isName: (name: string) => boolean): Mark | null {
  const first = bytes[at]!;
  for (const form of bulletsBy[first]!) {
    const last = bulletsEnd(bytes, at, end, form);
    if (last > 0) return { start: at, end: last, isBullets: true };
  }
  const sign = hashesBy[first]!.find((form) => isThere(bytes, at, end, form));
  if (sign === undefined || !isHash(bytes, at + sign.length, end)) return null;
  const nameStart = nameBefore(bytes, start, at, isName);
  return nameStart < 0 ? null : { start: nameStart, end: at + sign.length + hashDigits, isBullets: false };
}

/** -1 when so many do not stand there, all in one form. */
function bulletsEnd(bytes: Uint8Array, at: number, end: number, form: Uint8Array): number {
  for (let i = 0; i < bulletCount; i++) if (!isThere(bytes, at + i * form.length, end, form)) return -1;
  return at + bulletCount * form.length;
}

function isThere(bytes: Uint8Array, at: number, end: number, form: Uint8Array): boolean {
  if (at + form.length > end) return false;
  for (let i = 0; i < form.length; i++) if (bytes[at + i] !== form[i]) return false;
  return true;
}

/** In an unwrapped text the last digit is a blank (`wrapped/colours.ts`). */
function isHash(bytes: Uint8Array, at: number, end: number): boolean {
  const last = at + hashDigits - 1;
  if (last >= end) return false;
  for (let i = at; i < last; i++) if (hexDigits[bytes[i]!] === 0) return false;
  return hexDigits[bytes[last]!] === 1 || bytes[last] === 0x20;
}

/** Where the longest detector's name begins that ends before `at`; -1 when there is none. */
function nameBefore(bytes: Uint8Array, start: number, at: number, isName: (name: string) => boolean): number {
  let from = at;
  let name = '';
  let found = -1;
  while (from > start && at - from < longestName && isNameByte(bytes[from - 1]!)) {
    from--;
    name = String.fromCharCode(bytes[from]!) + name;
    if (isName(name)) found = from;
  }
  return found;
}

const isNameByte = (byte: number): boolean => byte === 0x2d || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a);
