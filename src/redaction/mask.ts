// What stands in the place of a finding.
import { decodeUtf8, encodeUtf8 } from '../base/index.ts';
import { hmacSha256 } from './hmac-sha256.ts';
import { copy } from './slab.ts';
import type { Finding, MaskMode } from './types.ts';

/** Four bullets: of one width whatever the secret's length, which says something about the secret. */
export const bullets = '\u2022\u2022\u2022\u2022';

const bulletBytes = encodeUtf8(bullets);
/** A detector's name with its hash; bullets are shorter. */
export const mostMaskBytes = 96;

export interface Masker {
  /** What stands for the finding in `bytes`. */
  text(bytes: Uint8Array, finding: Finding, mode: MaskMode): string;
  /** The same as UTF-8 into into[at…], at most `mostMaskBytes` more than the finding itself; the position behind it. */
  write(into: Uint8Array, at: number, bytes: Uint8Array, finding: Finding, mode: MaskMode): number;
  /** Whether the text is what `mask` or `hash` wrote. */
  isMasked(text: string): boolean;
}

/** `ghp_••••`, or `github-token#` and the first 64 bits of the HMAC in hex. Two equal values under one key give equal hashes. */
export function createMasker(hmacKey: Uint8Array | null): Masker {
  const hmac = hmacKey === null ? null : hmacSha256(hmacKey);
  const hashed = (bytes: Uint8Array, { detector, start, end }: Finding): string => `${detector}#${hex(hmac!(bytes.subarray(start, end)), 8)}`;
  return {
    text: (bytes, finding, mode) => {
      if (mode === 'remove') return '';
      if (mode === 'hash' && hmac !== null) return hashed(bytes, finding);
      return decodeUtf8(bytes, finding.start, finding.start + finding.keep) + bullets;
    },
    write: (into, at, bytes, finding, mode) => {
      if (mode === 'remove') return at;
      if (mode === 'hash' && hmac !== null) { const hash = encodeUtf8(hashed(bytes, finding)); return copy(into, at, hash, 0, hash.length); }
      return copy(into, copy(into, at, bytes, finding.start, finding.start + finding.keep), bulletBytes, 0, bulletBytes.length);
    },
    isMasked: (text) => text.includes(bullets) || /^[a-z][a-z0-9-]*#[0-9a-f]{16}$/.test(text),
  };
}

const hex = (bytes: Uint8Array, count: number): string => Array.from(bytes.subarray(0, count), (byte) => byte.toString(16).padStart(2, '0')).join('');
