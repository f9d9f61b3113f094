// What the redactor wrote itself is never found again: bullets with the public prefix before them or what `partial` left behind
// them, and `detector#` with 16 hex digits, as they are or encoded (`written-marks.ts`). A finding over such marks goes only when its
// secret part is nothing but marks and what they leave: a public prefix right before bullets, at most eight characters right behind
// a mark, with no blank or quote among them. Whatever else stays in clear may be the secret, so nobody hides one by writing
// bullets beside it. The secret part is the finding, and of an e-mail address what stands before its `@`.
import { emailName, longestAddress, nameOfAddress } from './secret-part.ts';
import type { Finding, Window } from './types.ts';
import { longestBullets, longestName, markAt, nextSign, type Mark } from './written-marks.ts';

/** What marks may look like: names that stand before a hash, and prefixes that masks leave. */
export interface MarkForms { readonly isName: (name: string) => boolean; readonly prefixes: ReadonlySet<string> }

/** Characters behind a mark that may be what `partial` left. */
const mostTail = 8;
/** Each of them in four bytes of UTF-8, or percent-encoded. */
const mostTailBytes = 5 * mostTail;

/** The findings without those of marks; the same list when there are none. */
export function withoutMarks(findings: readonly Finding[], bytes: Uint8Array, start: number, end: number, forms: MarkForms): readonly Finding[] {
  const left = findings.filter((one) => !isOfMarks(one, bytes, start, end, forms));
  return left.length === findings.length ? findings : left;
}

/** Whether nothing of the finding is left but marks and what belongs to them. Reads the finding and some bytes around it. */
function isOfMarks(one: Finding, bytes: Uint8Array, start: number, end: number, forms: MarkForms): boolean {
  const first = Math.max(start, one.start - mostTailBytes - longestBullets);
  const last = Math.min(end, one.end + longestName + 1);
  const window: Window = { bytes, start, end };
  const firstSign = nextSign(bytes, first, last);
  if (firstSign === last) return false;
  const { start: secretStart, end: secretEnd } = secretPart(one, bytes);
  let clearFrom = secretStart;
  let before: Mark | null = null;
  for (let at = firstSign; at < last;) {
    const mark = markAt(bytes, start, end, at, forms.isName);
    if (mark === null) { at = nextSign(bytes, at + 1, last); continue; }
    at = nextSign(bytes, mark.end, last);
    if (mark.end <= secretStart) before = mark;
    if (mark.start === secretEnd && clearFrom < secretEnd) return isLeftover(window, clearFrom, secretEnd, before, mark, forms);
    if (mark.end <= secretStart || mark.start >= secretEnd) continue;
    if (!isLeftover(window, clearFrom, mark.start, before, mark, forms)) return false;
    before = mark;
    clearFrom = mark.end;
  }
  return before !== null && (clearFrom >= secretEnd || isLeftover(window, clearFrom, secretEnd, before, null, forms));
}

function secretPart({ detector, start, end }: Finding, bytes: Uint8Array): { readonly start: number; readonly end: number } {
  // An address has no `%` at its beginning, be it that of an escape.
  const from = bytes[start - 1] === 0x25 ? start - 1 : start;
  const address = detector === emailName ? latin1(bytes, from, end, longestAddress) : null;
  if (address === null) return { start, end };
  const name = nameOfAddress(address);
  return { start: Math.max(start, from + name.start), end: from + name.end };
}

/** Escaped bullets look random to who judges a cookie's value; as they are, a name before them is never part of a finding. */
const shortName = /^[a-z_]{1,12}=$/;

/** Whether [from, to), which stands between marks or beside one, is what masks leave: a tail, then a prefix. */
function isLeftover({ bytes, start, end }: Window, from: number, to: number, before: Mark | null, after: Mark | null, forms: MarkForms): boolean {
  if (from >= to) return true;
  const text = latin1(bytes, from, to);
  if (text === null) return false;
  if (before === null || before.end > from) return after?.isBullets === true && (forms.prefixes.has(withoutPercent(text)) || (bytes[after.start]! < 0x80 && shortName.test(text)));
  const between = before.end < from ? latin1(bytes, before.end, to) : text;
  if (between === null) return false;
  // What begins behind a mark and beside it is a tail only when nothing parts the two.
  if (before.end < from) return isTail(between) && !/[=:,;&|]/.test(between);
  // A text that is a mask and its tail: all that there was of it, of which the last characters may be any.
  if (after === null && before.start === start && to === end) return text.replace(/[\x80-\xbf]/g, '').length <= mostTail;
  return isTail(text) || (after?.isBullets === true && [...forms.prefixes].some((prefix) => text.endsWith(prefix) && isTail(text.slice(0, -prefix.length))));
}

/** What is percent-encoded, also twice, as the byte it stands for. */
const withoutPercent = (encoded: string): string => encoded.replace(/%(?:25)?([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function isTail(encoded: string): boolean {
  const text = withoutPercent(encoded);
  return !/[\s"']/.test(text) && text.replace(/[\x80-\xbf]/g, '').length <= mostTail;
}

/** A few bytes as characters; null of more, which by default is more than a prefix and a tail have. */
function latin1(bytes: Uint8Array, from: number, to: number, most = longestName + mostTailBytes): string | null {
  return to - from > most ? null : String.fromCharCode(...bytes.subarray(from, to));
}
