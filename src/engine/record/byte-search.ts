// Finds a text in bytes without looking at every byte: from the back of the text, skipping by what the byte under its
// last letter allows (Boyer, Moore and Horspool). Texts that are made to be nearly found everywhere would take their length
// times the other's: past a few looks at each byte the search goes on in one pass (`LinearSearch`).
import { LinearSearch } from '../values/index.ts';

/** Skips are kept in one byte each; to skip less than one might is never wrong. */
const longestSkip = 255;

/** Comparisons for each byte of the text before the search goes on in one pass. */
const looksPerByte = 4;

const isUpper = (byte: number): boolean => byte >= 65 && byte <= 90;
const asIs = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const lowered = Uint8Array.from({ length: 256 }, (_, byte) => (isUpper(byte) ? byte + 32 : byte));

export class ByteSearch {
  readonly #wanted: Uint8Array;
  readonly #fold: Uint8Array;
  /** How far the text may move when this byte lies under its last one; 0 when it fits there. */
  readonly #skips = new Uint8Array(256);
  /** The same after the last byte fitted and another did not. */
  readonly #skipAfterMiss: number;
  /** Made when first needed. */
  #linear: LinearSearch | null = null;
  /** Comparisons left; below 0 the search is one pass, `#pass`. */
  #looks = 0;
  #pass: ((from: number) => number) | null = null;

  /** `wanted` has at least one byte; with `cased` false it is in lower case, and letters of ASCII match in either case. */
  constructor(wanted: Uint8Array, cased: boolean) {
    this.#wanted = wanted;
    this.#fold = cased ? asIs : lowered;
    const last = wanted[wanted.length - 1]!;
    const before = wanted.subarray(0, wanted.length - 1);
    const skip = (byte: number): number => Math.min(longestSkip, before.length - before.lastIndexOf(this.#fold[byte]!));
    for (let byte = 0; byte < 256; byte++) this.#skips[byte] = this.#fold[byte] === last ? 0 : skip(byte);
    this.#skipAfterMiss = skip(last);
  }

  /** Where it first lies whole within bytes[start, end), or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    this.#looks = looksPerByte * (end - start);
    this.#pass = null;
    return this.#skipping(bytes, start, end);
  }

  /** After `find` or `next` gave a place in the same bytes: the next one behind it, overlapping or not. All of them take one search's time. */
  next(bytes: Uint8Array, found: number, end: number): number {
    return this.#pass?.(found + 1) ?? this.#skipping(bytes, found + 1, end);
  }

  #skipping(bytes: Uint8Array, start: number, end: number): number {
    const wanted = this.#wanted;
    const fold = this.#fold;
    const skips = this.#skips;
    const last = wanted.length - 1;
    let at = start + last;
    while (at < end) {
      const skip = skips[bytes[at]!]!;
      if (skip !== 0) { at += skip; continue; }
      let left = last - 1;
      let from = at - 1;
      while (left >= 0 && fold[bytes[from]!] === wanted[left]) { left--; from--; }
      this.#looks -= last - left;
      if (this.#looks < 0) return this.#startPass(bytes, at - last, end);
      if (left < 0) return from + 1;
      at += this.#skipAfterMiss;
    }
    return -1;
  }

  #startPass(bytes: Uint8Array, start: number, end: number): number {
    const wanted = this.#wanted;
    const fold = this.#fold;
    this.#linear ??= new LinearSearch((at) => wanted[at]!, wanted.length);
    this.#pass = this.#linear.scan((at) => fold[bytes[at]!]!, start, end);
    return this.#pass(start);
  }
}
