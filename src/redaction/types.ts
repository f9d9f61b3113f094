// What a detector is and what a scan gives. A finding never holds the value, only where it lies.

/** `mask`: a short public prefix and bullets. `hash`: a keyed hash, for joining. `remove`: nothing is left of it. */
export type MaskMode = 'mask' | 'hash' | 'remove';

export interface Finding {
  /** Bytes for `scan`, UTF-16 units for `scanText`; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly detector: string;
  /** 0 to 1. A failed checksum lowers it and never hides a finding. */
  readonly confidence: number;
  /** Leading bytes that are public (`ghp_`, `AKIA`) and may stay when masked. */
  readonly keep: number;
}

/** One byte of a shape. */
export type ByteSet = (byte: number) => boolean;
/** A fixed run of bytes that has to be there before a detector looks closer. */
export type Shape = readonly ByteSet[];

/** The text being scanned: bytes[start, end), UTF-8. */
export interface Window { readonly bytes: Uint8Array; readonly start: number; readonly end: number }

/** Where `verify` leaves what it found; one object, reused. */
export interface Match { start: number; end: number; confidence: number; keep: number }

export interface Detector {
  /** Stable, kebab-case; rules name it. */
  readonly name: string;
  /** Rises with every change of what is found. */
  readonly version: number;
  readonly family: 'cloud-and-saas' | 'structural' | 'personal';
  readonly doc: string;
  readonly anchors: readonly Shape[];
  /** Looks around an anchor that ends at `at`. True when there is a value: then `match` says where. Linear in what it reads. */
  verify(window: Window, at: number, match: Match): boolean;
}

export interface Scanner {
  readonly detectors: readonly string[];
  /** False only when no detector can find anything in the text bytes[start, end). */
  mayMatch(bytes: Uint8Array, start: number, end: number): boolean;
  /** Findings in UTF-8 text, by byte offset, in order, none overlapping. */
  scan(bytes: Uint8Array, start: number, end: number): readonly Finding[];
  /** The same by UTF-16 offset. With `key`, the name of the attribute that holds the text, a sensitive name is a finding in itself. */
  scanText(text: string, key?: string): readonly Finding[];
  /** The text with its findings masked, hashed or removed; null when there are none. */
  redactText(text: string, mode: MaskMode, key?: string): { readonly text: string; readonly findings: readonly Finding[] } | null;
  /** UTF-8 text bytes[start, end) with its findings masked, hashed or removed; null when there are none. The key, the name of
   *  the attribute that holds the text, is keyBytes[keyStart, keyEnd), of no length when there is none. */
  redactBytes(bytes: Uint8Array, start: number, end: number, mode: MaskMode, keyBytes: Uint8Array, keyStart: number, keyEnd: number): Uint8Array | null;
  /** A whole number that is a payment card's (or, of 13 digits and more, one whose attribute's name says secret), as the UTF-8 text that stands for it; null when it is none. */
  redactInteger(value: number | bigint, mode: MaskMode, keyBytes: Uint8Array, keyStart: number, keyEnd: number): Uint8Array | null;
}
