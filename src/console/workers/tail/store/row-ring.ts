// The columns of the ring: one typed array per column, indexed by slot. Row ids grow for ever; a row's slot is found
// from its distance to the oldest row. Arrays double until they hold the bound, so an idle tail costs little memory.

type Column = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;
const firstCapacity = 4096;

export class RowRing {
  #capacity = firstCapacity;
  #head = 0;
  #firstId = 0;
  #nextId = 0;
  timeMs = new Float64Array(firstCapacity);
  /** OTLP severity number; for spans 17 when the status is Error, else 0. */
  severity = new Uint8Array(firstCapacity);
  service = new Uint32Array(firstCapacity);
  durable = new Uint32Array(firstCapacity);
  agent = new Uint16Array(firstCapacity);
  adjusted = new Float32Array(firstCapacity);
  /** 1 when the KQL filter in force accepts the row; facets come on top. */
  accepted = new Uint8Array(firstCapacity);
  /** Attribute columns kept for facets: dictionary id + 1, 0 when the record lacks the attribute. */
  attributes: Uint16Array[] = [];

  get firstId(): number { return this.#firstId; }
  get nextId(): number { return this.#nextId; }
  get length(): number { return this.#nextId - this.#firstId; }

  /** Bytes of all columns as allocated. */
  get byteLength(): number { return this.#capacity * (8 + 1 + 4 + 4 + 2 + 4 + 1 + 2 * this.attributes.length); }

  slot(id: number): number { return (this.#head + (id - this.#firstId)) & (this.#capacity - 1); }

  /** Makes room for one more row and returns its slot; every column of it must be written by the caller. */
  push(): number {
    if (this.length === this.#capacity) this.#grow();
    this.#nextId += 1;
    return this.slot(this.#nextId - 1);
  }

  /** Forgets rows below `id`. */
  evictTo(id: number): void {
    const to = Math.min(Math.max(id, this.#firstId), this.#nextId);
    this.#head = this.slot(to);
    this.#firstId = to;
  }

  addAttributeColumn(): Uint16Array {
    const column = new Uint16Array(this.#capacity);
    this.attributes.push(column);
    return column;
  }

  removeAttributeColumn(index: number): void { this.attributes.splice(index, 1); }

  #grow(): void {
    const to = this.#capacity * 2;
    this.timeMs = this.#moved(this.timeMs, new Float64Array(to));
    this.severity = this.#moved(this.severity, new Uint8Array(to));
    this.service = this.#moved(this.service, new Uint32Array(to));
    this.durable = this.#moved(this.durable, new Uint32Array(to));
    this.agent = this.#moved(this.agent, new Uint16Array(to));
    this.adjusted = this.#moved(this.adjusted, new Float32Array(to));
    this.accepted = this.#moved(this.accepted, new Uint8Array(to));
    this.attributes = this.attributes.map((column) => this.#moved(column, new Uint16Array(to)));
    this.#capacity = to;
    this.#head = 0;
  }

  #moved<C extends Column>(from: C, to: C): C {
    const tail = this.#capacity - this.#head;
    to.set(from.subarray(this.#head), 0);
    to.set(from.subarray(0, this.#head), tail);
    return to;
  }
}
