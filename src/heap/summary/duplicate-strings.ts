// Strings of equal text that the heap holds more than once. V8 writes equal texts once in the file, so that equal names mean
// equal strings; concatenated ones are put together first, but for long ropes. Strings that V8 cut are alike when their sizes
// are, too.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { typeRows } from '../graph/type-rows.ts';
import { encodeUtf8 } from '../../base/index.ts';
import { byteLengthAt, stringAt } from '../parse/string-table.ts';
import { nodeRow } from './node-rows.ts';
import { pageOf } from './ordered.ts';
import { inOneGo, rowsInStep, type Steps } from './steps.ts';
import type { DuplicateRow, Page, PageRequest, Reveal } from './rows.ts';
import { isFlattened, shallowValue } from './string-value.ts';

/** V8 writes at most this many characters of a string, each of which takes a byte at least. */
const cutLength = 1024;

export interface DuplicateGroup {
  /** Row of the first of them. */
  readonly row: number;
  readonly count: number;
  readonly shallow: number;
  /** Bytes that one copy in place of all would free. */
  readonly waste: number;
}

interface Sums { row: number; count: number; shallow: number }

const found = new WeakMap<HeapAnalysis, readonly DuplicateGroup[]>();

/** Most waste first. Found once per analysis. */
export function duplicateGroups(analysis: HeapAnalysis): readonly DuplicateGroup[] {
  return found.get(analysis) ?? inOneGo(duplicateSteps(analysis));
}

export function* duplicateSteps(analysis: HeapAnalysis): Steps<readonly DuplicateGroup[]> {
  const known = found.get(analysis) ?? (yield* findGroups(analysis));
  found.set(analysis, known);
  return known;
}

export function duplicateStrings(analysis: HeapAnalysis, request: PageRequest & Reveal): Page<DuplicateRow> & { readonly waste: number } {
  const groups = duplicateGroups(analysis);
  const page = pageOf({ length: groups.length }, request, (_, index) => {
    const { row, count, shallow, waste } = groups[index]!;
    return { node: nodeRow(analysis, row, request), count, shallow, waste };
  });
  return { ...page, waste: groups.reduce((sum, { waste }) => sum + waste, 0) };
}

function* findGroups(analysis: HeapAnalysis): Steps<readonly DuplicateGroup[]> {
  const flat = new FlatStrings(analysis);
  yield* eachPart(analysis, (from, to) => { addFlat(analysis, flat, from, to); });
  const joined = new Map<string, Sums>();
  yield* eachPart(analysis, (from, to) => { addJoined(analysis, joined, from, to); });
  if (joined.size > 0) flat.mergeInto(joined);
  yield;
  return [...flat.all(), ...joined.values()].filter(({ count }) => count > 1)
    .map(({ row, count, shallow }) => ({ row, count, shallow, waste: Math.round(shallow - shallow / count) }))
    .sort((a, b) => b.waste - a.waste || a.row - b.row);
}

/** Sums by row of the text, and for cut texts by text and size. */
class FlatStrings {
  readonly #analysis: HeapAnalysis;
  readonly #count: Uint32Array;
  readonly #shallow: Float64Array;
  readonly #first: Uint32Array;
  readonly #cut = new Map<string, Sums>();

  constructor(analysis: HeapAnalysis) {
    const { count } = analysis.heap.strings;
    this.#analysis = analysis;
    this.#count = new Uint32Array(count);
    this.#shallow = new Float64Array(count);
    this.#first = new Uint32Array(count);
  }

  add(row: number): void {
    const { heap, shallow } = this.#analysis;
    const name = heap.nodes.name[row]!;
    if (byteLengthAt(heap.strings, name) >= cutLength) { addTo(this.#cut, `${name} ${shallow[row]}`, row, shallow[row]!); return; }
    if (this.#count[name]!++ === 0) this.#first[name] = row;
    this.#shallow[name]! += shallow[row]!;
  }

  *all(): Generator<Sums> {
    yield* this.#cut.values();
    for (let name = 0; name < this.#count.length; name++) if (this.#count[name]! > 1) yield this.#sums(name);
  }

  /** Flat strings of the same text as a concatenated one go to that one's sums. */
  mergeInto(joined: Map<string, Sums>): void {
    const { strings } = this.#analysis.heap;
    const lengths = new Set([...joined.keys()].map((text) => encodeUtf8(text).length));
    for (let name = 0; name < this.#count.length; name++) {
      const same = this.#count[name]! > 0 && lengths.has(byteLengthAt(strings, name)) ? joined.get(stringAt(strings, name)) : undefined;
      if (same === undefined) continue;
      const own = this.#sums(name);
      same.count += own.count;
      same.shallow += own.shallow;
      same.row = Math.min(same.row, own.row);
      this.#count[name] = 0;
    }
  }

  #sums(name: number): Sums { return { row: this.#first[name]!, count: this.#count[name]!, shallow: this.#shallow[name]! }; }
}

/** Rows [from, to) of the nodes, part by part. */
function* eachPart({ heap: { nodes } }: HeapAnalysis, look: (from: number, to: number) => void): Steps<void> {
  for (let from = 0; from < nodes.count; from += rowsInStep) {
    look(from, Math.min(nodes.count, from + rowsInStep));
    yield;
  }
}

function addFlat({ heap, shallow }: HeapAnalysis, flat: FlatStrings, from: number, to: number): void {
  const { string } = typeRows(heap).node;
  // Without a size: texts that only describe other nodes, such as the digits of a number.
  for (let row = from; row < to; row++) if (heap.nodes.type[row] === string && shallow[row] !== 0) flat.add(row);
}

function addJoined({ heap, shallow }: HeapAnalysis, joined: Map<string, Sums>, from: number, to: number): void {
  const { consString } = typeRows(heap).node;
  for (let row = from; row < to; row++) {
    if (heap.nodes.type[row] !== consString || shallow[row] === 0 || isFlattened(heap, row)) continue;
    const text = shallowValue(heap, row);
    // Beyond the cut two texts may go on differently.
    if (text !== null && text.length < cutLength) addTo(joined, text, row, shallow[row]!);
  }
}

function addTo(sums: Map<string, Sums>, key: string, row: number, shallow: number): void {
  const own = sums.get(key);
  if (own === undefined) sums.set(key, { row, count: 1, shallow });
  else { own.count++; own.shallow += shallow; }
}
