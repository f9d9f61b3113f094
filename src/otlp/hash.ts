// A 32-bit hash of bytes (FNV-1a), for tables keyed by event name. Not for secrets and not against adversaries.

/** Never 0 for one byte or more; 0 for none. The rule index hashes its literals with this same function. */
export function hashBytes(bytes: Uint8Array, start = 0, end = bytes.length): number {
  if (end <= start) return 0;
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0 || 1;
}
