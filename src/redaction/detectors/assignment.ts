// `password=…`, `"token": "…"`, `api_key: …`: a value that a keyword names. The least certain detector, so it looks hard
// at the value: placeholders, counts, words of prose and what is already masked are left alone.
import { anyCase, asciiText, runEnd, runStart, wordBytes } from '../bytes.ts';
import { isPlaceholder, looksRandom } from '../plausible.ts';
import type { Detector, Window } from '../types.ts';

/** Strong keywords say secret whatever the value; weak ones (token, key) also name counts, kinds and identifiers. */
const strong = ['password', 'passwd', 'passphrase', 'secret', 'pwd'];
const weak = ['token', 'api_key', 'apikey', 'api-key', 'access_key', 'accesskey', 'private_key', 'credential', 'credentials', 'authorization', 'cookie'];
/** The rest of a name after the keyword that leaves it the name of a secret: `secret_key`, `password1`, `tokenValue`. */
const restOfName = /^(?:[_-]?(?:key|value|access[_-]?key|text|hash|\d{1,3}))?$/i;

export const secretAssignment: Detector = {
  name: 'secret-assignment', version: 1, family: 'structural', doc: 'A value that a keyword names: password=…, "token": "…", api_key: …',
  anchors: [...strong, ...weak].map(anyCase),
  verify(window, at, match) {
    const { bytes, end } = window;
    const nameEnd = runEnd(bytes, at, Math.min(end, at + 24), wordBytes);
    if (!restOfName.test(asciiText(bytes, at, nameEnd))) return false;
    const value = valueAfter(window, nameEnd);
    if (value === null) return false;
    const isStrong = strong.includes(keywordBefore(window, at));
    if (!plausible(bytes, value, isStrong)) return false;
    match.start = value.start;
    match.end = value.end;
    match.keep = 0;
    match.confidence = value.quoted || !value.spaced ? (isStrong ? 0.85 : 0.75) : 0.6;
    return true;
  },
};

/** Whether an attribute with this name holds a secret by its name alone. */
export function isSecretName(name: string): boolean {
  const lower = name.toLowerCase();
  for (const keyword of [...strong, ...weak]) {
    const at = lower.lastIndexOf(keyword);
    if (at >= 0 && restOfName.test(name.slice(at + keyword.length))) return true;
  }
  return false;
}

function keywordBefore({ bytes, start }: Window, at: number): string {
  const word = asciiText(bytes, runStart(bytes, at, Math.max(start, at - 12), wordBytes), at).toLowerCase();
  return strong.find((keyword) => word.endsWith(keyword)) ?? '';
}

interface Value { readonly start: number; readonly end: number; readonly quoted: boolean; readonly spaced: boolean }

const quote = 0x22, apostrophe = 0x27, backslash = 0x5c, space = 0x20;
const isQuote = (byte: number | undefined): boolean => byte === quote || byte === apostrophe;
/** Ends a value without quotes. */
const endsValue = Uint8Array.from({ length: 256 }, (_, byte) => (byte <= 0x20 || '"\'`,;&|)}]<>'.includes(String.fromCharCode(byte)) ? 1 : 0));

/** What stands after `=`, `:`, `:=` or `=>`, with or without quotes (and escaped quotes, as in JSON inside JSON). */
function valueAfter({ bytes, end }: Window, nameEnd: number): Value | null {
  const limit = Math.min(end, nameEnd + 12);
  let at = nameEnd;
  while (at < limit && (bytes[at] === backslash || isQuote(bytes[at]))) at++;
  while (at < limit && bytes[at] === space) at++;
  if (at >= limit || (bytes[at] !== 0x3d && bytes[at] !== 0x3a)) return null;
  at++;
  if (at < limit && (bytes[at] === 0x3d || bytes[at] === 0x3e)) at++;
  const spaced = bytes[at] === space;
  while (at < limit && bytes[at] === space) at++;
  const escaped = bytes[at] === backslash && isQuote(bytes[at + 1]);
  if (escaped) at++;
  if (at < end && isQuote(bytes[at])) return quoted(bytes, at, end, escaped);
  let last = at;
  while (last < end && endsValue[bytes[last]!] === 0) last++;
  return { start: at, end: last, quoted: false, spaced };
}

/** Up to the matching quote, or to the end where it is missing: a cut-off line hides nothing. */
function quoted(bytes: Uint8Array, at: number, end: number, escaped: boolean): Value {
  const mark = bytes[at];
  for (let i = at + 1; i < end; i++) {
    if (bytes[i] === mark) return { start: at + 1, end: escaped && bytes[i - 1] === backslash ? i - 1 : i, quoted: true, spaced: false };
    if (bytes[i] === backslash && !(escaped && bytes[i + 1] === mark)) i++;
  }
  return { start: at + 1, end, quoted: true, spaced: false };
}

function plausible(bytes: Uint8Array, value: Value, isStrong: boolean): boolean {
  const length = value.end - value.start;
  if (length < (isStrong ? 4 : 8) || isPlaceholder(asciiText(bytes, value.start, value.end))) return false;
  const random = looksRandom(bytes, value.start, value.end);
  // "password: incorrect" is prose; `password=incorrect` and "password":"incorrect" may be one.
  if (isStrong) return random || value.quoted || !value.spaced;
  return random;
}
