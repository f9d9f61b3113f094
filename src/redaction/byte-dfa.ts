// One automaton over the shapes of all detectors: two table look-ups a byte tell which detectors should look closer. A state
// stands for the bytes read last, as far as some shape begins with them. What it goes on to is what the state of one byte
// fewer goes on to (which was built before, as in the automaton of Aho and Corasick), but for the shapes that begin with all of
// them. Bytes that no shape tells apart share a class, so the table stays small.
import { byteClasses } from './byte-classes.ts';
import { tableOf } from './anchors.ts';
import type { Shape } from './types.ts';

export interface ByteDfa {
  /** Class of each byte. */
  readonly classes: Uint8Array;
  readonly classCount: number;
  /** A state is the place where its row begins: next[state + class] is the state after a byte of that class. */
  readonly next: Int32Array;
  /** States from here on end a shape. */
  readonly firstAccepting: number;
  /** For state firstAccepting + i * classCount: the indexes of the shapes that end there. */
  readonly ends: readonly (readonly number[])[];
  /** The longest shape's bytes: what came before the last so many does not matter to a state. */
  readonly longest: number;
  /** All bytes from 0x80 on are one class, and a run of them leads where one does: a character may be looked at as one byte. */
  readonly skipsNonAscii: boolean;
  /** The state to begin in: as after a byte that is neither digit nor letter. */
  readonly start: number;
}

/** Shapes hold one byte at least. */
export function buildByteDfa(shapes: readonly Shape[]): ByteDfa {
  const { classes, representatives } = byteClasses(shapes);
  const states = new States(shapes, representatives);
  return numbered(states.rows, states.ends, classes, representatives.length, Math.max(0, ...shapes.map((shape) => shape.length)));
}

/** A place in a shape: so many of its bytes are there. */
interface Position { readonly shape: number; readonly isEnd: boolean; /** Classes of bytes that it goes on with. */ readonly goesOn: readonly number[] }

class States {
  /** Where each class leads, by state. */
  readonly rows: Int32Array[] = [];
  /** Shapes that end at the state. */
  readonly ends: (readonly number[])[] = [];
  /** The state of one byte fewer, and the positions that it does not have: the two together are the state. */
  readonly #shorter: number[] = [];
  readonly #longest: (readonly number[])[] = [];
  readonly #byHash = new Map<number, number[]>();
  readonly #positions: readonly Position[];
  readonly #classCount: number;

  constructor(shapes: readonly Shape[], representatives: readonly number[]) {
    this.#classCount = representatives.length;
    this.#positions = positionsOf(shapes, representatives);
    this.#add(0, []);
    let first = 0;
    const firsts = shapes.map((shape) => { const at = first; first += shape.length + 1; return at; });
    this.rows.push(this.#row(new Int32Array(this.#classCount), firsts));
    for (let state = 1; state < this.ends.length; state++) this.rows.push(this.#row(this.rows[this.#shorter[state]!]!.slice(), this.#longest[state]!));
  }

  /** Makes a row of the shorter state's: classes with which some of the positions go on lead to states of their own. */
  #row(row: Int32Array, positions: readonly number[]): Int32Array {
    const sets = new Map<number, number[]>();
    for (const position of positions) {
      for (const cls of this.#positions[position]!.goesOn) {
        const set = sets.get(cls);
        if (set === undefined) sets.set(cls, [position + 1]);
        else set.push(position + 1);
      }
    }
    for (const [cls, set] of sets) row[cls] = this.#stateOf(row[cls]!, set);
    return row;
  }

  #stateOf(shorter: number, longest: readonly number[]): number {
    let hash = shorter;
    for (const position of longest) hash = (Math.imul(hash, 0x01000193) ^ position) | 0;
    const known = this.#byHash.get(hash);
    const same = known?.find((state) => this.#shorter[state] === shorter && isSame(this.#longest[state]!, longest));
    if (same !== undefined) return same;
    const state = this.#add(shorter, longest);
    if (known === undefined) this.#byHash.set(hash, [state]);
    else known.push(state);
    return state;
  }

  #add(shorter: number, longest: readonly number[]): number {
    const ended = longest.filter((position) => this.#positions[position]!.isEnd).map((position) => this.#positions[position]!.shape);
    const inherited = this.ends[shorter] ?? none;
    this.#shorter.push(shorter);
    this.#longest.push(longest);
    return this.ends.push(ended.length === 0 ? inherited : [...inherited, ...ended].sort((a, b) => a - b)) - 1;
  }
}

const none: readonly number[] = [];

function isSame(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function positionsOf(shapes: readonly Shape[], representatives: readonly number[]): readonly Position[] {
  const kept = new Map<Shape[number], readonly number[]>();
  const classesOf = (set: Shape[number]): readonly number[] => {
    const before = kept.get(set);
    if (before !== undefined) return before;
    const table = tableOf(set);
    const list = [...representatives.keys()].filter((cls) => table[representatives[cls]!] === 1);
    kept.set(set, list);
    return list;
  };
  return shapes.flatMap((shape, i) => [...shape.map((set) => ({ shape: i, isEnd: false, goesOn: classesOf(set) })), { shape: i, isEnd: true, goesOn: none }]);
}

/** Renumbers the states so that accepting ones come last: one comparison a byte finds them. */
function numbered(rows: readonly Int32Array[], ends: readonly (readonly number[])[], classes: Uint8Array, classCount: number, longest: number): ByteDfa {
  const order = [...rows.keys()].filter((state) => ends[state]!.length === 0);
  const accepting = order.length;
  order.push(...[...rows.keys()].filter((state) => ends[state]!.length > 0));
  const place = new Int32Array(rows.length);
  order.forEach((old, id) => { place[old] = id * classCount; });
  const next = new Int32Array(rows.length * classCount);
  let at = 0;
  for (const old of order) {
    const row = rows[old]!;
    for (let cls = 0; cls < classCount; cls++) next[at++] = place[row[cls]!]!;
  }
  return {
    classes, classCount, next, firstAccepting: accepting * classCount, ends: order.slice(accepting).map((old) => ends[old]!), longest,
    start: next[place[0]! + classes[0x0a]!]!, skipsNonAscii: skips(next, classes, classCount),
  };
}

function skips(next: Int32Array, classes: Uint8Array, classCount: number): boolean {
  const high = classes[0x80]!;
  if (classes.subarray(0x80).some((cls) => cls !== high)) return false;
  for (let state = 0; state < next.length; state += classCount) if (next[next[state + high]! + high] !== next[state + high]) return false;
  return true;
}
