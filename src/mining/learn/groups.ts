// What was learnt of each skeleton: for each slot the distinct words seen, until they weigh enough and the slot is variable. A function
// of the set of lines alone: words are only ever added, and a variable slot stays so. In typed arrays that grow; no object per group.
import { HashTable } from '../hash-table.ts';
import type { Siblings } from './siblings.ts';
import { unreachable, type Skeleton } from './skeleton.ts';

/** In the place of a slot's weight. */
const variable = -1;

export class Groups {
  readonly #byKey = new HashTable();
  /** Of each group: where its slots begin, how many there are, and the newest of its templates + 1. */
  #first = new Int32Array(256);
  #newest = new Int32Array(256);
  #sizes = new Int32Array(256);
  #count = 0;
  /** The lanes of each group's skeleton. */
  #high = new Int32Array(256);
  #low = new Int32Array(256);
  /** Of each slot: the weight of its words, and the newest of them + 1. */
  #weights = new Int32Array(1024);
  #words = new Int32Array(1024);
  #slots = 0;
  /** Words of one slot are a list: hash, and the next + 1. */
  #hashes = new Int32Array(1024);
  #next = new Int32Array(1024);
  #held = 0;

  get size(): number { return this.#count; }
  get words(): number { return this.#held; }
  get bytes(): number { return this.#byKey.bytes + (this.#first.length * 5 + this.#weights.length + this.#words.length + this.#hashes.length + this.#next.length) * 4; }

  /** -1 when the skeleton is new. */
  find(skeleton: Skeleton): number { return this.#byKey.get(skeleton.hash.high, skeleton.hash.low); }

  add(skeleton: Skeleton): number {
    const group = this.#count++;
    this.#byKey.set(skeleton.hash.high, skeleton.hash.low, group);
    this.#first = fitting(this.#first, this.#count);
    this.#newest = fitting(this.#newest, this.#count);
    this.#high = fitting(this.#high, this.#count);
    this.#low = fitting(this.#low, this.#count);
    this.#high[group] = skeleton.hash.high;
    this.#low[group] = skeleton.hash.low;
    this.#sizes = fitting(this.#sizes, this.#count);
    this.#sizes[group] = skeleton.slots;
    this.#first[group] = this.#slots;
    this.#slots += skeleton.slots;
    this.#weights = fitting(this.#weights, this.#slots);
    this.#words = fitting(this.#words, this.#slots);
    return group;
  }

  newestTemplate(group: number): number { return this.#newest[group]! - 1; }
  setNewestTemplate(group: number, ordinal: number): void { this.#newest[group] = ordinal + 1; }

  /** What the words of a slot weigh together that does not vary. */
  weight(group: number, slot: number): number { return this.#weights[this.#first[group]! + slot]!; }
  isVariable(group: number, slot: number): boolean { return this.#weights[this.#first[group]! + slot] === variable; }

  varying(group: number): readonly number[] {
    return Array.from({ length: this.#sizes[group]! }, (_, slot) => slot).filter((slot) => this.isVariable(group, slot));
  }

  high(group: number): number { return this.#high[group]!; }
  low(group: number): number { return this.#low[group]!; }

  /** Takes in the words of the skeleton read last; the slots that became variable by it, null for none. */
  learn(group: number, skeleton: Skeleton, siblings: Siblings): number[] | null {
    let changed: number[] | null = null;
    for (let slot = 0; slot < skeleton.slots; slot++) if (this.#learnSlot(this.#first[group]! + slot, skeleton, slot, siblings)) (changed ??= []).push(slot);
    return changed;
  }

  /** What another miner found out. Whether it was news. */
  makeVariable(group: number, slot: number): boolean {
    const at = this.#first[group]! + slot;
    if (this.#weights[at] === variable) return false;
    this.#weights[at] = variable;
    return true;
  }

  #learnSlot(at: number, skeleton: Skeleton, slot: number, siblings: Siblings): boolean {
    // Words that can decide nothing are not held: there is no end of them.
    if (this.#weights[at] === variable || skeleton.need[slot] === unreachable) return false;
    const word = skeleton.word[slot]!;
    let held = this.#words[at]!;
    for (let i = held; i > 0; i = this.#next[i - 1]!) if (this.#hashes[i - 1] === word) return false;
    const index = this.#held++;
    this.#hashes = fitting(this.#hashes, this.#held);
    this.#next = fitting(this.#next, this.#held);
    this.#hashes[index] = word;
    this.#next[index] = held;
    held = index + 1;
    this.#words[at] = held;
    this.#weights[at] = this.#weights[at]! + skeleton.weight[slot]!;
    const besides = siblings.weight(skeleton.hash.high, skeleton.hash.low, slot);
    if ((this.#next[index] === 0 && besides === 0) || this.#weights[at]! + besides < skeleton.need[slot]!) return false;
    this.#weights[at] = variable;
    return true;
  }
}

/** As large as needed, by doubling. */
export function fitting(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  if (size <= array.length) return array;
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
