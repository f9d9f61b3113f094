// A map from 64-bit hashes to small numbers in typed arrays: open addressing, doubled when two thirds are taken. Whoever
// fills it keeps the bound.

const firstSlots = 256;

export class HashTable {
  #high = new Int32Array(firstSlots);
  #low = new Int32Array(firstSlots);
  /** Value + 1; 0 is a free slot. */
  #values = new Int32Array(firstSlots);
  #count = 0;

  get size(): number { return this.#count; }
  get bytes(): number { return this.#values.length * 12; }

  /** -1 when there is none. */
  get(high: number, low: number): number {
    return this.#values[this.#slotOf(high, low)]! - 1;
  }

  set(high: number, low: number, value: number): void {
    const slot = this.#slotOf(high, low);
    if (this.#values[slot] === 0) {
      this.#high[slot] = high;
      this.#low[slot] = low;
      this.#count++;
    }
    this.#values[slot] = value + 1;
    if (this.#count * 3 > this.#values.length * 2) this.#grow();
  }

  /** What stands behind in the same run moves up, so that it is still found. */
  delete(high: number, low: number): void {
    const mask = this.#values.length - 1;
    let hole = this.#slotOf(high, low);
    if (this.#values[hole] === 0) return;
    this.#count--;
    for (let at = hole + 1 & mask; this.#values[at] !== 0; at = at + 1 & mask) {
      if ((at - this.#low[at]! & mask) < (at - hole & mask)) continue;
      this.#high[hole] = this.#high[at]!;
      this.#low[hole] = this.#low[at]!;
      this.#values[hole] = this.#values[at]!;
      hole = at;
    }
    this.#values[hole] = 0;
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#values.length - 1;
    for (let slot = low & mask; ; slot = slot + 1 & mask) {
      if (this.#values[slot] === 0 || (this.#low[slot] === low && this.#high[slot] === high)) return slot;
    }
  }

  #grow(): void {
    const [high, low, values] = [this.#high, this.#low, this.#values];
    this.#high = new Int32Array(values.length * 2);
    this.#low = new Int32Array(values.length * 2);
    this.#values = new Int32Array(values.length * 2);
    for (let i = 0; i < values.length; i++) {
      if (values[i] === 0) continue;
      const slot = this.#slotOf(high[i]!, low[i]!);
      this.#high[slot] = high[i]!;
      this.#low[slot] = low[i]!;
      this.#values[slot] = values[i]!;
    }
  }
}
