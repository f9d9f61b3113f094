// Strings of equal text that the heap holds more than once. V8 writes equal texts once in the file, so that equal names mean
// equal strings; concatenated ones are put together first, but for long ropes. Strings that V8 cut are told when they begin
// alike and have one size, but nobody knows whether they go on alike: no saving is made of them.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { typeRows } from '../graph/type-rows.ts';
import { encodeUtf8 } from '../../base/index.ts';
import { byteLengthAt, stringAt } from '../parse/string-table.ts';
import { nodeRow } from './node-rows.ts';
import { pageOf } from './ordered.ts';
import { inOneGo, rowsInStep, type Steps } from './steps.ts';
import type { DuplicateRow, Page, PageRequest, Reveal } from './rows.ts';
import { isFlattened, shallowValue } from './string-value.ts';

/** V8 writes at most this many UTF-16 units of a string, each of which takes a byte at least. */
const cutLength = 1024;

export interface DuplicateGroup {
  /** Row of the first of them. */
  readonly row: number;
  readonly count: number;
  readonly shallow: number;
  /** Bytes that one copy in place of all would free; 0 for `cut`. */
  readonly waste: number;
  /** The snapshot has only their beginning, which is the same: they may differ. */
  readonly cut: boolean;
}

interface Sums { row: number; count: number; shallow: number; readonly cut: boolean }

const found = new WeakMap<HeapAnalysis, readonly DuplicateGroup[]>();

/** Most waste first, then those that only begin alike. Found once per analysis. */
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
    const { row, ...sums } = groups[index]!;
    return { node: nodeRow(analysis, row, request), ...sums };
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
    .map(({ row, count, shallow, cut }) => ({ row, count, shallow, cut, waste: cut ? 0 : Math.round(shallow - shallow / count) }))
    .sort((a, b) => b.waste - a.waste || (a.waste === 0 ? b.shallow - a.shallow : 0) || a.row - b.row);
}

/** Sums by row of the text, and for cut texts by text and size. */
class FlatStrings {
  readonly #analysis: HeapAnalysis;
  readonly #count: Uint32Array;
  readonly #shallow: Float64Array;
  readonly #first: Uint32Array;
  readonly #cut = new Map<string, Sums>();
  readonly #long = new Map<number, boolean>();

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
    if (this.#isCut(name)) { addTo(this.#cut, `${name} ${shallow[row]}`, row, shallow[row]!, true); return; }
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

  /** A long text is decoded once, however many strings have it. */
  #isCut(name: number): boolean {
    const { strings } = this.#analysis.heap;
    if (byteLengthAt(strings, name) < cutLength) return false;
    const known = this.#long.get(name) ?? stringAt(strings, name).length >= cutLength;
    this.#long.set(name, known);
    return known;
  }

  #sums(name: number): Sums { return { row: this.#first[name]!, count: this.#count[name]!, shallow: this.#shallow[name]!, cut: false }; }
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
    if (text !== null && text.length < cutLength) addTo(joined, text, row, shallow[row]!, false);
  }
}

function addTo(sums: Map<string, Sums>, key: string, row: number, shallow: number, cut: boolean): void {
  const own = sums.get(key);
  if (own === undefined) sums.set(key, { row, count: 1, shallow, cut });
  else { own.count++; own.shallow += shallow; }
}
