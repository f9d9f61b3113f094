// `password=…`, `"token": "…"`, `api_key: …`: a value that a keyword names. The least certain detector, so it looks hard
// at the value: placeholders, counts, words of prose and what is already masked are left alone.
import { anyCase, asciiText, runEnd, runStart, wordBytes } from '../../bytes.ts';
import { isPlaceholder, looksRandom } from '../../plausible.ts';
import type { Detector, Window } from '../../types.ts';

/** Strong keywords say secret whatever the value; weak ones (token, key) also name counts, kinds and identifiers. */
const strong = ['password', 'passwd', 'passphrase', 'secret', 'pwd'];
const weak = ['token', 'api_key', 'apikey', 'api-key', 'access_key', 'accesskey', 'private_key', 'credential', 'credentials', 'authorization', 'cookie', 'signing_key', 'encryption_key', 'account_key', 'accountkey', 'auth_key', 'authkey', 'master_key'];
/** The rest of a name after the keyword that leaves it the name of a secret: `secret_key`, `password1`, `tokenValue`. */
const restOfName = /^(?:[_-]?(?:key|value|access[_-]?key|text|hash|\d{1,3}))?$/i;

export const secretAssignment: Detector = {
  name: 'secret-assignment', version: 2, family: 'structural', title: 'Secret by name', doc: 'A value that a keyword names: password=…, "token": "…", api_key: …, --password …',
  facts: 'A keyword (password, secret, token, api_key …) that ends a name, then =, :, => or, behind --, a space, then the value to its quote or separator. Placeholders, counts and prose are left.',
  source: 'CWE-532, CWE-798 (cwe.mitre.org)', check: 'context',
  anchors: [...strong, ...weak].map(anyCase),
  keys: secretName([...strong, ...weak]),
  verify(window, at, match) {
    const { bytes, end } = window;
    const nameEnd = runEnd(bytes, at, Math.min(end, at + 24), wordBytes);
    if (!restOfName.test(asciiText(bytes, at, nameEnd))) return false;
    const value = valueAfter(window, nameEnd) ?? flagValue(window, at, nameEnd);
    if (value === null) return false;
    const isStrong = strong.includes(keywordBefore(window, at));
    if (!plausible(bytes, value, isStrong)) return false;
    match.start = value.start;
    match.end = value.quoted ? value.end : valueEnd(bytes, value.end, end);
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

/** The same as a pattern: a keyword, then the rest of a name. */
function secretName(keywords: readonly string[]): RegExp {
  return new RegExp(`(?:${keywords.join('|')})${restOfName.source.slice(1)}`, 'i');
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
  return { start: at, end: valueEnd(bytes, at, Math.min(end, at + judgedBytes)), quoted: false, spaced };
}

/** So much of a value without quotes is judged; one that stands is taken whole, so that names in a row cost a look each. */
const judgedBytes = 512;

function valueEnd(bytes: Uint8Array, at: number, end: number): number {
  let last = at;
  while (last < end && endsValue[bytes[last]!] === 0) last++;
  return last;
}

/** `--password VALUE`: behind a flag of two dashes a space is enough. */
function flagValue({ bytes, start, end }: Window, at: number, nameEnd: number): Value | null {
  const from = runStart(bytes, at, Math.max(start, at - 32), flagBytes);
  if (bytes[from] !== 0x2d || bytes[from + 1] !== 0x2d || bytes[nameEnd] !== space || bytes[nameEnd + 1] === 0x2d) return null;
  if (isQuote(bytes[nameEnd + 1])) return quoted(bytes, nameEnd + 1, end, false);
  const last = runEnd(bytes, nameEnd + 1, end, inValue);
  return { start: nameEnd + 1, end: last, quoted: false, spaced: false };
}
const flagBytes = wordBytes.map((is, byte) => (byte === 0x2d ? 1 : is));
const inValue = endsValue.map((is) => 1 - is);

/** Up to the matching quote, or to the end where it is missing: a cut-off line hides nothing. */
function quoted(bytes: Uint8Array, at: number, end: number, escaped: boolean): Value {
  const mark = bytes[at];
  for (let i = at + 1; i < end; i++) {
    if (bytes[i] === mark) return { start: at + 1, end: escaped && bytes[i - 1] === backslash ? i - 1 : i, quoted: true, spaced: false };
    if (bytes[i] === backslash && !(escaped && bytes[i + 1] === mark)) i++;
  }
  return { start: at + 1, end, quoted: true, spaced: false };
}

/** `Credential=id/20260501/eu-west-1/s3/aws4_request`: the scope of an AWS signature; the id in it has a detector of its own. */
const awsScope = /\/aws4_request$/;

function plausible(bytes: Uint8Array, value: Value, isStrong: boolean): boolean {
  const length = value.end - value.start;
  if (length < (isStrong ? 4 : 8) || isPlaceholder(asciiText(bytes, value.start, value.end)) || awsScope.test(asciiText(bytes, value.start, value.end, 128))) return false;
  const random = looksRandom(bytes, value.start, value.end);
  // "password: incorrect" is prose; `password=incorrect` and "password":"incorrect" may be one.
  if (isStrong) return random || value.quoted || !value.spaced;
  return random;
}
