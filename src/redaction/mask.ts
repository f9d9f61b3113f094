// What stands in the place of a finding.
import { decodeUtf8 } from '../base/index.ts';
import { hmacSha256 } from './hmac-sha256.ts';
import type { Finding, MaskMode } from './types.ts';

/** Four bullets: of one width whatever the secret's length, which says something about the secret. */
export const bullets = '\u2022\u2022\u2022\u2022';

export interface Masker {
  (bytes: Uint8Array, finding: Finding, mode: MaskMode): string;
  /** Whether the bytes are what `mask` or `hash` wrote. */
  isMasked(bytes: Uint8Array): boolean;
}

/** `ghp_••••`, or `github-token#` and the first 64 bits of the HMAC in hex. Two equal values under one key give equal hashes. */
export function createMasker(hmacKey: Uint8Array | null): Masker {
  const hmac = hmacKey === null ? null : hmacSha256(hmacKey);
  const masker = (bytes: Uint8Array, finding: Finding, mode: MaskMode): string => {
    if (mode === 'remove') return '';
    if (mode === 'hash' && hmac !== null) return `${finding.detector}#${hex(hmac(bytes.subarray(finding.start, finding.end)), 8)}`;
    return decodeUtf8(bytes, finding.start, finding.start + finding.keep) + bullets;
  };
  const isMasked = (bytes: Uint8Array): boolean => decodeUtf8(bytes).includes(bullets) || /^[a-z][a-z0-9-]*#[0-9a-f]{16}$/.test(decodeUtf8(bytes));
  return Object.assign(masker, { isMasked });
}

const hex = (bytes: Uint8Array, count: number): string => Array.from(bytes.subarray(0, count), (byte) => byte.toString(16).padStart(2, '0')).join('');
