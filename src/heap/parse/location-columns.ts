// Rows of "locations": where functions and constructors stand. Their count is not told beforehand.
import type { LocationTable } from '../model.ts';
import { badFile } from './heap-file-error.ts';
import { trimmed, withRoom } from './growing.ts';
import type { FieldPlaces, SnapshotMeta } from './meta.ts';

export class LocationColumns {
  readonly #fields: FieldPlaces;
  readonly #meta: SnapshotMeta;
  #node = new Uint32Array(1024);
  #scriptId = new Uint32Array(1024);
  #line = new Uint32Array(1024);
  #column = new Uint32Array(1024);
  #count = 0;
  #sorted = true;

  constructor(meta: SnapshotMeta, fields: FieldPlaces) {
    this.#meta = meta;
    this.#fields = fields;
  }

  take(values: Float64Array, rows: number): void {
    this.#reserve(this.#count + rows);
    const { count: step } = this.#fields;
    const [node, script, line, column] = [this.#fields.at('object_index'), this.#fields.at('script_id'), this.#fields.at('line'), this.#fields.at('column')];
    for (let row = 0, at = 0; row < rows; row++, at += step) {
      const place = values[at + node]! / this.#meta.nodeFields.count;
      if (!(place >= 0 && place < this.#meta.nodeCount && Number.isInteger(place))) throw badFile('a location is of no node');
      if (this.#count > 0 && place <= this.#node[this.#count - 1]!) this.#sorted = false;
      this.#node[this.#count] = place;
      // Scripts that are gone have negative numbers here.
      this.#scriptId[this.#count] = Math.max(0, values[at + script]!);
      this.#line[this.#count] = Math.max(0, values[at + line]!);
      this.#column[this.#count] = Math.max(0, values[at + column]!);
      this.#count++;
    }
  }

  table(): LocationTable {
    const count = this.#count;
    const table = { count, node: trimmed(this.#node, count), scriptId: trimmed(this.#scriptId, count), line: trimmed(this.#line, count), column: trimmed(this.#column, count) };
    return this.#sorted ? table : sortedByNode(table, this.#meta.nodeCount);
  }

  #reserve(length: number): void {
    this.#node = withRoom(this.#node, length);
    this.#scriptId = withRoom(this.#scriptId, length);
    this.#line = withRoom(this.#line, length);
    this.#column = withRoom(this.#column, length);
  }
}

/** Of several for one node the last counts. */
function sortedByNode(table: LocationTable, nodeCount: number): LocationTable {
  const rowOf = new Uint32Array(nodeCount);
  let count = 0;
  for (let row = 0; row < table.count; row++) {
    if (rowOf[table.node[row]!] === 0) count++;
    rowOf[table.node[row]!] = row + 1;
  }
  const order = new Uint32Array(count);
  let filled = 0;
  for (let node = 0; node < nodeCount; node++) if (rowOf[node] !== 0) order[filled++] = rowOf[node]! - 1;
  const picked = (column: Uint32Array): Uint32Array => order.map((row) => column[row]!);
  return { count, node: picked(table.node), scriptId: picked(table.scriptId), line: picked(table.line), column: picked(table.column) };
}

/** The row of a node's location, -1 without one. Bisection. */
export function locationOf({ count, node }: LocationTable, row: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (node[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low < count && node[low] === row ? low : -1;
}
