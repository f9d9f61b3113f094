// What was learnt of each skeleton: for each slot the distinct words seen, until they weigh enough and the slot is variable. A function
// of the set of lines alone: words are only ever added, and a variable slot stays so; a group is forgotten as a whole. In typed arrays that
// grow; no object per group.
import { HashTable } from '../hash-table.ts';
import type { Siblings } from './siblings.ts';
import { unreachable, type Skeleton } from './skeleton.ts';

/** In the place of a slot's weight. */
const variable = -1;
const groupBytes = 20, slotBytes = 8, wordBytes = 8;

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
  #heldWords = 0;
  /** What was forgotten, to be used again: groups, ranges of slots by how many they are, and words (a list: the newest + 1). */
  readonly #freeGroups: number[] = [];
  readonly #freeSlots: number[][] = [];
  #freeWords = 0;
  #spareBytes = 0;

  /** Words that are held. */
  get words(): number { return this.#heldWords; }
  get bytes(): number { return this.#byKey.bytes + (this.#first.length * 5 + this.#weights.length + this.#words.length + this.#hashes.length + this.#next.length) * 4; }

  /** Of these, what is free to be used again. */
  get spareBytes(): number { return this.#spareBytes; }

  /** -1 when the skeleton is new. */
  find(skeleton: Skeleton): number { return this.#byKey.get(skeleton.hash.high, skeleton.hash.low); }

  add(skeleton: Skeleton): number {
    const free = this.#freeGroups.pop();
    const group = free ?? this.#count++;
    if (free !== undefined) this.#spareBytes -= groupBytes;
    this.#byKey.set(skeleton.hash.high, skeleton.hash.low, group);
    this.#first = fitting(this.#first, this.#count);
    this.#newest = fitting(this.#newest, this.#count);
    this.#high = fitting(this.#high, this.#count);
    this.#low = fitting(this.#low, this.#count);
    this.#high[group] = skeleton.hash.high;
    this.#low[group] = skeleton.hash.low;
    this.#sizes = fitting(this.#sizes, this.#count);
    this.#sizes[group] = skeleton.slots;
    this.#first[group] = this.#slotsFor(skeleton.slots);
    return group;
  }

  #slotsFor(count: number): number {
    const free = this.#freeSlots[count]?.pop();
    if (free !== undefined) { this.#spareBytes -= count * slotBytes; return free; }
    const first = this.#slots;
    this.#slots += count;
    this.#weights = fitting(this.#weights, this.#slots);
    this.#words = fitting(this.#words, this.#slots);
    return first;
  }

  /** Forgets a group and its words. */
  forget(group: number): void {
    const count = this.#sizes[group]!;
    const first = this.#first[group]!;
    this.#byKey.delete(this.#high[group]!, this.#low[group]!);
    for (let at = first; at < first + count; at++) {
      for (let word = this.#words[at]!; word > 0;) {
        const next = this.#next[word - 1]!;
        this.#next[word - 1] = this.#freeWords;
        this.#freeWords = word;
        this.#spareBytes += wordBytes;
        this.#heldWords--;
        word = next;
      }
      this.#words[at] = 0;
      this.#weights[at] = 0;
    }
    (this.#freeSlots[count] ??= []).push(first);
    this.#freeGroups.push(group);
    this.#sizes[group] = 0;
    this.#newest[group] = 0;
    this.#spareBytes += groupBytes + count * slotBytes;
  }

  #newWord(): number {
    this.#heldWords++;
    const free = this.#freeWords - 1;
    if (free >= 0) {
      this.#freeWords = this.#next[free]!;
      this.#spareBytes -= wordBytes;
      return free;
    }
    const index = this.#held++;
    this.#hashes = fitting(this.#hashes, this.#held);
    this.#next = fitting(this.#next, this.#held);
    return index;
  }

  newestTemplate(group: number): number { return this.#newest[group]! - 1; }
  setNewestTemplate(group: number, ordinal: number): void { this.#newest[group] = ordinal + 1; }

  /** What the words of a slot weigh together that does not vary. */
  weight(group: number, slot: number): number { return this.#weights[this.#first[group]! + slot]!; }
  isVariable(group: number, slot: number): boolean { return this.#weights[this.#first[group]! + slot] === variable; }

  hasVarying(group: number): boolean {
    for (let at = this.#first[group]!, end = at + this.#sizes[group]!; at < end; at++) if (this.#weights[at] === variable) return true;
    return false;
  }

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
    const index = this.#newWord();
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
