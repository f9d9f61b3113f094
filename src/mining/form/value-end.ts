// Where a value ends that began with a number or an id: what is joined to it belongs to it (`10.0.0.1:80`, `12:01:01.5Z`, an id's
// further parts, `1,234`, `5 ms`, `10 %`). Positions in bytes; linear.
import { allHex, alnum, classes, isAlnum, isDigit, isHex, joiner, letter } from './byte-class.ts';
import { isUnit, zoneEnd } from './calendar.ts';
import { base64End } from './encoded.ts';

/** The end of the run of letters and digits at `at`. */
export function runEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && alnum[bytes[i]!] === 1) i++;
  return i;
}

const colon = 0x3a, slash = 0x2f, plus = 0x2b, comma = 0x2c, atSign = 0x40, percent = 0x25, blank = 0x20, hyphen = 0x2d;

/** The end of all that belongs to the value whose first run ends at `at`. */
export function valueEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  for (let next = partEnd(bytes, i, end); next > i; next = partEnd(bytes, i, end)) i = next;
  if (bytes[i] === percent && i < end) i++;
  if (bytes[i] !== blank || i >= end) return i;
  return isClock(bytes, i + 1, end) ? valueEnd(bytes, runEnd(bytes, i + 1, end), end) : unitEnd(bytes, i, end);
}

/** `12:01` behind a date. */
const isClock = (bytes: Uint8Array, at: number, end: number): boolean => at + 4 < end && isDigit(bytes[at]) && isDigit(bytes[at + 1]) && bytes[at + 2] === colon && isDigit(bytes[at + 3]) && isDigit(bytes[at + 4]);

/** The end of one more part with what joins it; `at` when there is none. */
function partEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) return at;
  const sign = bytes[at]!;
  const next = bytes[at + 1]!;
  if (sign === comma) return isThousands(bytes, at, end) ? at + 4 : at;
  if (sign === colon) return colonEnd(bytes, at, end);
  if (sign === plus) return isAlnum(next) ? runEnd(bytes, at + 1, end) : at;
  if (sign === slash) return isAlnum(next) ? runEnd(bytes, at + 1, end) : at;
  if (classes[sign] !== joiner && sign !== atSign) return at;
  if (isAlnum(next)) return runEnd(bytes, at + 1, end);
  // An id's negative part (`_-12`), and the double signs of package names (`~~`).
  return next === hyphen || next === sign ? joinedTwice(bytes, at, end) : at;
}

function joinedTwice(bytes: Uint8Array, at: number, end: number): number {
  const sign = bytes[at]!;
  const from = sign === hyphen && bytes[at + 2] === hyphen ? at + 3 : at + 2;
  return sign !== 0x2e && isAlnum(bytes[from]) && from < end ? runEnd(bytes, from, end) : at;
}

/** After a colon a number or another group of hex digits may follow; a word is text again. */
function colonEnd(bytes: Uint8Array, at: number, end: number): number {
  const from = bytes[at + 1] === colon ? at + 2 : at + 1;
  const encoded = base64End(bytes, from, end);
  if (encoded > from) return encoded;
  const to = runEnd(bytes, from, end);
  if (to === from) return at;
  if (from === at + 1 && isDigit(bytes[from])) return to;
  return to - from <= 4 && allHex(bytes, from, to) && (hasDigit(bytes, from, to) || bytes[to] === colon || isColonHex(bytes, at)) ? to : at;
}

function hasDigit(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (isDigit(bytes[i])) return true;
  return false;
}

/** Whether two short groups of hex digits with a colon between stand before `at`. */
function isColonHex(bytes: Uint8Array, at: number): boolean {
  let i = at - 1;
  while (i > 0 && at - i <= 5 && isHex[bytes[i]!] === 1) i--;
  return bytes[i] === colon && i > 0 && isHex[bytes[i - 1]!] === 1;
}

/** `,123` and no fourth digit. */
function isThousands(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 3 < end && isDigit(bytes[at + 1]) && isDigit(bytes[at + 2]) && isDigit(bytes[at + 3]) && !(at + 4 < end && isAlnum(bytes[at + 4])) && isDigit(bytes[at - 1]);
}

/** Behind ` %`, ` ms`, ` KB`, ` PM` or ` UTC`; `at` when no unit stands there. */
function unitEnd(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at + 1] === percent && at + 1 < end) return at + 2;
  const to = runEnd(bytes, at + 1, Math.min(end, at + 6));
  if (to === at + 1 || to - at > 5 || (to < end && (isAlnum(bytes[to]) || bytes[to] === 0x3d))) return at;
  return isUnit(bytes, at + 1, to) ? to : zoneEnd(bytes, at + 1, to) ? to : at;
}

/** Whether at least three groups of hex digits with colons between begin at `at` (IPv6, MAC); the end of them, or `at`. */
export function hexGroupsEnd(bytes: Uint8Array, at: number, end: number): number {
  let groups = 0;
  let colons = 0;
  let i = at;
  for (;;) {
    const from = i;
    while (i < end && i - from <= 4 && isHex[bytes[i]!] === 1) i++;
    if (i - from > 4 || (i < end && classes[bytes[i]!] === letter)) return at;
    if (i > from) groups++;
    if (bytes[i] !== colon || i >= end || !(isHex[bytes[i + 1]!] === 1 || bytes[i + 1] === colon)) break;
    colons++;
    i++;
  }
  return colons >= 2 && groups >= 2 && hasDigit(bytes, at, i) ? i : at;
}
