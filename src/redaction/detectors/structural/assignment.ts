// `password=…`, `"token": "…"`, `api_key: …`: a value that a keyword names. The least certain detector, so it looks hard
// at the value: placeholders, counts, words of prose and what is already masked are left alone.
import { encodeUtf8 } from '../../../base/index.ts';
import { anyCase, asciiText, runEnd, runStart, wordBytes } from '../../bytes.ts';
import { isPlaceholder, looksRandom } from '../../plausible.ts';
import type { Detector, Window } from '../../types.ts';

/** Strong keywords say secret whatever the value; weak ones (token, key) also name counts, kinds and identifiers. */
const strong = ['password', 'passwd', 'passphrase', 'secret', 'pwd', 'passwort', 'kennwort', 'mot_de_passe', 'contrase\u00f1a', 'contrasena'];
const weak = ['token', 'api_key', 'apikey', 'api-key', 'access_key', 'accesskey', 'private_key', 'credential', 'credentials', 'authorization', 'cookie', 'signing_key', 'encryption_key', 'account_key', 'accountkey', 'auth_key', 'authkey', 'master_key'];
/** As `asciiText` gives them. */
const strongBytes = strong.map((word) => String.fromCharCode(...encodeUtf8(word)));
/** The rest of a name after the keyword that leaves it the name of a secret: `secret_key`, `password1`, `tokenValue`. */
const restOfName = /^(?:[_-]?(?:key|value|access[_-]?key|text|hash|\d{1,3}))?$/i;

export const secretAssignment: Detector = {
  name: 'secret-assignment', version: 3, family: 'structural', title: 'Secret by name', doc: 'A value that a keyword names: password=…, "token": "…", api_key: …, --password …',
  facts: 'A keyword (password, secret, token, api_key …) that ends a name, then =, :, =>, -> (the value also on the next line) or, behind --, a space, then the value to its quote or separator; <password>…</password>; PASSWORD \'…\'. Placeholders, counts, calls and prose are left.',
  source: 'CWE-532, CWE-798 (cwe.mitre.org)', check: 'context',
  anchors: [...strong, ...weak].map((word) => [...encodeUtf8(word)].flatMap((byte) => (byte < 0x80 ? anyCase(String.fromCharCode(byte)) : [(other: number) => other === byte]))),
  keys: secretName([...strong, ...weak]),
  verify(window, at, match) {
    const { bytes, end } = window;
    const nameEnd = runEnd(bytes, at, Math.min(end, at + 24), wordBytes);
    if (!restOfName.test(asciiText(bytes, at, nameEnd))) return false;
    const value = whole(window, at, valueAfter(window, nameEnd)) ?? flagValue(window, at, nameEnd) ?? elementValue(window, nameEnd) ?? sqlValue(window, nameEnd);
    if (value === null) return false;
    const isStrong = keywordBefore(window, at) !== '';
    if (!plausible(bytes, value, isStrong) || isResourceName(window, at)) return false;
    match.start = value.start;
    match.end = value.end - value.start < judgedBytes ? value.end : runEnd(bytes, value.end, end, inValue);
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
  const word = asciiText(bytes, Math.max(start, at - 13), at).toLowerCase();
  return strongBytes.find((keyword) => word.endsWith(keyword)) ?? '';
}

/** Of `arn:aws:secretsmanager:…:secret:name` the secret's name is none. */
function isResourceName({ bytes, start }: Window, at: number): boolean {
  return bytes[at - 7] === colon && asciiText(bytes, Math.max(start, at - 96), at, 96).includes('arn:aws');
}

/** A value that stops too soon: behind an HTTP scheme (`Authorization: Token …`), and at a sign within a password (`ab,…`). */
function whole({ bytes, start, end }: Window, at: number, value: Value | null): Value | null {
  if (value === null || value.quoted || value.end >= end) return value;
  const limit = Math.min(end, value.end + judgedBytes);
  if (bytes[value.end] === space && /authorization$/i.test(asciiText(bytes, Math.max(start, at - 13), at))) {
    const from = value.end + 1;
    // Parameters (`Token token=…`, `Digest username=…`) have names of their own.
    return /^[A-Za-z][A-Za-z-]{2,19}$/.test(asciiText(bytes, value.start, value.end)) && !/^[\w-]+=[^=\s]/.test(asciiText(bytes, from, limit)) ? { ...value, start: from, end: valueEnd(bytes, from, limit) } : value;
  }
  if (value.end - value.start >= shortest || value.end === value.start || !parts.includes(bytes[value.end]!)) return value;
  const last = valueEnd(bytes, value.end + 1, limit);
  return looksRandom(bytes, value.end + 1, last) && runEnd(bytes, value.end + 1, last, notSetting) === last ? { ...value, end: last } : value;
}
/** Signs that end a value and may stand in a password: , ; & | */
const parts: readonly number[] = [0x2c, 0x3b, 0x26, 0x7c];
/** Characters of the shortest value behind a strong keyword. */
const shortest = 4;

interface Value { readonly start: number; readonly end: number; readonly quoted: boolean; readonly spaced: boolean }

const quote = 0x22, apostrophe = 0x27, backtick = 0x60, backslash = 0x5c, space = 0x20, dash = 0x2d, colon = 0x3a, equals = 0x3d, less = 0x3c, greater = 0x3e;
const isQuote = (byte: number | undefined): boolean => byte === quote || byte === apostrophe || byte === backtick;
const blanks = Uint8Array.from({ length: 256 }, (_, byte) => (byte === space || byte === 0x09 ? 1 : 0));
const blanksAndLines = blanks.map((is, byte) => (byte === 0x0a || byte === 0x0d ? 1 : is));
/** Indentation of the next line that is looked through for a value. */
const mostBlanks = 48;
/** Ends a value without quotes. */
const endsValue = Uint8Array.from({ length: 256 }, (_, byte) => (byte <= 0x20 || byte === 0x7f || '"\'`,;&|)}]<>'.includes(String.fromCharCode(byte)) ? 1 : 0));

/** What stands after `=`, `:`, `:=`, `=>` or `->`, also on the next line, with or without quotes (and escaped quotes, as in JSON inside JSON). */
function valueAfter({ bytes, end }: Window, nameEnd: number): Value | null {
  const limit = Math.min(end, nameEnd + 12);
  let at = nameEnd;
  while (at < limit && (bytes[at] === backslash || isQuote(bytes[at]))) at++;
  const isQuotedName = at > nameEnd;
  at = runEnd(bytes, at, limit, blanks);
  if (at >= limit) return null;
  const sign = bytes[at];
  const isArrow = sign === dash && bytes[at + 1] === greater;
  if (!isArrow && sign !== equals && sign !== colon) return null;
  at++;
  if (at < limit && (bytes[at] === equals || bytes[at] === greater)) at++;
  const first = runEnd(bytes, at, Math.min(end, at + mostBlanks), blanks);
  const last = runEnd(bytes, first, Math.min(end, first + mostBlanks), blanksAndLines);
  // Without quotes around the name, what stands on the next line is a value when it is indented, or when nothing else is on its line.
  if (last > first && !isQuotedName && !isQuote(bytes[last]) && !isOnlyWord(bytes, last, end)) return null;
  return valueAt(bytes, last, end, first > at || last > first || isArrow);
}

/** A line that holds one word and no further name of a setting. */
function isOnlyWord(bytes: Uint8Array, at: number, end: number): boolean {
  const last = valueEnd(bytes, at, Math.min(end, at + judgedBytes));
  return last > at && (last >= end || bytes[last] === 0x0a || bytes[last] === 0x0d) && bytes[last - 1] !== colon && looksRandom(bytes, at, last) && runEnd(bytes, at, last, notSetting) === last;
}
const notSetting = Uint8Array.from({ length: 256 }, (_, byte) => (byte === equals || byte === colon ? 0 : 1));

/** A value that begins at `at`: quoted, also with a letter before (Python's u'…' and b'…'), or up to what ends one. */
function valueAt(bytes: Uint8Array, at: number, end: number, spaced: boolean): Value {
  const literal = /^[ubrf]{1,2}["']/i.exec(asciiText(bytes, at, end, 3))?.[0];
  const from = literal === undefined ? at : at + literal.length - 1;
  const escaped = bytes[from] === backslash && isQuote(bytes[from + 1]);
  if (escaped) return quoted(bytes, from + 1, end, true);
  if (from < end && isQuote(bytes[from])) return quoted(bytes, from, end, false);
  return { start: at, end: valueEnd(bytes, at, Math.min(end, at + judgedBytes)), quoted: false, spaced };
}

/** `<password>…</password>`, also with attributes: all up to the next `<`, when a tag ends there. */
function elementValue({ bytes, start, end }: Window, nameEnd: number): Value | null {
  if (bytes[runStart(bytes, nameEnd, Math.max(start, nameEnd - 48), tagBytes) - 1] !== less) return null;
  const head = /^(?:\s[^<>]{0,200})?>/.exec(asciiText(bytes, nameEnd, end, bytes[nameEnd] === greater ? 1 : 204))?.[0];
  if (head === undefined) return null;
  const at = nameEnd + head.length;
  const last = runEnd(bytes, at, Math.min(end, at + mostElement), notLess);
  return last < end && bytes[last] === less && bytes[last + 1] === 0x2f ? { start: at, end: last, quoted: true, spaced: false } : null;
}
const tagBytes = wordBytes.map((is, byte) => (byte === colon || byte === dash || byte === 0x2e ? 1 : is));
const mostElement = 4096;
const notLess = Uint8Array.from({ length: 256 }, (_, byte) => (byte === less ? 0 : 1));

/** `PASSWORD '…'` of SQL and of command lines of one dash. */
function sqlValue({ bytes, end }: Window, nameEnd: number): Value | null {
  const at = runEnd(bytes, nameEnd, Math.min(end, nameEnd + 4), blanks);
  return at > nameEnd && bytes[at] === apostrophe ? quoted(bytes, at, end, false) : null;
}

/** So much of a value without quotes is judged; one that stands is taken whole, so that names in a row cost a look each. */
const judgedBytes = 512;

function valueEnd(bytes: Uint8Array, at: number, end: number): number {
  // Brackets that open a value do not end it: `<…`, `[…`, `${…`.
  const first = bytes[at] === 0x24 || bytes[at] === 0x25 ? at + 1 : at;
  let last = first;
  while (last < end && last < first + 3 && opens[bytes[last]!] === 1) last++;
  if (last === first) return runEnd(bytes, at, end, inValue);
  return runEnd(bytes, last, end, inOpened);
}
const opens = Uint8Array.from({ length: 256 }, (_, byte) => ('<[{('.includes(String.fromCharCode(byte)) ? 1 : 0));
const inValue = endsValue.map((is) => 1 - is);
/** Brackets end no value in brackets. */
const inOpened = inValue.map((is, byte) => (')}]<>'.includes(String.fromCharCode(byte)) ? 1 : is));

/** `--password VALUE`: behind a flag of two dashes a space is enough. */
function flagValue({ bytes, start, end }: Window, at: number, nameEnd: number): Value | null {
  const from = runStart(bytes, at, Math.max(start, at - 32), flagBytes);
  if (bytes[from] !== 0x2d || bytes[from + 1] !== 0x2d || bytes[nameEnd] !== space || bytes[nameEnd + 1] === 0x2d) return null;
  if (isQuote(bytes[nameEnd + 1])) return quoted(bytes, nameEnd + 1, end, false);
  const last = valueEnd(bytes, nameEnd + 1, end);
  return { start: nameEnd + 1, end: last, quoted: false, spaced: false };
}
const flagBytes = wordBytes.map((is, byte) => (byte === 0x2d ? 1 : is));

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

/** A call in a program: `token = cls._make_token(…)`. */
function isCode(bytes: Uint8Array, { start, end }: Value): boolean {
  return /^(?=\w*[._])(?:[A-Za-z_]+(?:\.|->|::))*[A-Za-z_]+\(/.test(asciiText(bytes, start, end));
}

function plausible(bytes: Uint8Array, value: Value, isStrong: boolean): boolean {
  const length = value.end - value.start;
  if (length < (isStrong ? shortest : 8) || isPlaceholder(asciiText(bytes, value.start, value.end)) || awsScope.test(asciiText(bytes, value.start, value.end, 128))) return false;
  const random = looksRandom(bytes, value.start, value.end);
  if (!value.quoted && isCode(bytes, value)) return false;
  if (!value.quoted && !random && opens[bytes[value.start]!] === 1) return false;
  // "password: incorrect" is prose; `password=incorrect` and "password":"incorrect" may be one.
  if (isStrong) return random || value.quoted || !value.spaced;
  return random;
}
