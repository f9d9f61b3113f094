// What a body of several lines adds to its first: the class of the exception whose trace follows. All else below the first line is
// payload and stack frames, which change with every build.
import { classes, isAlnum, space, standsAt } from './byte-class.ts';

/** Lines looked at, and bytes of each. */
const mostLines = 128;
const mostBytes = 160;
const endings = ['Exception', 'Error', 'Throwable', 'Interrupt', 'Exit', 'Failure', 'Fault', 'Warning'];
const feed = 0x0a;

/** The place of the class's name in bytes[at, end), which begins behind the first line; null when there is none. Python's stands
 *  behind its trace (`last`), others' before it. */
export function exceptionClass(bytes: Uint8Array, at: number, end: number, last: boolean): { readonly from: number; readonly to: number } | null {
  let found: { readonly from: number; readonly to: number } | null = null;
  let from = at;
  for (let lines = 0; from < end && lines < mostLines; lines++) {
    found = nameAt(bytes, from, end) ?? found;
    if (found !== null && !last) return found;
    const next = bytes.indexOf(feed, from);
    if (next < 0 || next >= end) break;
    from = next + 1;
  }
  return found;
}

function nameAt(bytes: Uint8Array, at: number, end: number): { readonly from: number; readonly to: number } | null {
  if (classes[bytes[at]!] === space) return null;
  let to = at;
  while (to < end && to - at < mostBytes && (isAlnum(bytes[to]) || bytes[to] === 0x2e || bytes[to] === 0x5f || bytes[to] === 0x24)) to++;
  return to > at && endings.some((word) => to - word.length >= at && standsAt(bytes, to - word.length, end, word)) ? { from: at, to } : null;
}
