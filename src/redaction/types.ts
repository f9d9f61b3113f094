// What a detector is and what a scan gives. A finding never holds the value, only where it lies.
import type { OwnPattern } from '../model/index.ts';
import type { KeyRing } from './key-ring.ts';

/** `mask`: a short public prefix and bullets. `partial`: bullets and the last characters. `hash`: a keyed hash, for joining.
 *  `remove`: nothing is left of it. */
export type MaskMode = 'mask' | 'partial' | 'hash' | 'remove';

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

/** In the order in which people read them. */
export const detectorFamilies = ['source-control', 'cloud', 'saas', 'structural', 'network', 'personal', 'financial', 'national-id'] as const;
export type DetectorFamily = (typeof detectorFamilies)[number];

export interface Detector {
  /** Stable, kebab-case; rules name it. */
  readonly name: string;
  /** Rises with every change of what is found. */
  readonly version: number;
  readonly family: DetectorFamily;
  /** As people say it: `GitHub token`. */
  readonly title: string;
  /** What it finds, in one line. */
  readonly doc: string;
  /** The format: prefix, alphabet, length, check. */
  readonly facts: string;
  /** Where the format is documented: an address, or the standard's name. */
  readonly source: string;
  /** How sure a finding can be: a checksum or known inner structure was checked, a distinctive shape, or its surroundings say so. */
  readonly check: 'checksum' | 'structure' | 'shape' | 'context';
  readonly anchors: readonly Shape[];
  /** Leading bytes that its findings may keep, all of them ASCII. */
  readonly prefixes?: readonly string[];
  /** Names of attributes whose whole value is a finding, whatever its form (unless a placeholder, or `keyed` says no). Matched
   *  against the attribute's own key; without flags g and y, linear. */
  readonly keys?: RegExp;
  /** Whether the whole value under such a key can be one; left out: every value that is no placeholder. */
  keyed?(window: Window): boolean;
  /** Names of attributes under which it finds nothing (an `order.id` is no card number). */
  readonly notKeys?: RegExp;
  /** Looks around an anchor that ends at `at`. True when there is a value: then `match` says where. Linear in what it reads. */
  verify(window: Window, at: number, match: Match): boolean;
}

/** What `rewrite` puts in the place of bytes [start, end). */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly detector: string;
  /** Leading bytes that may stay when masked: a finding's `keep`. */
  readonly keep: number;
  readonly mode: MaskMode;
  /** Characters that `partial` leaves at the end, 4 when left out; never more than a third of the value, nor 8. */
  readonly last?: number;
}

export interface Scanner {
  /** Names, own patterns among them. */
  readonly detectors: readonly string[];
  /** False only when no detector can find anything in the text bytes[start, end), under no key. */
  mayMatch(bytes: Uint8Array, start: number, end: number): boolean;
  /** Findings in UTF-8 text bytes[start, end), by byte offset, in order, none overlapping. The key, the name of the attribute that
   *  holds the text, is keyBytes[keyStart, keyEnd), of no length when there is none: a sensitive name makes a finding of all of the
   *  text, an identifier's name hides what only looks like a number. The list is the caller's. */
  find(bytes: Uint8Array, start: number, end: number, keyBytes: Uint8Array, keyStart: number, keyEnd: number): readonly Finding[];
  /** `find` before overlapping findings become one, in no order: for who does different things to what different detectors find. */
  findEach(bytes: Uint8Array, start: number, end: number, keyBytes: Uint8Array, keyStart: number, keyEnd: number): readonly Finding[];
  /** `find` without a key. */
  scan(bytes: Uint8Array, start: number, end: number): readonly Finding[];
  /** A number that is a payment card's, of 13 to 19 digits, or any, a fraction as well, under the name of an attribute that says secret:
   *  the number as UTF-8 and what was found, which is all of it; null when it is none. Of a boolean under such a name ask `find`. */
  findInteger(value: number | bigint, keyBytes: Uint8Array, keyStart: number, keyEnd: number): { readonly bytes: Uint8Array; readonly finding: Finding } | null;
  /** The text bytes[start, end) with the edits made, which are in order and do not overlap. */
  rewrite(bytes: Uint8Array, start: number, end: number, edits: readonly Edit[]): Uint8Array;
  /** `find` by UTF-16 offset. */
  scanText(text: string, key?: string): readonly Finding[];
  /** The text with its findings masked, hashed or removed; null when there are none. */
  redactText(text: string, mode: MaskMode, key?: string): { readonly text: string; readonly findings: readonly Finding[] } | null;
  /** UTF-8 text bytes[start, end) with its findings masked, hashed or removed; null when there are none. */
  redactBytes(bytes: Uint8Array, start: number, end: number, mode: MaskMode, keyBytes: Uint8Array, keyStart: number, keyEnd: number): Uint8Array | null;
  /** The number of `findInteger` as the UTF-8 text that stands for it; null when it is none. */
  redactInteger(value: number | bigint, mode: MaskMode, keyBytes: Uint8Array, keyStart: number, keyEnd: number): Uint8Array | null;
}

/** `keys`: of mode `hash`; without one, `hash` masks. `patterns`: a team's own detectors; names choose among them too. */
export interface ScannerOptions { readonly keys?: KeyRing; readonly patterns?: readonly OwnPattern[] }
