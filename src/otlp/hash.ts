// A 32-bit hash of bytes (FNV-1a), for tables keyed by event name. Not for secrets and not against adversaries.
import { encodeUtf8 } from '../base/index.ts';

/** Never 0 for one byte or more; 0 for none. The rule index hashes its literals with this same function. */
export function hashBytes(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return end <= start ? 0 : finished(hashedUpTo(bytes, start, end));
}

/** The unfinished hash of some bytes, to go on from. */
export function hashedUpTo(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash;
}

const finished = (hash: number): number => hash >>> 0 || 1;

/** hashBytes of some bytes followed by the UTF-8 bytes of `text`, from the unfinished hash of the bytes. */
export function hashOn(hash: number, text: string): number {
  const bytes = encodeUtf8(text);
  let on = hash;
  for (let i = 0; i < bytes.length; i++) on = step(on, bytes[i]!);
  return finished(on);
}

const step = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);
const colon = 58, zero = 48;

/** hashOn of `:` and a line number, without making the text. */
export function hashOnLine(hash: number, line: number): number {
  const on = step(hash, colon);
  return Number.isInteger(line) && line >= 0 && line < 1e9 ? finished(digits(on, line)) : hashOn(on, String(line));
}

function digits(hash: number, value: number): number {
  return value < 10 ? step(hash, zero + value) : step(digits(hash, (value / 10) | 0), zero + value % 10);
}
