// The HMAC key of the running period: hashes and fingerprints of one value join within a period and not across two. One ring
// is shared by everything that hashes on an agent, so that a new period begins everywhere at once.
import { hmacSha256 } from './hmac-sha256.ts';

export class KeyRing {
  #hmac: ((bytes: Uint8Array) => Uint8Array) | null = null;
  /** Name of the running period; empty while there is no key. */
  period = '';

  /** Without a key nothing can be hashed: mode `hash` masks, and there are no fingerprints. */
  constructor(key: Uint8Array | null = null, period = 'local') { if (key !== null) this.replace(key, period); }

  replace(key: Uint8Array, period: string): void {
    this.#hmac = hmacSha256(key);
    this.period = period;
  }

  get hasKey(): boolean { return this.#hmac !== null; }

  /** The first 64 bits of the HMAC-SHA256 in hex; null without a key. About 4 µs. */
  fingerprint(bytes: Uint8Array, start: number, end: number): string | null {
    if (this.#hmac === null) return null;
    return Array.from(this.#hmac(bytes.subarray(start, end)).subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
