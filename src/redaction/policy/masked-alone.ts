// What this module wrote itself is not written over again: a hash of a hash would join nothing, and each further `partial` would
// leave less.
import { encodeUtf8 } from '../../base/index.ts';
import { bullets } from '../mask.ts';
import { publicPrefixes } from '../public-prefixes.ts';
import { markAt, nextSign, type Mark } from '../written-marks.ts';
import type { Verdict } from './verdicts.ts';

const bulletBytes = encodeUtf8(bullets);
const longestPrefix = Math.max(...[...publicPrefixes].map((one) => one.length));
/** Characters that `partial` leaves when a policy does not say. */
const usualTail = 4;

/** Whether bytes[start, end) are a mark and nothing else: a name that `isName` knows and its hash, or bullets, with a public prefix
 *  before them, or, where the verdict is to leave a tail, with one of no more characters behind them. */
export function isMaskAlone(bytes: Uint8Array, start: number, end: number, { action, last = usualTail }: Verdict, isName: (name: string) => boolean): boolean {
  const at = nextSign(bytes, start, end);
  const mark = markOf(bytes, start, end, at, isName);
  if (mark === null) return false;
  if (!mark.isBullets) return mark.start === start && mark.end === end;
  const isBare = mark.start === start && mark.end === end;
  return isBare || (mark.end === end && isPrefix(bytes, start, mark.start)) || (action === 'partial' && mark.start === start && charactersIn(bytes, mark.end, end) <= last);
}

/** As it is written by the redactor itself, not as others encoded it. */
function markOf(bytes: Uint8Array, start: number, end: number, at: number, isName: (name: string) => boolean): Mark | null {
  if (at >= end || (bytes[at] !== bulletBytes[0] && bytes[at] !== 0x23)) return null;
  return markAt(bytes, start, end, at, isName);
}

const isPrefix = (bytes: Uint8Array, start: number, end: number): boolean => end - start <= longestPrefix && publicPrefixes.has(String.fromCharCode(...bytes.subarray(start, end)));

/** More than there may be when there are very many bytes. */
function charactersIn(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 4 * 8) return Infinity;
  let count = 0;
  for (let i = start; i < end; i++) if ((bytes[i]! & 0xc0) !== 0x80) count++;
  return count;
}

/** bytes[start, end), where `#` stands in hashes of ours, with letters in their place: a URL or a statement is told apart as if they
 *  were words. Offsets stay. The bytes themselves when there are none. */
export function hashesAsWords(bytes: Uint8Array, start: number, end: number, isName: (name: string) => boolean): Uint8Array {
  let copy = bytes;
  for (let at = bytes.indexOf(0x23, start); at >= 0 && at < end; at = bytes.indexOf(0x23, at + 1)) {
    const mark = markAt(bytes, start, end, at, isName);
    if (mark === null || isWordByte(bytes[mark.end], mark.end, end)) continue;
    if (copy === bytes) copy = bytes.slice(0, end);
    copy.fill(0x78, mark.start, mark.end);
  }
  return copy;
}

const isWordByte = (byte: number | undefined, at: number, end: number): boolean => at < end && byte !== undefined && /[\w-]/.test(String.fromCharCode(byte));
