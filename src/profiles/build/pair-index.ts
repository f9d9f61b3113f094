// Pairs of integers, each kept once: a pair's row is its order of first appearance. Open addressing over typed arrays, because a
// profile has millions of (parent, frame) pairs and a Map of strings or objects would cost ten times the memory.
import { IntColumn } from './columns.ts';

const firstSlots = 1024;

export class PairIndex {
  readonly #first = new IntColumn();
  readonly #second = new IntColumn();
  /** Row + 1 of the pair; 0 is a free slot. Length is a power of two, at most two thirds full. */
  #slots = new Int32Array(firstSlots);

  get count(): number { return this.#first.count; }
  first(row: number): number { return this.#first.at(row); }
  second(row: number): number { return this.#second.at(row); }
  finishFirst(): Int32Array { return this.#first.finish(); }
  finishSecond(): Int32Array { return this.#second.finish(); }

  /** The row of the pair, new or old. */
  row(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash(first, second) & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot]! - 1;
      if (row < 0) return this.#add(slot, first, second);
      if (this.#first.at(row) === first && this.#second.at(row) === second) return row;
    }
  }

  #add(slot: number, first: number, second: number): number {
    const row = this.#first.count;
    this.#first.push(first);
    this.#second.push(second);
    this.#slots[slot] = row + 1;
    if ((row + 1) * 3 > this.#slots.length * 2) this.#grow();
    return row;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let row = 0; row < this.#first.count; row++) {
      let slot = hash(this.#first.at(row), this.#second.at(row)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = row + 1;
    }
    this.#slots = slots;
  }
}

/** Both numbers' bits spread over the whole word; multipliers are those of MurmurHash3's finaliser (public domain). */
function hash(first: number, second: number): number {
  let mixed = Math.imul(first, 0x85ebca6b) ^ Math.imul(second + 0x165667b1, 0xc2b2ae35);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
