// Objects of class `Object` with the names of their properties, in the order that the snapshot has them.
import type { Heap } from '../model.ts';
import { rowOfString } from '../parse/string-table.ts';
import { typeRows } from './type-rows.ts';

export interface PlainObjects {
  /** Is this node a plain object? */
  is(row: number): boolean;
  /** Calls `visit` with the string rows of its properties' names, until that gives false. */
  properties(row: number, visit: (name: number) => boolean): void;
}

export function plainObjects(heap: Heap): PlainObjects {
  const { nodes, edges } = heap;
  const rows = typeRows(heap);
  const [objectType, propertyType, objectName] = [rows.node.object, rows.edge.property, rowOfString(heap.strings, 'Object')];
  return {
    is: (row) => nodes.type[row] === objectType && nodes.name[row] === objectName,
    properties: (row, visit) => {
      const end = nodes.firstEdge[row + 1]!;
      for (let edge = nodes.firstEdge[row]!; edge < end; edge++) if (edges.type[edge] === propertyType && !visit(edges.nameOrIndex[edge]!)) return;
    },
  };
}
