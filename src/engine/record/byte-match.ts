// Text predicates on UTF-8 bytes. Each answers yes (1), no (0), or unknown (-1): then the caller decodes and asks the
// string operators. Unknown comes up only where letters beyond ASCII decide: case folding and term boundaries.
import { encodeUtf8 } from '../../base/index.ts';

/** bytes[start, end) is the text. */
export type ByteMatch = (bytes: Uint8Array, start: number, end: number) => number;

const isWord = (byte: number): boolean => (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
const lower = (byte: number): number => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

function sameAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/** -1 when a byte beyond ASCII is met first. */
function foldedAt(bytes: Uint8Array, at: number, wanted: Uint8Array): number {
  for (let i = 0; i < wanted.length; i++) {
    const byte = bytes[at + i]!;
    if (byte > 127) return -1;
    if (lower(byte) !== wanted[i]) return 0;
  }
  return 1;
}

export const equalTo = (wanted: Uint8Array): ByteMatch => (bytes, start, end) => (end - start === wanted.length && sameAt(bytes, start, wanted) ? 1 : 0);

export const oneOf = (wanted: readonly Uint8Array[]): ByteMatch => (bytes, start, end) => {
  for (const one of wanted) if (end - start === one.length && sameAt(bytes, start, one)) return 1;
  return 0;
};

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

function contains(wanted: Uint8Array, cased: boolean): ByteMatch {
  const first = wanted[0]!;
  return (bytes, start, end) => {
    let foreign = 0;
    const last = end - wanted.length;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte > 127) foreign = 1;
      if (at > last || (cased ? byte : lower(byte)) !== first) continue;
      if (cased ? sameAt(bytes, at, wanted) : foldedAt(bytes, at, wanted) === 1) return 1;
    }
    return cased ? 0 : -foreign;
  };
}

/** A boundary is settled by a neighbour in ASCII only. */
function hasTerm(wanted: Uint8Array, cased: boolean, startEdge: boolean, endEdge: boolean): ByteMatch {
  const first = wanted[0]!;
  const startBound = startEdge && isWord(first);
  const endBound = endEdge && isWord(wanted[wanted.length - 1]!);
  return (bytes, start, end) => {
    let unknown = 0;
    const last = end - wanted.length;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte > 127 && !cased) unknown = 1;
      if (at > last || (cased ? byte : lower(byte)) !== first) continue;
      if (!(cased ? sameAt(bytes, at, wanted) : foldedAt(bytes, at, wanted) === 1)) continue;
      const before = startBound && at > start ? bytes[at - 1]! : 32;
      const after = endBound && at + wanted.length < end ? bytes[at + wanted.length]! : 32;
      if (isWord(before) || isWord(after)) continue;
      if (before <= 127 && after <= 127) return 1;
      unknown = 1;
    }
    return -unknown;
  };
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
