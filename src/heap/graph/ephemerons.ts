// A WeakMap's value lives as long as its key and the map both do. V8 writes that as two internal edges of one name, one from
// the key and one from the map's table: `<n> / part of key (<name> @<id>) -> value (<name> @<id>) pair in WeakMap (table @<id>)`.
// The names in it may be the text of strings: never show them (summary/edge-text.ts). With a line break in one, or cut, DevTools
// sees no pair in it, and neither is one seen here.
import type { Heap } from '../model.ts';
import { stringAt } from '../parse/string-table.ts';
import { hasBit, newBits, setBit } from './bits.ts';
import { typeRows } from './type-rows.ts';

interface Ephemeron {
  /** The same number for both edges of a pair. */
  readonly pair: number;
  readonly keyId: number;
  readonly valueId: number;
  readonly tableId: number;
}

/** By row of the edge's name. */
export type Ephemerons = ReadonlyMap<number, Ephemeron>;

const head = /^\d+(?= \/ part of key \()/;
const middle = / @(\d+)\) -> value \(/;
const tail = / @(\d+)\) pair in WeakMap \(table @(\d+)\)$/;
const lineBreak = /[\n\r\u2028\u2029]/;
const closingParenthesis = 0x29;

export function findEphemerons(heap: Heap): Ephemerons {
  const { edges, strings } = heap;
  const { internal } = typeRows(heap).edge;
  const seen = newBits(strings.count);
  const found = new Map<number, Ephemeron>();
  const pairs = new Map<string, number>();
  for (let edge = 0; edge < edges.count; edge++) {
    const name = edges.nameOrIndex[edge]!;
    if (edges.type[edge] !== internal || hasBit(seen, name)) continue;
    setBit(seen, name);
    if (strings.bytes[strings.start[name + 1]! - 1] !== closingParenthesis) continue;
    const ephemeron = parse(stringAt(strings, name), pairs);
    if (ephemeron !== null) found.set(name, ephemeron);
  }
  return found;
}

/** Three patterns and not one: each is linear, whatever the names within hold. */
function parse(name: string, pairs: Map<string, number>): Ephemeron | null {
  const [begin, between, end] = [head.exec(name), middle.exec(name), tail.exec(name)];
  if (begin === null || between === null || end === null || between.index + between[0].length > end.index || lineBreak.test(name)) return null;
  const part = name.slice(begin[0].length);
  const pair = pairs.get(part) ?? pairs.size;
  pairs.set(part, pair);
  return { pair, keyId: Number(between[1]), valueId: Number(end[1]), tableId: Number(end[2]) };
}
