// Rows of "nodes" into columns, allocated for exactly the count that the head names.
import type { NodeTable, SizeColumn } from '../model.ts';
import { badFile, truncated } from './heap-file-error.ts';
import { fillColumn, firstBeyond } from './fill-column.ts';
import type { SnapshotMeta } from './meta.ts';

const maxUint32 = 2 ** 32 - 1;

export class NodeColumns {
  readonly #meta: SnapshotMeta;
  readonly #type: Uint8Array;
  readonly #name: Uint32Array;
  readonly #id: Uint32Array;
  #selfSize: SizeColumn;
  readonly #firstEdge: Uint32Array;
  readonly #detachedness: Uint8Array | null;
  #rows = 0;
  #edges = 0;
  maxName = 0;

  constructor(meta: SnapshotMeta) {
    const count = meta.nodeCount;
    this.#meta = meta;
    this.#type = new Uint8Array(count);
    this.#name = new Uint32Array(count);
    this.#id = new Uint32Array(count);
    this.#selfSize = new Uint32Array(count);
    this.#firstEdge = new Uint32Array(count + 1);
    this.#detachedness = meta.nodeFields.at('detachedness') < 0 ? null : new Uint8Array(count);
  }

  take(values: Float64Array, rows: number): void {
    if (this.#rows + rows > this.#meta.nodeCount) throw badFile('it has more nodes than its head says');
    this.#fill(values, rows, 'type', this.#type, this.#meta.nodeTypes.length - 1);
    this.maxName = Math.max(this.maxName, this.#fill(values, rows, 'name', this.#name, maxUint32));
    this.#fill(values, rows, 'id', this.#id, maxUint32);
    this.#sizes(values, rows);
    this.#edgeCounts(values, rows);
    if (this.#detachedness !== null) this.#fill(values, rows, 'detachedness', this.#detachedness, 255);
    this.#rows += rows;
  }

  table(): NodeTable {
    if (this.#rows < this.#meta.nodeCount) throw truncated(`${this.#rows} of ${this.#meta.nodeCount} nodes are there`);
    if (this.#edges !== this.#meta.edgeCount) throw badFile(`its nodes have ${this.#edges} edges, its head says ${this.#meta.edgeCount}`);
    this.#firstEdge[this.#rows] = this.#edges;
    return { count: this.#rows, type: this.#type, name: this.#name, id: this.#id, selfSize: this.#selfSize, firstEdge: this.#firstEdge, detachedness: this.#detachedness };
  }

  /** Fills a column; gives its greatest value. */
  #fill(values: Float64Array, rows: number, field: string, column: Uint8Array | Uint32Array, max: number): number {
    const { nodeFields } = this.#meta;
    const place = nodeFields.at(field);
    const greatest = fillColumn(values, rows, place, nodeFields.count, column, this.#rows, max);
    if (greatest < 0) throw badFile(`a node's ${field} is ${firstBeyond(values, rows, place, nodeFields.count, max)}`);
    return greatest;
  }

  /** Sizes beyond 4 GiB make the whole column one of 64-bit floats. */
  #sizes(values: Float64Array, rows: number): void {
    const { nodeFields } = this.#meta;
    const place = nodeFields.at('self_size');
    if (this.#selfSize instanceof Uint32Array && fillColumn(values, rows, place, nodeFields.count, this.#selfSize, this.#rows, maxUint32) >= 0) return;
    if (this.#selfSize instanceof Uint32Array) this.#selfSize = Float64Array.from(this.#selfSize);
    for (let row = 0, at = place; row < rows; row++, at += nodeFields.count) {
      const value = values[at]!;
      if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) throw badFile(`a node's size is ${value}`);
      this.#selfSize[this.#rows + row] = value;
    }
  }

  #edgeCounts(values: Float64Array, rows: number): void {
    const { count: step } = this.#meta.nodeFields;
    const { edgeCount } = this.#meta;
    const firstEdge = this.#firstEdge;
    let edges = this.#edges;
    for (let row = 0, at = this.#meta.nodeFields.at('edge_count'), to = this.#rows; row < rows; row++, at += step, to++) {
      firstEdge[to] = edges;
      edges += values[at]!;
      if (!(values[at]! >= 0 && edges <= edgeCount)) throw badFile('its nodes have more edges than its head says');
    }
    this.#edges = edges;
  }
}
