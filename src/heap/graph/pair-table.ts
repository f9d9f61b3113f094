// Numbers for pairs of numbers: an open-addressing hash in typed arrays, for tries over millions of edges.

const empty = 0xffffffff;

export class PairTable {
  #slots = new Uint32Array(1024).fill(empty);
  #first = new Uint32Array(512);
  #second = new Uint32Array(512);
  #count = 0;

  get count(): number { return this.#count; }

  /** The number of a pair, from 0 in the order of coming; -1 when it has not come. */
  find(first: number, second: number): number {
    const entry = this.#slots[this.#slotOf(first, second)]!;
    return entry === empty ? -1 : entry;
  }

  /** Adds a pair that is not there and gives its number. */
  add(first: number, second: number): number {
    if (this.#count === this.#first.length) this.#grow();
    this.#first[this.#count] = first;
    this.#second[this.#count] = second;
    this.#slots[this.#slotOf(first, second)] = this.#count;
    return this.#count++;
  }

  firstOf(entry: number): number { return this.#first[entry]!; }
  secondOf(entry: number): number { return this.#second[entry]!; }

  #slotOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    const mixed = Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (let entry = this.#slots[slot]!; entry !== empty; entry = this.#slots[slot]!) {
      if (this.#first[entry] === first && this.#second[entry] === second) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Slots stay at least half empty. */
  #grow(): void {
    const [first, second] = [this.#first, this.#second];
    this.#first = new Uint32Array(first.length * 2);
    this.#second = new Uint32Array(second.length * 2);
    this.#slots = new Uint32Array(this.#slots.length * 2).fill(empty);
    this.#first.set(first);
    this.#second.set(second);
    for (let entry = 0; entry < this.#count; entry++) this.#slots[this.#slotOf(first[entry]!, second[entry]!)] = entry;
  }
}
