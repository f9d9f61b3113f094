// One automaton over the shapes of all detectors: two table look-ups a byte tell which detectors should look closer.
// Built by subset construction; bytes that no shape tells apart share a class, so the table stays small.
import type { Shape } from './types.ts';

export interface ByteDfa {
  /** Class of each byte. */
  readonly classes: Uint8Array;
  readonly classCount: number;
  /** A state is the place where its row begins: next[state + class] is the state after a byte of that class.
   *  Sixteen bits, so that the rows in use stay in the nearest cache. */
  readonly next: Uint16Array;
  /** States from here on end a shape. */
  readonly firstAccepting: number;
  /** For state firstAccepting + i * classCount: the owners of the shapes that end there. */
  readonly owners: readonly (readonly number[])[];
  /** All bytes from 0x80 on are one class, and a run of them leads where one does: a character may be looked at as one byte. */
  readonly skipsNonAscii: boolean;
  /** The state to begin in: as after a byte that is neither digit nor letter. */
  readonly start: number;
}

/** `shapes[i]` belongs to owner `owner[i]`. */
export function buildByteDfa(shapes: readonly Shape[], owner: readonly number[]): ByteDfa {
  const { classes, representatives } = byteClasses(shapes);
  // A position is (shape, how many of its bytes are there), as one number.
  const stride = Math.max(1, ...shapes.map((shape) => shape.length)) + 1;
  const states: number[][] = [[]];
  const ids = new Map<string, number>([['', 0]]);
  const edges: number[][] = [];
  for (let state = 0; state < states.length; state++) {
    edges.push(representatives.map((byte) => {
      const set = step(shapes, stride, states[state]!, byte);
      const key = set.join(' ');
      let id = ids.get(key);
      if (id === undefined) { id = states.length; ids.set(key, id); states.push(set); }
      return id;
    }));
  }
  return numbered(shapes, stride, owner, states, edges, classes, representatives.length);
}

/** Positions after one more byte: those that go on, and shapes that begin with it. */
function step(shapes: readonly Shape[], stride: number, from: readonly number[], byte: number): number[] {
  const to = new Set<number>();
  for (const position of from) {
    const shape = Math.floor(position / stride);
    const at = position % stride;
    if (shapes[shape]![at]?.(byte)) to.add(position + 1);
  }
  shapes.forEach((shape, i) => { if (shape[0]!(byte)) to.add(i * stride + 1); });
  return [...to].toSorted((a, b) => a - b);
}

function byteClasses(shapes: readonly Shape[]): { readonly classes: Uint8Array; readonly representatives: readonly number[] } {
  const sets = [...new Set(shapes.flat())];
  const classes = new Uint8Array(256);
  const representatives: number[] = [];
  const ids = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) {
    const signature = sets.map((set) => (set(byte) ? '1' : '0')).join('');
    let id = ids.get(signature);
    if (id === undefined) { id = representatives.length; ids.set(signature, id); representatives.push(byte); }
    classes[byte] = id;
  }
  return { classes, representatives };
}

/** Renumbers the states so that accepting ones come last: one comparison a byte finds them. */
function numbered(shapes: readonly Shape[], stride: number, owner: readonly number[], states: readonly number[][], edges: readonly number[][], classes: Uint8Array, classCount: number): ByteDfa {
  const owners = states.map((set) => [...new Set(set.filter((position) => position % stride === shapes[Math.floor(position / stride)]!.length).map((position) => owner[Math.floor(position / stride)]!))]);
  const order = states.map((_, i) => i).toSorted((a, b) => Math.sign(owners[a]!.length) - Math.sign(owners[b]!.length) || a - b);
  const row = new Int32Array(states.length);
  order.forEach((old, id) => { row[old] = id * classCount; });
  if (states.length * classCount > 0xffff) throw new RangeError(`The detectors' shapes need ${states.length} states of ${classCount} classes, more than the table holds: make shapes shorter.`);
  const next = new Uint16Array(states.length * classCount);
  order.forEach((old) => edges[old]!.forEach((to, cls) => { next[row[old]! + cls] = row[to]!; }));
  const firstAccepting = order.findIndex((old) => owners[old]!.length > 0);
  const accepting = firstAccepting < 0 ? states.length : firstAccepting;
  return {
    classes, classCount, next, firstAccepting: accepting * classCount, owners: order.slice(accepting).map((old) => owners[old]!),
    start: next[row[0]! + classes[0x0a]!]!, skipsNonAscii: skips(next, classes, classCount),
  };
}

function skips(next: Uint16Array, classes: Uint8Array, classCount: number): boolean {
  const high = classes[0x80]!;
  if (classes.subarray(0x80).some((cls) => cls !== high)) return false;
  for (let state = 0; state < next.length; state += classCount) if (next[next[state + high]! + high] !== next[state + high]) return false;
  return true;
}
