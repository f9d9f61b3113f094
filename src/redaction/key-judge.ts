// What the name of an attribute makes of its text: detectors whose whole value it is, and detectors that find nothing under it.
// Names come again and again, so the answer is kept by their bytes: no name is made text of twice.
import { decodeUtf8 } from '../base/index.ts';
import { sameBytes } from './bytes.ts';
import type { Detector } from './types.ts';

export interface KeyVerdict {
  /** Indexes of detectors whose whole value it is, surest first as they are listed. */
  readonly whole: readonly number[];
  /** Names of detectors that find nothing under it. */
  readonly without: ReadonlySet<string>;
}

/** Longer names are cut to their last bytes, where a dotted name says what it is. */
const mostNameBytes = 256;
/** Names are told apart by their last bytes and their length; two that fall into one slot share it and the one beside it. */
const hashedBytes = 12;
const slots = 1024;

interface Slot { readonly name: Uint8Array; readonly verdict: KeyVerdict | null }

export class KeyJudge {
  readonly #detectors: readonly Detector[];
  readonly #slots: (Slot | undefined)[] = Array.from({ length: slots });

  constructor(detectors: readonly Detector[]) { this.#detectors = detectors; }

  /** Null when the name, bytes[start, end), says nothing; also of no name. */
  of(bytes: Uint8Array, start: number, end: number): KeyVerdict | null {
    if (start >= end) return null;
    const from = Math.max(start, end - mostNameBytes);
    let hash = 0x811c9dc5 ^ (end - from);
    for (let i = Math.max(from, end - hashedBytes); i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    const at = (hash ^ (hash >>> 15)) & (slots - 1);
    const [kept, beside] = [this.#slots[at], this.#slots[at ^ 1]];
    if (kept !== undefined && sameBytes(kept.name, bytes, from, end)) return kept.verdict;
    if (beside !== undefined && sameBytes(beside.name, bytes, from, end)) return beside.verdict;
    const verdict = this.#judge(decodeUtf8(bytes, from, end));
    this.#slots[at ^ 1] = kept;
    this.#slots[at] = { name: bytes.slice(from, end), verdict };
    return verdict;
  }

  #judge(name: string): KeyVerdict | null {
    const whole = [...this.#detectors.keys()].filter((i) => this.#detectors[i]!.keys?.test(name) === true);
    const without = this.#detectors.filter((one) => one.notKeys?.test(name) === true).map((one) => one.name);
    return whole.length === 0 && without.length === 0 ? null : { whole, without: new Set(without) };
  }
}
