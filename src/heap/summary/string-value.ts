// The text of string nodes: flat and sliced ones have it as their name, concatenated ones in their two halves.
import type { Heap } from '../model.ts';
import { equalsBytes, stringAt } from '../parse/string-table.ts';
import { typeRows } from '../graph/type-rows.ts';
import { encodeUtf8 } from '../../base/index.ts';

/** A text goes on as long as it is shorter than this, as V8 cuts flat strings. */
const enough = 1024;
/** Halves may be shared and deep: so many are looked at to show one string, and so many where all strings are gone through. */
const maxTurns = 8192;
const maxTurnsEach = 64;
/** A concatenation has three or four edges. */
const maxEdges = 32;
const halves = { first: encodeUtf8('first'), second: encodeUtf8('second') };

const stringTypes: ReadonlySet<string> = new Set(['string', 'concatenated string', 'sliced string']);
export const isString = (heap: Heap, row: number): boolean => stringTypes.has(heap.nodeTypes[heap.nodes.type[row]!]!);

/** The text as far as it is shown; of a very deep concatenation what its first halves gave. */
export const stringValue = (heap: Heap, row: number): string => textWithin(heap, row, maxTurns).text;

/** The text for comparing many: null where a concatenation is deep, so that all together stay linear. */
export function shallowValue(heap: Heap, row: number): string | null {
  const { text, whole } = textWithin(heap, row, maxTurnsEach);
  return whole ? text : null;
}

function textWithin(heap: Heap, row: number, maxTurnsHere: number): { readonly text: string; readonly whole: boolean } {
  const { nodes, strings } = heap;
  const { consString } = typeRows(heap).node;
  let text = '';
  const rest = [row];
  // Each turn adds text or goes down one level.
  for (let turns = 0; rest.length > 0 && text.length < enough && turns < maxTurnsHere; turns++) {
    const at = rest.pop()!;
    if (nodes.type[at] !== consString) { text += stringAt(strings, nodes.name[at]!); continue; }
    const { first, second } = halvesOf(heap, at);
    if (second >= 0) rest.push(second);
    if (first >= 0) rest.push(first);
  }
  return { text, whole: rest.length === 0 };
}

/** Is this a concatenation that V8 has flattened: all text in one half, nothing in the other? */
export function isFlattened(heap: Heap, row: number): boolean {
  const { first, second } = halvesOf(heap, row);
  const isEmpty = (half: number): boolean => half >= 0 && isString(heap, half) && heap.nodes.type[half] !== heap.nodes.type[row] && stringAt(heap.strings, heap.nodes.name[half]!) === '';
  return isEmpty(first) || isEmpty(second);
}

function halvesOf({ nodes, edges, strings, edgeTypes }: Heap, row: number): { first: number; second: number } {
  const found = { first: -1, second: -1 };
  const end = Math.min(nodes.firstEdge[row + 1]!, nodes.firstEdge[row]! + maxEdges);
  for (let edge = nodes.firstEdge[row]!; edge < end; edge++) {
    if (edgeTypes[edges.type[edge]!] !== 'internal') continue;
    const name = edges.nameOrIndex[edge]!;
    if (found.first < 0 && equalsBytes(strings, name, halves.first)) found.first = edges.to[edge]!;
    else if (found.second < 0 && equalsBytes(strings, name, halves.second)) found.second = edges.to[edge]!;
  }
  return found;
}
