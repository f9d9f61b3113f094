// What was worked out for a key, found again by the key's bytes without making a string of them. Bounded: names are the
// senders' to choose, so past the bound everything is forgotten and worked out anew.
import { decodeUtf8 } from '../../base/index.ts';

const mostKeys = 4096;
/** Longer keys are worked out each time. */
const longestKey = 256;

/** Keys of one hash that are kept: somebody may look for such keys. */
const longestChain = 8;

interface Slot<T> { readonly bytes: Uint8Array; readonly made: T; readonly next: Slot<T> | null }

export class KeyCache<T> {
  readonly #slots = new Map<number, Slot<T>>();
  #count = 0;
  /** One value is asked about more than once in a row. */
  #last: Slot<T> | null = null;

  get(bytes: Uint8Array, start: number, end: number, make: (key: string) => T): T {
    if (end - start > longestKey) return make(decodeUtf8(bytes, start, end));
    if (this.#last !== null && isSame(this.#last.bytes, bytes, start, end)) return this.#last.made;
    const hash = hashOf(bytes, start, end);
    let length = 0;
    for (let slot = this.#slots.get(hash) ?? null; slot !== null; slot = slot.next, length++) {
      if (isSame(slot.bytes, bytes, start, end)) return (this.#last = slot).made;
    }
    return (this.#last = this.#keep(hash, length < longestChain, bytes.slice(start, end), make(decodeUtf8(bytes, start, end)))).made;
  }

  #keep(hash: number, inChain: boolean, bytes: Uint8Array, made: T): Slot<T> {
    if (++this.#count > mostKeys) { this.#slots.clear(); this.#count = 1; }
    const slot: Slot<T> = { bytes, made, next: inChain ? this.#slots.get(hash) ?? null : null };
    this.#slots.set(hash, slot);
    return slot;
  }
}

/** FNV-1a, 32 bits; the length goes in, too. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash;
}

function isSame(a: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (a.length !== end - start) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== bytes[start + i]) return false;
  return true;
}
