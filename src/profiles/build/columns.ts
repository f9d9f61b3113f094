// Typed arrays that grow: doubling, so that appending is linear; `finish` gives exactly the rows that were written.

const firstRows = 256;

export class IntColumn {
  #rows = new Int32Array(firstRows);
  #count = 0;

  get count(): number { return this.#count; }
  at(row: number): number { return this.#rows[row]!; }
  set(row: number, value: number): void { this.#rows[row] = value; }
  /** A copy of the rows written so far. */
  finish(): Int32Array { return this.#rows.slice(0, this.#count); }

  push(value: number): void {
    if (this.#count === this.#rows.length) {
      const grown = new Int32Array(this.#count * 2);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows[this.#count++] = value;
  }
}

export class FloatColumn {
  #rows = new Float64Array(firstRows);
  #count = 0;

  get count(): number { return this.#count; }
  at(row: number): number { return this.#rows[row]!; }
  set(row: number, value: number): void { this.#rows[row] = value; }
  finish(): Float64Array { return this.#rows.slice(0, this.#count); }

  push(value: number): void {
    if (this.#count === this.#rows.length) this.#grow(this.#count * 2);
    this.#rows[this.#count++] = value;
  }

  /** Rows up to `count` that were not written hold `value`. */
  padTo(count: number, value: number): void {
    if (count <= this.#count) return;
    if (count > this.#rows.length) this.#grow(Math.max(count, this.#count * 2));
    this.#rows.fill(value, this.#count, count);
    this.#count = count;
  }

  #grow(rows: number): void {
    const grown = new Float64Array(rows);
    grown.set(this.#rows);
    this.#rows = grown;
  }
}
