// Ascending row ids of the filtered view: appended at the end, dropped at the front as rows leave the ring.

export class IdDeque {
  #ids = new Float64Array(1024);
  #head = 0;
  #length = 0;

  get length(): number { return this.#length; }

  /** `index` 0 is the oldest; must be below length. */
  at(index: number): number { return this.#ids[(this.#head + index) & (this.#ids.length - 1)]!; }

  push(id: number): void {
    if (this.#length === this.#ids.length) this.#grow();
    this.#ids[(this.#head + this.#length) & (this.#ids.length - 1)] = id;
    this.#length += 1;
  }

  /** Drops ids below `id` from the front. */
  dropBelow(id: number): void {
    const count = this.lowerBound(id);
    this.#head = (this.#head + count) & (this.#ids.length - 1);
    this.#length -= count;
  }

  /** How many ids are below `id`. */
  lowerBound(id: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < id) low = middle + 1; else high = middle;
    }
    return low;
  }

  #grow(): void {
    const ids = new Float64Array(this.#ids.length * 2);
    ids.set(this.#ids.subarray(this.#head), 0);
    ids.set(this.#ids.subarray(0, this.#head), this.#ids.length - this.#head);
    this.#ids = ids;
    this.#head = 0;
  }
}
