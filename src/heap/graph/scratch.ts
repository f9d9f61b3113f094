// Working columns of one number per node, lent and taken back: the steps of an analysis use the same memory one after the other.

export class Scratch {
  readonly #length: number;
  readonly #free: Uint32Array[] = [];

  /** @param nodes nodes of the heap; a column has one row more */
  constructor(nodes: number) {
    this.#length = nodes + 1;
  }

  /** A column with whatever was in it. A longer one than usual is made anew. */
  take(length = this.#length): Uint32Array {
    return length > this.#length ? new Uint32Array(length) : this.#free.pop() ?? new Uint32Array(this.#length);
  }

  takeZeros(): Uint32Array {
    return this.#free.pop()?.fill(0) ?? new Uint32Array(this.#length);
  }

  give(...columns: readonly Uint32Array[]): void {
    for (const column of columns) if (column.length === this.#length) this.#free.push(column);
  }
}
