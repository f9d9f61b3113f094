// Skeletons that differ from others only by one of their own words where the others have a slot: `… for user root` beside `… for user ·`.
// While that slot is open nothing follows; once it varies, the word is a value like any other, and the skeleton with the word gives
// way to the one with the slot. Nouns count a little towards that themselves: many in one place are values too. Which of a skeleton's words gave way is a set of bits; it only grows.
import { HashTable } from '../hash-table.ts';
import { fitting } from './groups.ts';

/** Links of one list that are looked at to find one. */
const mostSteps = 256;

export class Siblings {
  /** By the other skeleton and slot: the newest link + 1. */
  readonly #byOther = new HashTable();
  /** Of each link: the group, which of its soft words, and the next link + 1. */
  #group = new Int32Array(1024);
  #soft = new Int32Array(1024);
  #next = new Int32Array(1024);
  /** What the words of this link and of those behind it weigh together. */
  #sum = new Int32Array(1024);
  #count = 0;
  /** Links that were forgotten, to be used again. */
  readonly #free: number[] = [];
  #given = new Int32Array(256);

  get bytes(): number { return this.#byOther.bytes + this.#group.length * 16 + this.#given.length * 4; }

  /** Of these, what is free to be used again. */
  get spareBytes(): number { return this.#free.length * 16; }

  /** The soft words of a group that gave way, as bits. */
  given(group: number): number { return this.#given[group] ?? 0; }

  /** Whether it was news. */
  give(group: number, soft: number): boolean {
    this.#given = fitting(this.#given, group + 1);
    const before = this.#given[group]!;
    this.#given[group] = before | 1 << soft;
    return this.#given[group] !== before;
  }

  /** What the words of the language weigh that were seen in the place of a slot. */
  weight(high: number, low: number, slot: number): number {
    const link = this.#byOther.get(high, keyOf(low, slot));
    return link < 0 ? 0 : this.#sum[link]!;
  }

  /** The group gives its soft word, which weighs so much, way should `slot` of the skeleton with these lanes vary. */
  link(high: number, low: number, slot: number, group: number, soft: number, weight: number): void {
    const key = keyOf(low, slot);
    const index = this.#free.pop() ?? this.#count++;
    this.#group = fitting(this.#group, this.#count);
    this.#soft = fitting(this.#soft, this.#count);
    this.#next = fitting(this.#next, this.#count);
    this.#group[index] = group;
    this.#soft[index] = soft;
    this.#sum = fitting(this.#sum, this.#count);
    const before = this.#byOther.get(high, key);
    this.#next[index] = before + 1;
    this.#sum[index] = weight + (before < 0 ? 0 : this.#sum[before]!);
    this.#byOther.set(high, key, index);
  }

  /** Whether the link of a group's soft word is found soon; those at the end of long lists are not. */
  isNear(high: number, low: number, slot: number, group: number, soft: number): boolean {
    let link = this.#byOther.get(high, keyOf(low, slot));
    for (let steps = 0; link >= 0 && steps < mostSteps; steps++, link = this.#next[link]! - 1) if (this.#group[link] === group && this.#soft[link] === soft) return true;
    return false;
  }

  /** Forgets a link that is near, as though it had never been. */
  unlink(high: number, low: number, slot: number, group: number, soft: number, weight: number): void {
    const key = keyOf(low, slot);
    let before = -1;
    let link = this.#byOther.get(high, key);
    while (this.#group[link] !== group || this.#soft[link] !== soft) {
      this.#sum[link] = this.#sum[link]! - weight;
      before = link;
      link = this.#next[link]! - 1;
    }
    if (before >= 0) this.#next[before] = this.#next[link]!;
    else if (this.#next[link] === 0) this.#byOther.delete(high, key);
    else this.#byOther.set(high, key, this.#next[link]! - 1);
    this.#free.push(link);
  }

  /** The group is no more. */
  forget(group: number): void { if (group < this.#given.length) this.#given[group] = 0; }

  /** Calls `found` with each group and soft word linked to the slot. */
  each(high: number, low: number, slot: number, found: (group: number, soft: number) => void): void {
    for (let link = this.#byOther.get(high, keyOf(low, slot)); link >= 0; link = this.#next[link]! - 1) found(this.#group[link]!, this.#soft[link]!);
  }
}

const keyOf = (low: number, slot: number): number => Math.imul(low ^ slot + 1, 0x9e3779b1);
