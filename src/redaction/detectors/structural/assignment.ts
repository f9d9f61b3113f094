// `password=…`, `"token": "…"`, `api_key: …`: a value that a keyword names. The least certain detector, so it looks hard
// at the value: placeholders, counts, words of prose and what is already masked are left alone.
import { asciiText, base62, letters, runEnd, wordBytes } from '../../bytes.ts';
import { isPlaceholder, looksRandom } from '../../plausible.ts';
import type { Detector, Window } from '../../types.ts';
import { elementValue, flagValue, notSetting, pairedValue, proseValue, sqlValue, valueAfter } from './named-value.ts';
import { isAuthorization, secretKeys, secretWord, secretWords, type SecretWord } from './secret-words.ts';
import { inValue, judgedBytes, opensBracket, setOf, sign, valueEnd, type Stretch, type Value } from './value-text.ts';

export const secretAssignment: Detector = {
  name: 'secret-assignment', version: 4, family: 'structural', title: 'Secret by name', doc: 'A value that a keyword names: password=…, "token": "…", api_key: …, --password …, passwords: ["…"], DB_PASS=…',
  facts: 'A keyword (password, secret, token, api_key …) that ends a name, then =, :, =>, -> (the value also on the next line, in a list, in Some(…)) or, behind --, a space or the next argument, then the value to its quote or separator; <password>…</password>; PASSWORD \'…\'; "name": "…password", "value": "…"; password is …. Placeholders, counts, calls and prose are left.',
  source: 'CWE-532, CWE-798 (cwe.mitre.org)', check: 'context',
  anchors: secretWords,
  keys: secretKeys,
  verify(window, anchorEnd, match) {
    const { bytes, end } = window;
    const at = base62[bytes[anchorEnd - 1]!] === 1 ? anchorEnd : anchorEnd - 1;
    const nameEnd = runEnd(bytes, at, Math.min(end, at + 24), wordBytes);
    const word = secretWord(window, at, nameEnd);
    const value = word === null ? null : whole(window, at, valueAfter(window, nameEnd)) ?? flagValue(window, at, nameEnd) ?? elementValue(window, nameEnd) ?? sqlValue(window, nameEnd) ?? pairedValue(window, at, nameEnd) ?? proseValue(window, nameEnd);
    if (value === null || !isPlausible(window, at, value, word!) || isResourceName(window, at)) return false;
    match.start = value.start;
    match.end = value.quoted || value.end - value.start < judgedBytes ? value.end : runEnd(bytes, value.end, end, inValue);
    match.keep = 0;
    match.confidence = value.quoted || !value.spaced ? (word === 'strong' ? 0.85 : 0.75) : 0.6;
    return true;
  },
};

/** Of `arn:aws:secretsmanager:…:secret:name` the secret's name is none. */
function isResourceName({ bytes, start }: Window, at: number): boolean {
  return bytes[at - 7] === sign.colon && asciiText(bytes, Math.max(start, at - 96), at, 96).includes('arn:aws');
}

/** A value that stops too soon: behind an HTTP scheme (`Authorization: Token …`), and at a sign within a password (`ab,…`). */
function whole(window: Window, at: number, value: Value | null): Value | null {
  const { bytes, end } = window;
  if (value === null || value.quoted || value.end >= end) return value;
  const limit = Math.min(end, value.end + judgedBytes);
  if (bytes[value.end] === sign.space && isAuthorization(window, at)) {
    const from = value.end + 1;
    // Parameters (`Token token=…`, `Digest username=…`) have names of their own.
    return isScheme(bytes, value) && !isParameter(bytes, from, limit) ? { ...value, start: from, end: valueEnd(bytes, from, limit) } : value;
  }
  if (value.end - value.start >= shortest || value.end === value.start || !parts.includes(bytes[value.end]!)) return value;
  const last = valueEnd(bytes, value.end + 1, limit);
  return looksRandom(bytes, value.end + 1, last) && runEnd(bytes, value.end + 1, last, notSetting) === last ? { ...value, end: last } : value;
}
const schemeBytes = setOf((byte) => letters[byte] === 1 || byte === sign.dash);
const nameBytes = setOf((byte) => wordBytes[byte] === 1 || byte === sign.dash);
const isScheme = (bytes: Uint8Array, { start, end }: Value): boolean => end - start >= 3 && end - start <= 20 && bytes[start] !== sign.dash && runEnd(bytes, start, end, schemeBytes) === end;

/** `name=value`. */
function isParameter(bytes: Uint8Array, at: number, end: number): boolean {
  const last = runEnd(bytes, at, Math.min(end, at + 64), nameBytes);
  return last > at && last + 1 < end && bytes[last] === sign.equals && bytes[last + 1] !== sign.equals && bytes[last + 1]! > 0x20;
}
/** Signs that end a value and may stand in a password: , ; & | */
const parts: readonly number[] = [0x2c, 0x3b, 0x26, 0x7c];
/** Characters of the shortest value behind a strong keyword, and behind a weak one or in a list. */
const shortest = 4;
const shortestWeak = 8;

/** `Credential=id/20260501/eu-west-1/s3/aws4_request`: the scope of an AWS signature; the id in it has a detector of its own. */
const awsScope = '/aws4_request';

/** A call in a program: `token = cls._make_token(…)`. */
const isCode = (text: string): boolean => text.includes('(') && /^(?=\w*[._])(?:[A-Za-z_]+(?:\.|->|::))*[A-Za-z_]+\(/.test(text);

function isPlausible(window: Window, at: number, value: Value, word: SecretWord): boolean {
  const { bytes } = window;
  if (value.items !== undefined) return value.items.some((item) => isPlausibleItem(bytes, item, isAuthorization(window, at)));
  if (word === 'many') return false;
  const length = value.end - value.start;
  const text = asciiText(bytes, value.start, value.end, 128);
  if (length < (word === 'strong' ? shortest : shortestWeak) || isPlaceholder(text.slice(0, 64)) || text.endsWith(awsScope)) return false;
  if (word === 'bare' && (/[\s/\x80-\xff]/.test(text) || (value.spaced && !value.quoted))) return false;
  const random = looksRandom(bytes, value.start, value.end);
  if (!value.quoted && isCode(text.slice(0, 64))) return false;
  if (!value.quoted && !random && opensBracket(bytes[value.start])) return false;
  // "password: incorrect" is prose; `password=incorrect` and "password":"incorrect" may be one.
  return random || (word === 'strong' && (value.quoted || !value.spaced));
}

/** A list under such a name may hold sentences about it (`"password": ["must not be blank"]`) and names of others (`secrets: [db-creds-1]`). */
function isPlausibleItem(bytes: Uint8Array, { start, end }: Stretch, isHeader: boolean): boolean {
  const text = asciiText(bytes, start, end);
  if (end - start < shortestWeak || text.startsWith('$') || isPlaceholder(text) || /^(?:[a-z0-9]+[-_./:])+[a-z0-9]+$/.test(text) || !/[A-Za-z]/.test(text) || !/\d/.test(text)) return false;
  return looksRandom(bytes, start, end) && (!/\s/.test(text) || (isHeader && /^[A-Za-z-]+ \S+$/.test(text)));
}
