// Rows of "edges" into columns. A target is written as a place in "nodes"; here it becomes a row.
import type { EdgeTable } from '../model.ts';
import { badFile, truncated } from './heap-file-error.ts';
import { fillColumn, firstBeyond } from './fill-column.ts';
import type { SnapshotMeta } from './meta.ts';

const maxUint32 = 2 ** 32 - 1;
/** Edges of these types have a number in the place of a name. */
const numbered = ['element', 'hidden'];

export class EdgeColumns {
  readonly #meta: SnapshotMeta;
  readonly #type: Uint8Array;
  readonly #nameOrIndex: Uint32Array;
  readonly #to: Uint32Array;
  /** One row per type: 1 when its edges have names. */
  readonly #named: Uint8Array;
  #rows = 0;
  maxName = 0;

  constructor(meta: SnapshotMeta) {
    this.#meta = meta;
    this.#type = new Uint8Array(meta.edgeCount);
    this.#nameOrIndex = new Uint32Array(meta.edgeCount);
    this.#to = new Uint32Array(meta.edgeCount);
    this.#named = Uint8Array.from(meta.edgeTypes, (type) => (numbered.includes(type) ? 0 : 1));
  }

  take(values: Float64Array, rows: number): void {
    const { edgeFields, edgeCount, edgeTypes } = this.#meta;
    if (this.#rows + rows > edgeCount) throw badFile('it has more edges than its head says');
    const step = edgeFields.count;
    const typePlace = edgeFields.at('type');
    if (fillColumn(values, rows, typePlace, step, this.#type, this.#rows, edgeTypes.length - 1) < 0) throw badFile(`an edge's type is ${firstBeyond(values, rows, typePlace, step, edgeTypes.length - 1)}`);
    this.#names(values, rows, edgeFields.at('name_or_index'), step);
    this.#targets(values, rows, edgeFields.at('to_node'), step);
    this.#rows += rows;
  }

  table(): EdgeTable {
    if (this.#rows < this.#meta.edgeCount) throw truncated(`${this.#rows} of ${this.#meta.edgeCount} edges are there`);
    return { count: this.#rows, type: this.#type, nameOrIndex: this.#nameOrIndex, to: this.#to };
  }

  #names(values: Float64Array, rows: number, place: number, step: number): void {
    if (fillColumn(values, rows, place, step, this.#nameOrIndex, this.#rows, maxUint32) < 0) throw badFile(`an edge's name is ${firstBeyond(values, rows, place, step, maxUint32)}`);
    const [column, type, named] = [this.#nameOrIndex, this.#type, this.#named];
    let greatest = this.maxName;
    for (let row = this.#rows, end = row + rows; row < end; row++) if (column[row]! > greatest && named[type[row]!] === 1) greatest = column[row]!;
    this.maxName = greatest;
  }

  #targets(values: Float64Array, rows: number, place: number, step: number): void {
    const column = this.#to;
    const { nodeCount } = this.#meta;
    const fields = this.#meta.nodeFields.count;
    for (let row = 0, at = place, to = this.#rows; row < rows; row++, at += step, to++) {
      const value = values[at]!;
      const target = value / fields;
      if (!(target >= 0 && target < nodeCount && Math.floor(target) === target)) throw badFile(`an edge leads to ${value}, where no node is`);
      column[to] = target;
    }
  }
}
