// What the redactor wrote itself is never found again: bullets with the public prefix before them or what `partial` left behind
// them, and `detector#` with 16 hex digits. A finding over such marks goes only when that is all there is to it: whatever else
// stays in clear may be the secret.
import { hexDigits } from './bytes.ts';
import { bulletBytes } from './mask.ts';
import type { Detector, Finding } from './types.ts';

/** What marks may look like: how a detector by a name judges, undefined of no detector; and prefixes that masks leave. */
export interface MarkForms { readonly checkOf: (name: string) => Detector['check'] | undefined; readonly prefixes: ReadonlySet<string> }

const firstBullet = bulletBytes[0]!;
const hash = 0x23;
/** Characters behind bullets that may be what `partial` left. */
const mostTail = 8;
const mostTailBytes = 4 * mostTail;
const hashDigits = 16;
const longestName = 63;

interface Mark { readonly start: number; readonly end: number; readonly isBullets: boolean }

/** The findings without those of marks; the same list when there are none. */
export function withoutMarks(findings: readonly Finding[], bytes: Uint8Array, start: number, end: number, forms: MarkForms): readonly Finding[] {
  const left = findings.filter((one) => !isOfMarks(one, bytes, start, end, forms));
  return left.length === findings.length ? findings : left;
}

/** Whether nothing of the finding is left but marks and what belongs to them. Reads the finding and some bytes around it. */
function isOfMarks(one: Finding, bytes: Uint8Array, start: number, end: number, forms: MarkForms): boolean {
  const first = Math.max(start, one.start - mostTailBytes - bulletBytes.length);
  const last = Math.min(end, one.end + longestName + 1);
  const firstMark = nextSign(bytes, first, last);
  if (firstMark === last) return false;
  let clearFrom = one.start;
  let before: Mark | null = null;
  for (let at = firstMark; at < last;) {
    const mark = markAt(bytes, start, end, at, forms);
    if (mark === null) { at = nextSign(bytes, at + 1, last); continue; }
    at = mark.end;
    if (mark.end <= one.start) before = mark;
    if (mark.end <= one.start || mark.start >= one.end) continue;
    if (!isLeftover(bytes, clearFrom, mark.start, before, mark, forms)) return false;
    before = mark;
    clearFrom = mark.end;
  }
  return before !== null && (clearFrom >= one.end || isLeftover(bytes, clearFrom, one.end, before, null, forms));
}

/** Whether [from, to), which stands between marks or beside one, is what masks leave: a tail, then a prefix. */
function isLeftover(bytes: Uint8Array, from: number, to: number, before: Mark | null, after: Mark | null, forms: MarkForms): boolean {
  if (from >= to) return true;
  const text = latin1(bytes, from, to);
  if (text === null) return false;
  if (before === null || before.end > from) return after?.isBullets === true && forms.prefixes.has(text);
  const between = before.end < from ? latin1(bytes, before.end, to) : text;
  if (between === null) return false;
  // What begins behind a mark and beside it is a tail only when nothing parts the two.
  if (before.end < from) return isTail(between) && !/[=:,;&|]/.test(between);
  return isTail(text) || (after?.isBullets === true && [...forms.prefixes].some((prefix) => text.endsWith(prefix) && isTail(text.slice(0, -prefix.length))));
}

const isTail = (text: string): boolean => !/[\s"']/.test(text) && text.replace(/[\x80-\xbf]/g, '').length <= mostTail;

/** A few bytes as characters; null of more than a prefix and a tail have. */
function latin1(bytes: Uint8Array, from: number, to: number): string | null {
  return to - from > longestName + mostTailBytes ? null : String.fromCharCode(...bytes.subarray(from, to));
}

/** The next byte with which bullets or the end of a hash begin; `end` when there is none. */
function nextSign(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && bytes[i] !== firstBullet && bytes[i] !== hash) i++;
  return i;
}

function markAt(bytes: Uint8Array, start: number, end: number, at: number, forms: MarkForms): Mark | null {
  if (bytes[at] === firstBullet) return isBullets(bytes, at, end) ? { start: at, end: at + bulletBytes.length, isBullets: true } : null;
  if (bytes[at] !== hash || !isHash(bytes, at, end)) return null;
  const nameStart = nameBefore(bytes, start, at, forms.checkOf);
  return nameStart < 0 ? null : { start: nameStart, end: at + 1 + hashDigits, isBullets: false };
}

function isBullets(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + bulletBytes.length > end) return false;
  for (let i = 0; i < bulletBytes.length; i++) if (bytes[at + i] !== bulletBytes[i]) return false;
  return true;
}

/** 16 hex digits behind the `#` at `at`. */
function isHash(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 1 + hashDigits > end) return false;
  for (let i = at + 1; i <= at + hashDigits; i++) if (hexDigits[bytes[i]!] === 0) return false;
  return true;
}

/** Where the longest detector's name begins that ends before `at`; -1 when there is none. */
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
