// What this module wrote itself is not written over again: a hash of a hash would join nothing.
import { encodeUtf8 } from '../../base/index.ts';
import { bullets } from '../mask.ts';

const bulletBytes = encodeUtf8(bullets);
const hashDigits = 16;
/** A detector's name has at most 63 characters. */
const longestHash = 63 + 1 + hashDigits;

/** Whether bytes[start, end) are bullets, or a name that `isName` knows and its hash, and nothing else. */
export function isMaskAlone(bytes: Uint8Array, start: number, end: number, isName: (name: string) => boolean): boolean {
  const length = end - start;
  if (length === bulletBytes.length && bulletBytes.every((byte, i) => bytes[start + i] === byte)) return true;
  const sign = end - hashDigits - 1;
  if (sign <= start || length > longestHash || bytes[sign] !== 0x23) return false;
  for (let i = sign + 1; i < end; i++) if (!isHexDigit(bytes[i]!)) return false;
  return isName(String.fromCharCode(...bytes.subarray(start, sign)));
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isHexDigit = (byte: number): boolean => isDigit(byte) || (byte >= 0x61 && byte <= 0x66);
