// Length-delimited fields that should hold no text, looked at as bytes: packed numbers that are none, and ids and numbers that
// somebody wrote a text into.
import { varintEnd } from '../base/index.ts';

/** Bytes of each number in a packed field; 0 for varints. */
export type Packed = 0 | 4 | 8;

/** Of a scalar of `schema.ts`. */
export const packedSize = (type: unknown): Packed => (type === 'double' || type === 'fixed64' || type === 'sfixed64' ? 8 : type === 'fixed32' ? 4 : 0);

/** Whether bytes[start, end) are whole numbers of that size. */
export function isPacked(size: Packed, bytes: Uint8Array, start: number, end: number): boolean {
  if (size > 0) return (end - start) % size === 0;
  let at = start;
  while (at >= 0 && at < end) at = varintEnd(bytes, at, end);
  return at === end;
}

/** Shorter runs say nothing: numbers and ids hold a few such bytes by chance. */
const shortestText = 7;

const isPrintable = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13);

/** Whether all of bytes[start, end) may be text; random bytes of an id fail at the first few. */
export function isText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! < 9 || (bytes[i]! > 13 && bytes[i]! < 0x20) || bytes[i] === 0x7f || bytes[i]! > 0x7f) return false;
  return end > start;
}

/** Whether a run in bytes[start, end) may be text that somebody would read. */
export function holdsText(bytes: Uint8Array, start: number, end: number): boolean {
  let run = 0;
  for (let i = start; i < end; i++) {
    run = isPrintable(bytes[i]!) ? run + 1 : 0;
    if (run >= shortestText) return true;
  }
  return false;
}
