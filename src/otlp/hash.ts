// A 32-bit hash of bytes (FNV-1a), for tables keyed by event name. Not for secrets and not against adversaries.
import { encodeUtf8 } from '../base/index.ts';

/** Never 0 for one byte or more; 0 for none. The rule index hashes its literals with this same function. */
export function hashBytes(bytes: Uint8Array, start = 0, end = bytes.length): number {
  if (end <= start) return 0;
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0 || 1;
}

/** The hash of some bytes followed by the UTF-8 bytes of `text`, from the hash of the bytes. */
export function hashOn(hash: number, text: string): number {
  const bytes = encodeUtf8(text);
  let on = hash | 0;
  for (let i = 0; i < bytes.length; i++) on = Math.imul(on ^ bytes[i]!, 0x01000193);
  return on >>> 0 || 1;
}
