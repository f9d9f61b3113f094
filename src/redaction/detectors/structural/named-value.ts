// Where the value stands that a name is given: behind its sign, on the next line, behind a flag of a command line or in its list
// of arguments, in an element of XML, in SQL, in the `value` beside a `name`, in a sentence.
import { asciiText, runEnd, runStart, wordBytes } from '../../bytes.ts';
import { looksRandom } from '../../plausible.ts';
import type { Window } from '../../types.ts';
import { blanks, blanksAndLines, dashedAt, isQuote, judgedBytes, openingQuote, quoted, setOf, sign, valueAt, valueEnd, type Value } from './value-text.ts';

/** Indentation of the next line that is looked through for a value. */
const mostBlanks = 48;

/** What stands after `=`, `:`, `:=`, `=>` or `->`, also on the next line, with or without quotes (and escaped quotes, as in JSON inside JSON). */
export function valueAfter({ bytes, end }: Window, nameEnd: number): Value | null {
  const limit = Math.min(end, nameEnd + 16);
  let at = nameEnd;
  while (at < limit && (bytes[at] === sign.backslash || isQuote(bytes[at]))) at++;
  const isQuotedName = at > nameEnd;
  at = runEnd(bytes, at, limit, blanks);
  if (at >= limit) return null;
  const isArrow = bytes[at] === sign.dash && bytes[at + 1] === sign.greater;
  if (!isArrow && bytes[at] !== sign.equals && bytes[at] !== sign.colon) return null;
  at++;
  if (at < limit && (bytes[at] === sign.equals || bytes[at] === sign.greater)) at++;
  const first = runEnd(bytes, at, Math.min(end, at + mostBlanks), blanks);
  const last = runEnd(bytes, first, Math.min(end, first + mostBlanks), blanksAndLines);
  if (last > first && bytes[last] === sign.dash) return dashedAt(bytes, last, end);
  // Without quotes around the name, what stands on the next line is a value when it is indented, or when nothing else is on its line.
  if (last > first && !isQuotedName && !isQuote(bytes[last]) && !isOnlyWord(bytes, last, end)) return null;
  return valueAt(bytes, last, end, first > at || last > first || isArrow);
}

/** A line that holds one word and no further name of a setting. */
function isOnlyWord(bytes: Uint8Array, at: number, end: number): boolean {
  const last = valueEnd(bytes, at, Math.min(end, at + judgedBytes));
  return last > at && (last >= end || bytes[last] === 0x0a || bytes[last] === 0x0d) && bytes[last - 1] !== sign.colon && looksRandom(bytes, at, last) && runEnd(bytes, at, last, notSetting) === last;
}
export const notSetting = setOf((byte) => byte !== sign.equals && byte !== sign.colon);

/** `<password>…</password>`, also with attributes: all up to the next `<`, when a tag ends there. */
export function elementValue({ bytes, start, end }: Window, nameEnd: number): Value | null {
  if (bytes[runStart(bytes, nameEnd, Math.max(start, nameEnd - 48), tagBytes) - 1] !== sign.less) return null;
  const head = /^(?:\s[^<>]{0,200})?>/.exec(asciiText(bytes, nameEnd, end, bytes[nameEnd] === sign.greater ? 1 : 204))?.[0];
  if (head === undefined) return null;
  const at = nameEnd + head.length;
  const last = runEnd(bytes, at, Math.min(end, at + mostElement), notLess);
  return last < end && bytes[last] === sign.less && bytes[last + 1] === 0x2f ? { start: at, end: last, quoted: true, spaced: false } : null;
}
const tagBytes = wordBytes.map((is, byte) => (byte === sign.colon || byte === sign.dash || byte === 0x2e ? 1 : is));
const mostElement = 4096;
const notLess = setOf((byte) => byte !== sign.less);

/** `PASSWORD '…'` of SQL and of command lines of one dash. */
export function sqlValue({ bytes, end }: Window, nameEnd: number): Value | null {
  const at = runEnd(bytes, nameEnd, Math.min(end, nameEnd + 4), blanks);
  return at > nameEnd && bytes[at] === sign.apostrophe ? quoted(bytes, at, end, 0) : null;
}

/** `--password VALUE`: behind a flag of two dashes a space is enough. `["--password", "VALUE"]`: so is the next of the list. */
export function flagValue({ bytes, start, end }: Window, at: number, nameEnd: number): Value | null {
  const from = runStart(bytes, at, Math.max(start, at - 32), flagBytes);
  if (bytes[from] !== sign.dash || bytes[from + 1] !== sign.dash) return null;
  if (bytes[nameEnd] !== sign.space) return from > start && isQuote(bytes[from - 1]) ? nextArgument(bytes, nameEnd, end) : null;
  if (bytes[nameEnd + 1] === sign.dash) return null;
  const mark = openingQuote(bytes, nameEnd + 1, end);
  if (mark >= 0) return quoted(bytes, mark, end, mark - nameEnd - 1);
  return { start: nameEnd + 1, end: valueEnd(bytes, nameEnd + 1, end), quoted: false, spaced: false };
}
const flagBytes = wordBytes.map((is, byte) => (byte === sign.dash ? 1 : is));

function nextArgument(bytes: Uint8Array, nameEnd: number, end: number): Value | null {
  const gap = /^\\{0,7}["'],\s{0,24}(?=\\{0,7}["'])/.exec(asciiText(bytes, nameEnd, end))?.[0];
  const mark = gap === undefined ? -1 : openingQuote(bytes, nameEnd + gap.length, end);
  return mark < 0 || bytes[mark + 1] === sign.dash ? null : quoted(bytes, mark, end, mark - nameEnd - gap!.length);
}

/** `{"name": "DB_PASSWORD", "value": "…"}`, as environments and forms are listed, also in lines of YAML, and as OTLP's JSON has it. */
export function pairedValue({ bytes, start, end }: Window, at: number, nameEnd: number): Value | null {
  if (!/^[\\"',\s]/.test(asciiText(bytes, nameEnd, end, 1))) return null;
  const gap = /^\\{0,7}["']?(?:\s?,|\r?\n)\s{0,24}\\{0,7}["']?value\\{0,7}["']?\s{0,2}[:=]\s{0,3}(?:\{\s{0,3}\\{0,7}"stringValue\\{0,7}"\s{0,2}:\s{0,3})?/i.exec(asciiText(bytes, nameEnd, end, 96))?.[0];
  if (gap === undefined || !/(?:name|key)\\{0,7}["']?\s{0,2}[:=]\s{0,3}\\{0,7}["']?[\w.-]{1,48}$/i.test(asciiText(bytes, Math.max(start, at - 80), at, 80))) return null;
  return valueAt(bytes, nameEnd + gap.length, end, /\s$/.test(gap));
}

/** `my password is …`: a word that nobody would take for one of the sentence. */
export function proseValue({ bytes, end }: Window, nameEnd: number): Value | null {
  if (bytes[nameEnd] !== sign.space) return null;
  const gap = /^ (?:is|was|ist|lautet)(?: ?[:=])? {1,2}/i.exec(asciiText(bytes, nameEnd, end, 16))?.[0];
  if (gap === undefined) return null;
  const from = nameEnd + gap.length;
  const mark = openingQuote(bytes, from, end);
  const value = mark >= 0 ? quoted(bytes, mark, end, mark - from) : { start: from, end: sentenceEnd(bytes, from, valueEnd(bytes, from, Math.min(end, from + judgedBytes))), quoted: false, spaced: true };
  return isUnlikelyWord(asciiText(bytes, value.start, value.end, 80)) ? value : null;
}

function sentenceEnd(bytes: Uint8Array, from: number, end: number): number {
  let last = end;
  while (last > from && '.!?'.includes(String.fromCharCode(bytes[last - 1]!))) last--;
  return last;
}

/** Names of ciphers and encodings, of paths and resources, ids and counts have digits among letters too. */
const isUnlikelyWord = (text: string): boolean => text.length >= 8 && !/\s/.test(text) && /\d/.test(text) && /[a-z]/i.test(text)
  && !/^(?:sha|base|md|utf|pbkdf|argon|bcrypt|scrypt|aes|rsa|hs|rs|es|ed|hmac|iso|x509|oauth|v\d)[\d_-]*[\da-z-]*$/i.test(text) && !/^\d+[a-z]+$/i.test(text) && !/^(?:[a-z0-9]+[-_./:]){1,12}[a-z0-9]+$/.test(text);
