// References of HTML and XML (HTML, 13.5; XML 1.0, 4.1): `&quot;`, `&amp;`, `&#39;`, `&#x3D;`. The five that every serializer writes,
// and numbers: what pages and feeds make of the quotes and signs around a secret.
import { hexValue, Unwrapping, type Unwrapped } from './unwrapped.ts';

const ampersand = 0x26, semicolon = 0x3b, hashSign = 0x23;
const named: readonly (readonly [name: string, byte: number])[] = [['quot;', 0x22], ['apos;', 0x27], ['amp;', 0x26], ['lt;', 0x3c], ['gt;', 0x3e]];
/** Digits of the longest reference by number. */
const mostDigits = 7;
const greatestPoint = 0x10ffff;

/** What a reference stands for and where it ends. One object, reused. */
const meant = { point: 0, end: 0 };

/** bytes[start, end) without references; what is none stays as it is. */
export function htmlUnescaped(bytes: Uint8Array, start: number, end: number): Unwrapped {
  const out = new Unwrapping(end - start);
  for (let i = start; i < end; i++) {
    if (bytes[i] !== ampersand || !(isNumber(bytes, i + 1, end) || isNamed(bytes, i + 1, end))) { out.add(bytes[i]!, i); continue; }
    out.addPoint(meant.point, i);
    i = meant.end - 1;
  }
  return out.done(end);
}

function isNamed(bytes: Uint8Array, at: number, end: number): boolean {
  for (const [name, byte] of named) {
    let i = 0;
    while (i < name.length && at + i < end && bytes[at + i] === name.charCodeAt(i)) i++;
    if (i === name.length) { meant.point = byte; meant.end = at + i; return true; }
  }
  return false;
}

/** `#` and decimal digits, or `#x` and hex digits, to the semicolon. */
function isNumber(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 2 >= end || bytes[at] !== hashSign) return false;
  const base = (bytes[at + 1]! | 0x20) === 0x78 ? 16 : 10;
  const first = base === 16 ? at + 2 : at + 1;
  let point = 0;
  let i = first;
  for (; i < end && i - first < mostDigits; i++) {
    const value = hexValue(bytes[i]!);
    if (value < 0 || value >= base) break;
    point = point * base + value;
  }
  meant.point = point;
  meant.end = i + 1;
  return i > first && i < end && bytes[i] === semicolon && point > 0 && point <= greatestPoint;
}
