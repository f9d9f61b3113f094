// Text predicates on UTF-8 bytes. Each answers yes (1), no (0), or unknown (-1): then the caller decodes and asks the
// string operators. Unknown comes up only where letters beyond ASCII decide: case folding and term boundaries.
import { encodeUtf8 } from '../../base/index.ts';
import { foldedAt, lower, sameAt, type ByteMatch } from './byte-compare.ts';
import { contains, hasTerm } from './byte-find.ts';
import { ByteSearch } from './byte-search.ts';
import { regexLiteral } from './regex-literal.ts';

export const equalTo = (wanted: Uint8Array): ByteMatch => (bytes, start, end) => (end - start === wanted.length && sameAt(bytes, start, wanted) ? 1 : 0);

export const oneOf = (wanted: readonly Uint8Array[]): ByteMatch => (bytes, start, end) => {
  for (const one of wanted) if (end - start === one.length && sameAt(bytes, start, one)) return 1;
  return 0;
};

export const anyOf = (matches: readonly ByteMatch[]): ByteMatch => (bytes, start, end) => {
  let answer = 0;
  for (const match of matches) {
    const one = match(bytes, start, end);
    if (one > 0) return 1;
    if (one < 0) answer = -1;
  }
  return answer;
};

export const allOf = (matches: readonly ByteMatch[]): ByteMatch => (bytes, start, end) => {
  let answer = 1;
  for (const match of matches) {
    const one = match(bytes, start, end);
    if (one === 0) return 0;
    if (one < 0) answer = -1;
  }
  return answer;
};

/** A text without the expression's sure part does not match; of the others the expression itself decides. Null when no part is sure. */
export function regexMatch(pattern: string): ByteMatch | null {
  const literal = encodeUtf8(regexLiteral(pattern));
  if (literal.length < 2) return null;
  const search = new ByteSearch(literal, true);
  return (bytes, start, end) => (search.find(bytes, start, end) < 0 ? 0 : -1);
}

/** All letters folded; the lengths need not agree when letters beyond ASCII are about. */
const equalFolded = (wanted: Uint8Array): ByteMatch => (bytes, start, end) => {
  if (end - start < wanted.length) return 0;
  const head = foldedAt(bytes, start, wanted);
  if (head <= 0 || end - start === wanted.length) return head;
  return bytes[start + wanted.length]! > 127 ? -1 : 0;
};

const startsWith = (wanted: Uint8Array, cased: boolean): ByteMatch => (bytes, start, end) =>
  (end - start < wanted.length ? 0 : cased ? Number(sameAt(bytes, start, wanted)) : foldedAt(bytes, start, wanted));

const endsWith = (wanted: Uint8Array, cased: boolean): ByteMatch => (bytes, start, end) =>
  (end - start < wanted.length ? 0 : cased ? Number(sameAt(bytes, end - wanted.length, wanted)) : foldedBack(bytes, end - wanted.length, wanted));

/** From the back, so that a byte beyond ASCII stops the comparison where the texts would differ in length. */
function foldedBack(bytes: Uint8Array, at: number, wanted: Uint8Array): number {
  for (let i = wanted.length - 1; i >= 0; i--) {
    const byte = bytes[at + i]!;
    if (byte > 127) return -1;
    if (lower(byte) !== wanted[i]) return 0;
  }
  return 1;
}

const ascii = /^[\0-\x7f]*$/;
const forms: Readonly<Record<string, (wanted: Uint8Array, cased: boolean) => ByteMatch>> = {
  startswith: startsWith, endswith: endsWith, contains,
  has: (wanted, cased) => hasTerm(wanted, cased, true, true),
  hasprefix: (wanted, cased) => hasTerm(wanted, cased, true, false),
  hassuffix: (wanted, cased) => hasTerm(wanted, cased, false, true),
};

/** The byte form of a positive operator (`==`, `=~`, `contains`, `has_cs` …) against a constant, or null when it has none. */
export function byteMatch(operator: string, literal: string): ByteMatch | null {
  // U+FFFD also stands for bytes that are no UTF-8, so bytes and text would disagree about it.
  if (!literal.isWellFormed() || literal.includes('\ufffd')) return null;
  if (operator === '==') return equalTo(encodeUtf8(literal));
  if (operator === '=~') return ascii.test(literal) ? equalFolded(encodeUtf8(literal.toLowerCase())) : null;
  const cased = operator.endsWith('_cs');
  const form = forms[cased ? operator.slice(0, -3) : operator];
  if (form === undefined || literal === '' || (!ascii.test(literal) && (!cased || operator.startsWith('has')))) return null;
  return form(encodeUtf8(cased ? literal : literal.toLowerCase()), cased);
}
