// Boxes as they end, in whatever row, put into rows at the end. Bounded: when there are too many, the shortest go, and what goes is
// counted. A box is never shorter than one above it, so nothing is left hanging in the air.

const maxBoxes = 1 << 22;
const firstBoxes = 1 << 12;

export interface RowedBoxes {
  readonly rowStart: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly node: Int32Array;
  readonly leftOut: number;
}

export class RunBoxes {
  readonly #extent: number;
  #row = new Int32Array(firstBoxes);
  #node = new Int32Array(firstBoxes);
  #start = new Float64Array(firstBoxes);
  #end = new Float64Array(firstBoxes);
  #count = 0;
  #rows = 0;
  #shortest = 0;
  #leftOut = 0;
  readonly #max: number;

  /** extent: of the axis. max: boxes kept at most, given by tests only. */
  constructor(extent: number, max: number = maxBoxes) {
    this.#extent = extent;
    this.#max = max;
  }

  /** Within a row in the order of time. */
  add(row: number, start: number, end: number, node: number): void {
    if (end - start < this.#shortest) { this.#leftOut++; return; }
    if (this.#count === this.#row.length) this.#makeRoom();
    this.#row[this.#count] = row;
    this.#node[this.#count] = node;
    this.#start[this.#count] = start;
    this.#end[this.#count++] = end;
    if (row >= this.#rows) this.#rows = row + 1;
  }

  #makeRoom(): void {
    if (this.#count < this.#max) { this.#grow(); return; }
    while (this.#count > this.#max / 2) {
      this.#shortest = Math.max(this.#shortest * 2, this.#extent / this.#max);
      this.#drop();
    }
  }

  #grow(): void {
    const size = Math.min(this.#max, this.#count * 2);
    const grown = <T extends Int32Array | Float64Array>(from: T, to: T): T => { to.set(from); return to; };
    this.#row = grown(this.#row, new Int32Array(size));
    this.#node = grown(this.#node, new Int32Array(size));
    this.#start = grown(this.#start, new Float64Array(size));
    this.#end = grown(this.#end, new Float64Array(size));
  }

  #drop(): void {
    let kept = 0;
    for (let box = 0; box < this.#count; box++) {
      if (this.#end[box]! - this.#start[box]! < this.#shortest) continue;
      this.#row[kept] = this.#row[box]!;
      this.#node[kept] = this.#node[box]!;
      this.#start[kept] = this.#start[box]!;
      this.#end[kept++] = this.#end[box]!;
    }
    this.#leftOut += this.#count - kept;
    this.#count = kept;
  }

  finish(): RowedBoxes {
    const rowStart = new Int32Array(this.#rows + 1);
    for (let box = 0; box < this.#count; box++) rowStart[this.#row[box]! + 1]!++;
    for (let row = 0; row < this.#rows; row++) rowStart[row + 1]! += rowStart[row]!;
    const next = rowStart.slice();
    const boxes = { start: new Float64Array(this.#count), end: new Float64Array(this.#count), node: new Int32Array(this.#count) };
    for (let box = 0; box < this.#count; box++) {
      const at = next[this.#row[box]!]!++;
      boxes.start[at] = this.#start[box]!;
      boxes.end[at] = this.#end[box]!;
      boxes.node[at] = this.#node[box]!;
    }
    return { ...boxes, rowStart, leftOut: this.#leftOut };
  }
}
