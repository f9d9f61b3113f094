// An open-addressing map from a 32-bit hash to a small index, fixed once built: no boxing of keys, no allocation on look-up.

export class HashIndex {
  readonly #mask: number;
  readonly #keys: Int32Array;
  /** Index + 1; 0 is an empty place. */
  readonly #values: Int32Array;

  constructor(hashes: readonly number[]) {
    let size = 16;
    while (size < hashes.length * 4) size *= 2;
    this.#mask = size - 1;
    this.#keys = new Int32Array(size);
    this.#values = new Int32Array(size);
    hashes.forEach((hash, index) => this.#insert(hash | 0, index));
  }

  #insert(key: number, index: number): void {
    let at = spread(key) & this.#mask;
    while (this.#values[at] !== 0) { if (this.#keys[at] === key) return; at = (at + 1) & this.#mask; }
    this.#keys[at] = key;
    this.#values[at] = index + 1;
  }

  /** The index of a hash, or -1. */
  find(hash: number): number {
    const key = hash | 0;
    let at = spread(key) & this.#mask;
    while (this.#values[at] !== 0) {
      if (this.#keys[at] === key) return this.#values[at]! - 1;
      at = (at + 1) & this.#mask;
    }
    return -1;
  }
}

/** The high bits of a product are its good ones. */
export const spread = (key: number): number => Math.imul(key, 0x9e3779b1) >>> 8;
