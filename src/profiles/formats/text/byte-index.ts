// Pieces of a file's bytes, each kept once, by what they say: a text of hundreds of megabytes repeats a few thousand lines and names, and
// decoding each again would take most of the time. Holds positions in the file, no copies.
import { IntColumn } from '../../build/index.ts';

const firstSlots = 4096;
/** Beyond this many slots in a row the piece is taken for new: hostile pieces that hash alike cost time only once each. */
const maxProbes = 64;

export class ByteIndex {
  readonly #bytes: Uint8Array;
  readonly #from = new IntColumn();
  readonly #length = new IntColumn();
  readonly #hash = new IntColumn();
  /** Row + 1; 0 is a free slot. */
  #slots = new Int32Array(firstSlots);

  constructor(bytes: Uint8Array) { this.#bytes = bytes; }

  /** The row of bytes[from, to): an old one when the same piece came before (nearly always), else the next. */
  row(from: number, to: number): number {
    const hash = hashOf(this.#bytes, from, to);
    const mask = this.#slots.length - 1;
    for (let probe = 0, slot = hash & mask; probe < maxProbes; probe++, slot = (slot + 1) & mask) {
      const row = this.#slots[slot]! - 1;
      if (row < 0) { this.#slots[slot] = this.#from.count + 1; break; }
      if (this.#hash.at(row) === hash && this.#same(row, from, to)) return row;
    }
    return this.#add(hash, from, to);
  }

  #add(hash: number, from: number, to: number): number {
    const row = this.#from.count;
    this.#from.push(from);
    this.#length.push(to - from);
    this.#hash.push(hash);
    if ((row + 1) * 2 > this.#slots.length) this.#grow();
    return row;
  }

  #same(row: number, from: number, to: number): boolean {
    if (this.#length.at(row) !== to - from) return false;
    const bytes = this.#bytes;
    for (let at = from, other = this.#from.at(row); at < to; at++, other++) if (bytes[at] !== bytes[other]) return false;
    return true;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let row = 0; row < this.#from.count; row++) {
      let slot = this.#hash.at(row) & mask;
      for (let probe = 0; probe < maxProbes && slots[slot] !== 0; probe++) slot = (slot + 1) & mask;
      if (slots[slot] === 0) slots[slot] = row + 1;
    }
    this.#slots = slots;
  }
}

/** FNV-1a, then mixed so that the low bits depend on all; not negative. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 1;
}
