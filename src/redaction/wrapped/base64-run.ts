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
export const run = { start: 0, digitsEnd: 0, end: 0 };

/** The first run of bytes[start, end) that begins at `from` or later and may hold text, left in `run`. */
export function nextRun(bytes: Uint8Array, start: number, from: number, end: number): boolean {
  for (let at = from; at + block <= end; at += block) {
    if ((isDigit[bytes[at]!]! & isDigit[bytes[at + 4]!]! & isDigit[bytes[at + 8]!]! & isDigit[bytes[at + 11]!]!) === 0) continue;
    if (runEnd(bytes, at, at + block, isDigit) < at + block) continue;
    let first = at;
    while (first > from && isDigit[bytes[first - 1]!] === 1) first--;
    const last = runEnd(bytes, at + block, end, isDigit);
    if (last - first >= shortest && textRun(bytes, start, first, last, end)) return true;
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
      run.end = digitsEnd;
      while (run.end < end && run.end - digitsEnd < 2 && bytes[run.end] === 0x3d) run.end++;
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
  three >= 0 && isTextByte(three >> 16) && isTextByte((three >> 8) & 0xff) && isTextByte(three & 0xff) && (!isFirst || (three & 0x808080) === 0);

const isTextByte = (byte: number): boolean => (byte >= 0x20 && byte !== 0x7f && byte < 0xf5) || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** What the run holds; null when it is no text after all. */
export function decodedRun(bytes: Uint8Array): Unwrapped | null {
  const { start, digitsEnd, end } = run;
  const out = new Unwrapping(Math.ceil(((digitsEnd - start) * 3) / 4));
  let bits = 0;
  let held = 0;
  let owed = 0;
  for (let i = start; i < digitsEnd; i++) {
    bits = ((bits << 6) | values[bytes[i]!]!) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const byte = (bits >> held) & 0xff;
    if (owed > 0 ? (byte & 0xc0) !== 0x80 : !isTextByte(byte) || (byte >= 0x80 && byte < 0xc2)) return null;
    owed = owed > 0 ? owed - 1 : byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    out.add(byte, i);
  }
  return out.done(end);
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
