// What stands in the place of a finding.
import { decodeUtf8, encodeUtf8 } from '../base/index.ts';
import { hmacSha256 } from './hmac-sha256.ts';
import type { Finding, MaskMode } from './types.ts';

/** Four bullets: of one width whatever the secret's length, which says something about the secret. */
export const bullets = '\u2022\u2022\u2022\u2022';

const bulletBytes = encodeUtf8(bullets);
const nothing = new Uint8Array(0);

export interface Masker {
  /** UTF-8 for the finding in `bytes`. */
  (bytes: Uint8Array, finding: Finding, mode: MaskMode): Uint8Array;
  /** Whether the text is what `mask` or `hash` wrote. */
  isMasked(text: string): boolean;
}

/** `ghp_••••`, or `github-token#` and the first 64 bits of the HMAC in hex. Two equal values under one key give equal hashes. */
export function createMasker(hmacKey: Uint8Array | null): Masker {
  const hmac = hmacKey === null ? null : hmacSha256(hmacKey);
  const masker = (bytes: Uint8Array, finding: Finding, mode: MaskMode): Uint8Array => {
    if (mode === 'remove') return nothing;
    const { start, keep } = finding;
    if (mode === 'hash' && hmac !== null) return encodeUtf8(`${finding.detector}#${hex(hmac(bytes.subarray(start, finding.end)), 8)}`);
    if (keep === 0) return bulletBytes;
    const masked = new Uint8Array(keep + bulletBytes.length);
    masked.set(bytes.subarray(start, start + keep));
    masked.set(bulletBytes, keep);
    return masked;
  };
  const isMasked = (text: string): boolean => text.includes(bullets) || /^[a-z][a-z0-9-]*#[0-9a-f]{16}$/.test(text);
  return Object.assign(masker, { isMasked });
}

const hex = (bytes: Uint8Array, count: number): string => Array.from(bytes.subarray(0, count), (byte) => byte.toString(16).padStart(2, '0')).join('');
