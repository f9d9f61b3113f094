// Base64 of either alphabet (RFC 4648, 4 and 5) that holds text. Text is looked at in blocks of twelve bytes, of which a run of
// 24 covers at least one, and four bytes of most blocks say that there is none. What decodes to control bytes or to no UTF-8 is
// no text, which a run's first bytes show: images and hashes cost nothing.
import { runEnd } from '../bytes.ts';
import { Unwrapping, type Unwrapped } from './unwrapped.ts';

/** Base64 characters of the shortest secret worth hiding that is wrapped so: 18 bytes. */
const shortest = 24;
const block = 12;

/** The value of a digit of either alphabet, -1 of any other byte. */
const values = new Int8Array(256).fill(-1);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((char, i) => { values[char.charCodeAt(0)] = i; });
values[0x2d] = 62;
values[0x5f] = 63;

const isDigit = Uint8Array.from(values, (value) => (value >= 0 ? 1 : 0));
const alphabetWithout = (...others: readonly number[]): Uint8Array => isDigit.map((is, byte) => (others.includes(byte) ? 0 : is));
const alphabets = [alphabetWithout(0x2d, 0x5f), alphabetWithout(0x2b, 0x2f)] as const;

/** A run that reads as text: base64 is bytes[start, digitsEnd), padding goes up to `end`. One object, reused. */
export const run = { start: 0, digitsEnd: 0, end: 0, /** Where the line begins that it ends in. */ lineStart: 0, /** Where digits of either alphabet end. */ mixedEnd: 0 };

/** The first run of bytes[start, end) that begins at `from` or later and may hold text, left in `run`. Whoever goes on from within
 *  a run says where its digits end (`mixedEnd`), so that they are read once however many times text seems to begin in them. */
export function nextRun(bytes: Uint8Array, start: number, from: number, end: number, mixedEnd = 0): boolean {
  if (end - from < shortest) return false;
  for (let at = from; at + block <= end; at += block) {
    if ((isDigit[bytes[at]!]! & isDigit[bytes[at + 4]!]! & isDigit[bytes[at + 8]!]! & isDigit[bytes[at + 11]!]!) === 0) continue;
    if (runEnd(bytes, at, at + block, isDigit) < at + block) continue;
    let first = at;
    while (first > from && isDigit[bytes[first - 1]!] === 1) first--;
    const last = at + block <= mixedEnd ? mixedEnd : runEnd(bytes, at + block, end, isDigit);
    if (last - first >= shortest && textRun(bytes, start, first, last, end)) { run.mixedEnd = last; return true; }
    at = last - block;
  }
  return false;
}

/** Within a run of both alphabets, the first of one that reads as text: it begins behind a byte that is no digit of its own. */
function textRun(bytes: Uint8Array, start: number, first: number, last: number, end: number): boolean {
  for (let i = first; i + shortest <= last; i++) {
    const before = i === start ? -1 : values[bytes[i - 1]!]!;
    if ((before >= 0 && before < 62) || !beginsText(bytes, i)) continue;
    for (const alphabet of alphabets) {
      if (before >= 0 && alphabet[bytes[i - 1]!] === 1) continue;
      const digitsEnd = runEnd(bytes, i, last, alphabet);
      if (digitsEnd - i < shortest) continue;
      run.start = i;
      run.digitsEnd = digitsEnd;
      run.lineStart = i;
      run.end = paddingEnd(bytes, digitsEnd, end);
      return true;
    }
  }
  return false;
}

/** Whether the first eighteen bytes inside could be text, of which the first three are ASCII. */
function beginsText(bytes: Uint8Array, first: number): boolean {
  for (let i = first; i < first + shortest; i += 4) {
    const four = (values[bytes[i]!]! << 18) | (values[bytes[i + 1]!]! << 12) | (values[bytes[i + 2]!]! << 6) | values[bytes[i + 3]!]!;
    if (!isText(four, i === first)) return false;
  }
  return true;
}

/** Three bytes as one number, negative where a digit was none. */
const isText = (three: number, isFirst: boolean): boolean =>
  three >= 0 && isTextByte(three >> 16) && isTextByte((three >> 8) & 0xff) && isTextByte(three & 0xff) && (!isFirst || (three & 0x808080) === 0 || three === byteOrderMark);

/** EF BB BF, with which some programs begin a text. */
const byteOrderMark = 0xefbbbf;

const isTextByte = (byte: number): boolean => (byte >= 0x20 && byte !== 0x7f && byte < 0xf5) || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x1b;

/** Digits of a line from which the next line is part of the same text (RFC 1421: 64, RFC 2045: 76). */
const leastLine = 56;
/** Of so many bytes one may be a control byte, or of no character, and what holds them is text all the same. */
const bytesPerFault = 32;
const mostFaultsAtFirst = 2;

/** What the run holds, with the lines that go on from it; null when it is no text after all. Moves the run's end to where that ends. */
export function decodedRun(bytes: Uint8Array, limit: number): Unwrapped | null {
  const out = new Unwrapping(Math.ceil(((limit - run.start) * 3) / 4));
  let bits = 0;
  let held = 0;
  let owed = 0;
  let faults = 0;
  let decoded = 0;
  for (let i = run.start; i < run.digitsEnd || goesOn(bytes, i, limit); i++) {
    const value = values[bytes[i]!]!;
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const byte = (bits >> held) & 0xff;
    decoded++;
    const isFault = owed > 0 ? (byte & 0xc0) !== 0x80 : !isTextByte(byte) || (byte >= 0x80 && byte < 0xc2);
    if (isFault && ++faults > mostFaultsAtFirst + decoded / bytesPerFault) return null;
    owed = isFault ? 0 : owed > 0 ? owed - 1 : byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    out.add(isFault ? 0x20 : byte, i);
  }
  return out.done(run.end);
}

/** Whether another line of digits follows the run, which ends at `at`; the run then ends with that line. */
function goesOn(bytes: Uint8Array, at: number, limit: number): boolean {
  if (run.end > run.digitsEnd || at - run.lineStart < leastLine) return false;
  const next = bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? at + 2 : bytes[at] === 0x0a ? at + 1 : limit;
  if (next >= limit || isDigit[bytes[next]!] === 0) return false;
  run.lineStart = next;
  run.digitsEnd = runEnd(bytes, next, limit, isDigit);
  run.end = paddingEnd(bytes, run.digitsEnd, limit);
  return true;
}

/** Where the lines of digits begin that `at` lies in or that end there. */
export function linesStart(bytes: Uint8Array, start: number, at: number): number {
  let first = at;
  while (first > start && (isDigit[bytes[first - 1]!] === 1 || bytes[first - 1] === 0x0a || bytes[first - 1] === 0x0d)) first--;
  return first;
}

function paddingEnd(bytes: Uint8Array, at: number, end: number): number {
  let last = at;
  while (last < end && last - at < 2 && bytes[last] === 0x3d) last++;
  return last;
}

/** `nextRun` on a text that is not encoded: false only when it finds none. */
export function mayHoldRun(text: string): boolean {
  for (let at = 0; at + block <= text.length; at += block) {
    if ((digitAt(text, at) | digitAt(text, at + 4) | digitAt(text, at + 8) | digitAt(text, at + 11)) < 0) continue;
    let last = at;
    while (last < text.length && digitAt(text, last) >= 0) last++;
    if (last < at + block) continue;
    let first = at;
    while (first > 0 && at - first < block && digitAt(text, first - 1) >= 0) first--;
    if (last - first >= shortest && textBeginsIn(text, first, last)) return true;
    at = last - block;
  }
  return false;
}

/** A run of one alphabet begins where the other's signs end. */
function textBeginsIn(text: string, first: number, last: number): boolean {
  for (let i = first; i + shortest <= last; i++) if ((i === first || digitAt(text, i - 1) >= 62) && textBegins(text, i)) return true;
  return false;
}

function textBegins(text: string, first: number): boolean {
  for (let i = first; i < first + shortest; i += 4) {
    const four = (digitAt(text, i) << 18) | (digitAt(text, i + 1) << 12) | (digitAt(text, i + 2) << 6) | digitAt(text, i + 3);
    if (!isText(four, i === first)) return false;
  }
  return true;
}

function digitAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit < 0x80 ? values[unit]! : -1;
}
