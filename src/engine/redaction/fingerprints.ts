// Keyed fingerprints of distinct values, within bounds: an HMAC costs about 4 µs, so only so many are made in a second, and one
// value that comes again in a cell costs none. What is past the bounds is counted.
import { hashBytes } from '../../otlp/index.ts';
import type { KeyRing } from '../../redaction/index.ts';

/** HMACs in a second. */
export const fingerprintsPerSecond = 2000;
/** Fingerprints that a cell keeps. */
export const mostPerCell = 64;

export class FingerprintSet {
  readonly values = new Set<string>();
  /** There were values that are not among them. */
  more = false;
  /** Nothing is added any more. */
  #isClosed = false;
  /** Unkeyed hashes of the values seen, to tell what comes again; they die with the cell. */
  readonly #seen = new Set<number>();

  /** Whether a value with this unkeyed hash may still be one to add. */
  takes(hash: number): boolean {
    if (this.#isClosed || this.#seen.has(hash)) return false;
    if (this.#seen.size < mostPerCell) this.#seen.add(hash);
    return true;
  }

  close(): void { this.more = this.#isClosed = true; }

  /** A new period begins: fingerprints under two keys cannot be told apart. */
  beginAgain(): void {
    this.more ||= this.values.size > 0;
    this.#isClosed = false;
    this.values.clear();
    this.#seen.clear();
  }
}

export class Fingerprints {
  readonly #keys: KeyRing | undefined;
  readonly #nowMs: () => number;
  #left = fingerprintsPerSecond;
  #filledMs: number;
  /** Values that got none for lack of time. */
  missed = 0;

  constructor(keys: KeyRing | undefined, nowMs: () => number) {
    this.#keys = keys;
    this.#nowMs = nowMs;
    this.#filledMs = nowMs();
  }

  /** Of the key in use; empty while there is none. */
  get period(): string { return this.#keys?.period ?? ''; }

  /** Puts the fingerprint of the value bytes[start, end) into the set. */
  add(set: FingerprintSet, bytes: Uint8Array, start: number, end: number): void {
    if (this.#keys === undefined || !this.#keys.hasKey || !set.takes(hashBytes(bytes, start, end))) return;
    if (set.values.size >= mostPerCell) { set.close(); return; }
    if (!this.#mayMake()) { this.missed++; set.more = true; return; }
    const made = this.#keys.fingerprint(bytes, start, end);
    if (made !== null) set.values.add(made);
  }

  #mayMake(): boolean {
    if (this.#left < 1) {
      const nowMs = this.#nowMs();
      this.#left = Math.min(fingerprintsPerSecond, this.#left + ((nowMs - this.#filledMs) * fingerprintsPerSecond) / 1000);
      this.#filledMs = nowMs;
      if (this.#left < 1) return false;
    }
    this.#left--;
    return true;
  }
}
