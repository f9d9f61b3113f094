// One automaton over the shapes of all detectors: two table look-ups a byte tell which detectors should look closer.
// Built by subset construction; bytes that no shape tells apart share a class, so the table stays small.
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
  /** All bytes from 0x80 on are one class, and a run of them leads where one does: a character may be looked at as one byte. */
  readonly skipsNonAscii: boolean;
  /** The state to begin in: as after a byte that is neither digit nor letter. */
  readonly start: number;
}

interface Positions {
  /** Position p is shape `shapeOf[p]` with so many of its bytes there as p lies behind the shape's first position. */
  readonly shapeOf: Int32Array;
  /** Classes of bytes that the shape goes on with from the position. */
  readonly goesOn: readonly (readonly number[])[];
  /** The last position of its shape. */
  readonly isEnd: Uint8Array;
  /** Positions behind the first byte of the shapes that begin with a byte of the class. */
  readonly starts: readonly (readonly number[])[];
}

/** Shapes hold one byte at least. */
export function buildByteDfa(shapes: readonly Shape[]): ByteDfa {
  const { classes, representatives } = byteClasses(shapes);
  const classCount = representatives.length;
  const positions = layOut(shapes, representatives);
  const states: (readonly number[])[] = [[]];
  const ids = new Map<string, number>([['', 0]]);
  const stateOf = (set: readonly number[]): number => {
    const key = String.fromCharCode(...set);
    const before = ids.get(key);
    if (before !== undefined) return before;
    ids.set(key, states.length);
    return states.push(set) - 1;
  };
  const fresh = positions.starts.map(stateOf);
  const edges: Int32Array[] = [];
  for (let state = 0; state < states.length; state++) edges.push(edgesOf(states[state]!, positions, fresh, stateOf));
  return numbered(states, edges, positions, classes, classCount);
}

/** Where each class leads from a set of positions: on from those, and into the shapes that begin there. */
function edgesOf(from: readonly number[], { goesOn, starts }: Positions, fresh: readonly number[], stateOf: (set: readonly number[]) => number): Int32Array {
  const to = Int32Array.from(fresh);
  const sets = new Map<number, number[]>();
  for (const position of from) {
    for (const cls of goesOn[position]!) {
      const set = sets.get(cls);
      if (set === undefined) sets.set(cls, [position + 1]);
      else set.push(position + 1);
    }
  }
  for (const [cls, set] of sets) to[cls] = stateOf(union(set, starts[cls]!));
  return to;
}

/** Both lists are in order and share nothing: one holds first positions, the other later ones. */
function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length === 0) return a;
  const all: number[] = [];
  for (let i = 0, k = 0; i < a.length || k < b.length;) all.push(k === b.length || (i < a.length && a[i]! < b[k]!) ? a[i++]! : b[k++]!);
  return all;
}

function layOut(shapes: readonly Shape[], representatives: readonly number[]): Positions {
  const total = shapes.reduce((sum, shape) => sum + shape.length + 1, 0);
  if (total > 0xffff) throw new RangeError(`The detectors' shapes have ${total} bytes together, more than the automaton counts: make shapes shorter.`);
  const shapeOf = new Int32Array(total);
  const isEnd = new Uint8Array(total);
  const goesOn: (readonly number[])[] = [];
  const starts: number[][] = representatives.map(() => []);
  const kept = new Map<Shape[number], readonly number[]>();
  const classesOf = (set: Shape[number]): readonly number[] => {
    const before = kept.get(set);
    if (before !== undefined) return before;
    const table = tableOf(set);
    const list = [...representatives.keys()].filter((cls) => table[representatives[cls]!] === 1);
    kept.set(set, list);
    return list;
  };
  shapes.forEach((shape, i) => {
    const first = goesOn.length;
    shapeOf.fill(i, first, first + shape.length + 1);
    isEnd[first + shape.length] = 1;
    goesOn.push(...shape.map(classesOf), []);
    for (const cls of classesOf(shape[0]!)) starts[cls]!.push(first + 1);
  });
  return { shapeOf, goesOn, isEnd, starts };
}

function byteClasses(shapes: readonly Shape[]): { readonly classes: Uint8Array; readonly representatives: readonly number[] } {
  const classes = new Uint8Array(256);
  let count = 1;
  const split = new Int16Array(512);
  // Each set splits the classes it cuts in two; few of the detectors' sets differ.
  for (const table of new Map([...new Set(shapes.flat())].map((set) => { const table = tableOf(set); return [table.join(''), table]; })).values()) {
    split.fill(-1);
    let next = 0;
    for (let byte = 0; byte < 256; byte++) {
      const half = classes[byte]! * 2 + table[byte]!;
      if (split[half] === -1) split[half] = next++;
      classes[byte] = split[half]!;
    }
    count = next;
  }
  return { classes, representatives: Array.from({ length: count }, (_, cls) => classes.indexOf(cls)) };
}

/** Renumbers the states so that accepting ones come last: one comparison a byte finds them. */
function numbered(states: readonly (readonly number[])[], edges: readonly Int32Array[], { shapeOf, isEnd }: Positions, classes: Uint8Array, classCount: number): ByteDfa {
  const ends = states.map((set) => set.filter((position) => isEnd[position] === 1).map((position) => shapeOf[position]!));
  const order = [...states.keys()].toSorted((a, b) => Math.sign(ends[a]!.length) - Math.sign(ends[b]!.length) || a - b);
  const row = new Int32Array(states.length);
  order.forEach((old, id) => { row[old] = id * classCount; });
  const next = new Int32Array(states.length * classCount);
  order.forEach((old) => { const at = row[old]!; edges[old]!.forEach((to, cls) => { next[at + cls] = row[to]!; }); });
  const found = order.findIndex((old) => ends[old]!.length > 0);
  const accepting = found < 0 ? states.length : found;
  return {
    classes, classCount, next, firstAccepting: accepting * classCount, ends: order.slice(accepting).map((old) => ends[old]!),
    start: next[row[0]! + classes[0x0a]!]!, skipsNonAscii: skips(next, classes, classCount),
  };
}

function skips(next: Int32Array, classes: Uint8Array, classCount: number): boolean {
  const high = classes[0x80]!;
  if (classes.subarray(0x80).some((cls) => cls !== high)) return false;
  for (let state = 0; state < next.length; state += classCount) if (next[next[state + high]! + high] !== next[state + high]) return false;
  return true;
}
