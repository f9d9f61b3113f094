// Attributes kept as ring columns so that facets over them cost an array read. Chosen by value count, filled at
// arrival, and for older rows in slices; a column counts as ready when every row of the ring has its value.
import { encodeUtf8 } from '../../../../base/index.ts';
import type { RecordCursor } from '../../../../otlp/index.ts';
import { valueText } from '../value-text.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import type { RowRing } from './row-ring.ts';
import type { SegmentDeque } from './segments.ts';

/** In an attribute column: no such attribute; and a value beyond the dictionary. */
export const attributeMissing = 0;
export const attributeOther = 0xffff;
const maxValues = 200;
const rowsPerSlice = 2048;

interface AttributeColumn { readonly name: string; readonly key: Uint8Array; readonly values: ByteDictionary; filledTo: number; readonly filledFrom: number }

export class AttributeColumns {
  readonly #ring: RowRing;
  readonly #columns: AttributeColumn[] = [];

  constructor(ring: RowRing) { this.#ring = ring; }

  get names(): readonly string[] { return this.#columns.map((column) => column.name); }
  values(index: number): ByteDictionary { return this.#columns[index]!.values; }
  isReady(index: number): boolean { const column = this.#columns[index]!; return column.filledTo >= column.filledFrom; }
  indexOf(name: string): number { return this.#columns.findIndex((column) => column.name === name); }

  add(name: string): void {
    if (this.indexOf(name) >= 0) return;
    this.#ring.addAttributeColumn();
    this.#columns.push({ name, key: encodeUtf8(name), values: new ByteDictionary(maxValues), filledTo: this.#ring.firstId, filledFrom: this.#ring.nextId });
  }

  remove(name: string): void {
    const index = this.indexOf(name);
    if (index < 0) return;
    this.#ring.removeAttributeColumn(index);
    this.#columns.splice(index, 1);
  }

  /** Writes every kept attribute of the record under the cursor into its slot. */
  write(cursor: RecordCursor, slot: number): void {
    for (let i = 0; i < this.#columns.length; i++) this.#ring.attributes[i]![slot] = idOfValue(this.#columns[i]!, cursor);
  }

  /** Goes on with filling older rows until `now()` passes `deadline`; false when work is left. */
  fill(segments: SegmentDeque, cursor: RecordCursor, deadline: number, now: () => number): boolean {
    for (let i = 0; i < this.#columns.length; i++) {
      while (!this.isReady(i)) {
        this.#fillSlice(i, segments, cursor);
        if (now() > deadline) return false;
      }
    }
    return true;
  }

  #fillSlice(index: number, segments: SegmentDeque, cursor: RecordCursor): void {
    const column = this.#columns[index]!;
    const target = this.#ring.attributes[index]!;
    let id = Math.max(column.filledTo, this.#ring.firstId);
    const until = Math.min(column.filledFrom, id + rowsPerSlice);
    for (let at = segments.indexOf(id); id < until; at++) {
      const segment = segments.at(at)!;
      cursor.reset(segment.view);
      for (; id < until && id < segment.endId; id++) {
        cursor.moveTo(id - segment.firstId);
        target[this.#ring.slot(id)] = idOfValue(column, cursor);
      }
    }
    column.filledTo = Math.max(id, until);
  }
}

function idOfValue(column: AttributeColumn, cursor: RecordCursor): number {
  if (cursor.attributeSlice(column.key)) return column.values.idOf(1, cursor.view.bytes, cursor.sliceStart, cursor.sliceEnd) || attributeOther;
  const value = cursor.attribute(column.key);
  return value === null ? attributeMissing : column.values.idOfText(1, valueText(value)) || attributeOther;
}
