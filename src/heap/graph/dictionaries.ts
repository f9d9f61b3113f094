// Objects that programs use as dictionaries: V8 keeps the properties of those with many added keys in a hash table, whose array holds
// the keys beside the values. The keys of such an object are data, not names of fields, unless it is a set of functions: a module,
// a class's prototype.
import type { Heap } from '../model.ts';
import { rowOfString } from '../parse/string-table.ts';
import { typeRows } from './type-rows.ts';

/** V8 itself makes a dictionary from here on; with fewer keys the hash table only means that one was deleted, or no prototype. */
const leastKeys = 13;
/** A plain object with so many edges is one, however V8 keeps it. */
const manyEdges = 100;
/** Edges of the table's array that are looked at; a key is among the first. */
const looked = 64;
/** From this share of functions among its values on, an object is a set of functions. */
const functionShare = 0.5;

/** By node row; each is looked at anew. */
export function dictionaryFinder(heap: Heap): (row: number) => boolean {
  const { nodes, edges } = heap;
  const { node: { object, string, closure }, edge: { property, internal } } = typeRows(heap);
  const [plain, table, proto] = ['Object', 'properties', '__proto__'].map((text) => rowOfString(heap.strings, text)) as [number, number, number];
  const tableOf = (row: number): number => {
    for (let edge = nodes.firstEdge[row]!; edge < nodes.firstEdge[row + 1]!; edge++) if (edges.type[edge] === internal && edges.nameOrIndex[edge] === table) return edges.to[edge]!;
    return -1;
  };
  const keysOf = (row: number): { readonly keys: ReadonlySet<number>; readonly functions: number } => {
    const keys = new Set<number>();
    let functions = 0;
    for (let edge = nodes.firstEdge[row]!; edge < nodes.firstEdge[row + 1]!; edge++) {
      if (edges.type[edge] !== property || edges.nameOrIndex[edge] === proto) continue;
      keys.add(edges.nameOrIndex[edge]!);
      if (nodes.type[edges.to[edge]!] === closure) functions++;
    }
    return { keys, functions };
  };
  const holdsKey = (array: number, keys: ReadonlySet<number>): boolean => {
    const end = Math.min(nodes.firstEdge[array + 1]!, nodes.firstEdge[array]! + looked);
    for (let edge = nodes.firstEdge[array]!; edge < end; edge++) if (nodes.type[edges.to[edge]!] === string && keys.has(nodes.name[edges.to[edge]!]!)) return true;
    return false;
  };
  const isTable = (row: number): boolean => {
    const array = tableOf(row);
    if (array < 0) return false;
    const { keys, functions } = keysOf(row);
    return keys.size >= leastKeys && functions < keys.size * functionShare && holdsKey(array, keys);
  };
  return (row) => {
    const count = nodes.firstEdge[row + 1]! - nodes.firstEdge[row]!;
    if (nodes.type[row] !== object || count < leastKeys) return false;
    return (count >= manyEdges && nodes.name[row] === plain) || isTable(row);
  };
}
