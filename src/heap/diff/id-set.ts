// The ids of a snapshot's nodes, with their rows: an open-addressing hash, 8 bytes a slot, at most half full.

const mix = (id: number): number => Math.imul(id, 0x9e3779b1) >>> 0;

export class IdSet {
  readonly #ids: Uint32Array;
  readonly #rows: Uint32Array;
  readonly #shift: number;
  readonly #mask: number;

  constructor(ids: Uint32Array) {
    const bits = Math.max(4, Math.ceil(Math.log2(ids.length + 1)) + 1);
    this.#shift = 32 - bits;
    this.#mask = 2 ** bits - 1;
    this.#ids = new Uint32Array(2 ** bits);
    // Row + 1, so that 0 means an empty slot.
    this.#rows = new Uint32Array(2 ** bits);
    for (let row = 0; row < ids.length; row++) this.#put(ids[row]!, row);
  }

  /** The row of an id, -1 without one. */
  rowOf(id: number): number {
    for (let slot = mix(id) >>> this.#shift; this.#rows[slot] !== 0; slot = (slot + 1) & this.#mask) if (this.#ids[slot] === id) return this.#rows[slot]! - 1;
    return -1;
  }

  #put(id: number, row: number): void {
    let slot = mix(id) >>> this.#shift;
    while (this.#rows[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#ids[slot] = id;
    this.#rows[slot] = row + 1;
  }
}
