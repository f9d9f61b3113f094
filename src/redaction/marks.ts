// What the redactor wrote itself is never found again: bullets with what `partial` left behind them, and `detector#` with 16 hex
// digits. A finding that meets such a mark goes, unless most of it is something else: a key block with a mark in it is a key.
import { encodeUtf8 } from '../base/index.ts';
import { hexDigits } from './bytes.ts';
import { bullets } from './mask.ts';
import type { Detector, Finding } from './types.ts';

const bulletBytes = encodeUtf8(bullets);
/** Bytes behind bullets that may be what `partial` left. */
const mostTail = 8;
const hashDigits = 16;
const longestName = 63;
/** Clear bytes from which a key block counts although a mark lies in it. */
const enoughClear = 24;

/** The findings without those of marks; the same list when there are none. `checkOf` says how a detector by that name judges, undefined of no detector. */
export function withoutMarks(findings: readonly Finding[], bytes: Uint8Array, start: number, end: number, checkOf: (name: string) => Detector['check'] | undefined): readonly Finding[] {
  const left = findings.filter((one) => {
    const marked = markedBytes(one, bytes, start, end, checkOf);
    return marked === 0 || (one.detector === 'private-key' && one.end - one.start - marked >= enoughClear);
  });
  return left.length === findings.length ? findings : left;
}

/** How many bytes of the finding are marks. Reads the finding and a few bytes around it. */
function markedBytes(one: Finding, bytes: Uint8Array, start: number, end: number, isName: (name: string) => unknown): number {
  let marked = 0;
  const last = Math.min(end, one.end + longestName + 1);
  for (let at = Math.max(start, one.start - longestName); at < last; at++) {
    if (bytes[at] === bulletBytes[0] && isBullets(bytes, at, end)) { marked += bulletsIn(one, at); at += bulletBytes.length - 1; }
    else if (bytes[at] === 0x23) marked += hashIn(one, bytes, start, end, at, isName);
  }
  return marked;
}

/** Of bullets at `at`, with what `partial` may have left behind them. */
function bulletsIn(one: Finding, at: number): number {
  const after = at + bulletBytes.length;
  if (after > one.start) return Math.max(0, Math.min(after, one.end) - Math.max(at, one.start));
  return one.end - after <= mostTail ? one.end - one.start : 0;
}

function isBullets(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + bulletBytes.length > end) return false;
  for (let i = 0; i < bulletBytes.length; i++) if (bytes[at + i] !== bulletBytes[i]) return false;
  return true;
}

/** Of a hash whose `#` is at `at`. */
function hashIn(one: Finding, bytes: Uint8Array, start: number, end: number, at: number, isName: (name: string) => unknown): number {
  const after = at + 1 + hashDigits;
  if (after > end || (after < end && hexDigits[bytes[after]!] === 1)) return 0;
  for (let i = at + 1; i < after; i++) if (hexDigits[bytes[i]!] === 0) return 0;
  const nameStart = nameBefore(bytes, start, at, isName);
  return nameStart < 0 ? 0 : Math.max(0, Math.min(after, one.end) - Math.max(nameStart, one.start));
}

/** Where the detector's name begins that ends before `at`; -1 when there is none. */
function nameBefore(bytes: Uint8Array, start: number, at: number, isName: (name: string) => unknown): number {
  let from = at;
  let name = '';
  let found = -1;
  while (from > start && at - from < longestName && isNameByte(bytes[from - 1]!)) {
    from--;
    name = String.fromCharCode(bytes[from]!) + name;
    if (isName(name) !== undefined) found = from;
  }
  return found;
}

const isNameByte = (byte: number): boolean => byte === 0x2d || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a);
