// Sums by class. Nodes without a size of their own are in no class's sums.
import type { SizeColumn } from '../model.ts';
import type { Adjacency, ClassTable } from './analysis.ts';
import type { ClassNames } from './class-of.ts';
import type { Scratch } from './scratch.ts';

interface ClassSource {
  readonly root: number;
  readonly names: ClassNames;
  readonly shallow: SizeColumn;
  readonly retained: SizeColumn;
  readonly distance: Int32Array;
  readonly dominated: Adjacency;
  readonly scratch: Scratch;
}

export function sumClasses(source: ClassSource): ClassTable {
  const { names, shallow, distance } = source;
  const count = names.name.length;
  const table = { count, name: names.name, location: Int32Array.from(names.location), objects: new Uint32Array(count), shallow: new Float64Array(count), distance: new Int32Array(count).fill(0x7fffffff) };
  for (let row = 0; row < shallow.length; row++) {
    const size = shallow[row]!;
    if (size === 0) continue;
    const own = names.classOf[row]!;
    table.objects[own]!++;
    table.shallow[own]! += size;
    if (distance[row]! < table.distance[own]!) table.distance[own] = distance[row]!;
  }
  return { ...table, retained: retainedByClass(source, count) };
}

/** Walks the dominator tree; below an object of a class, others of it add nothing: its retained size has them. */
function retainedByClass({ root, names, shallow, retained, dominated, scratch }: ClassSource, count: number): Float64Array {
  const sums = new Float64Array(count);
  const inside = new Uint8Array(count);
  const stack = scratch.take();
  const scopes = new Scopes();
  let depth = 0;
  stack[depth++] = root;
  while (depth > 0) {
    const row = stack[--depth]!;
    const own = names.classOf[row]!;
    if (inside[own] === 0 && shallow[row] !== 0) {
      sums[own]! += retained[row]!;
      if (dominated.first[row] !== dominated.first[row + 1]) { inside[own] = 1; scopes.open(depth, own); }
    }
    for (let at = dominated.first[row]!, end = dominated.first[row + 1]!; at < end; at++) stack[depth++] = dominated.to[at]!;
    while (scopes.endsAt(depth)) inside[scopes.close()] = 0;
  }
  scratch.give(stack);
  return sums;
}

/** Classes that the walk is below an object of, each with the stack's depth at which it leaves that object. */
class Scopes {
  readonly #depths: number[] = [];
  readonly #classes: number[] = [];

  open(depth: number, own: number): void { this.#depths.push(depth); this.#classes.push(own); }
  endsAt(depth: number): boolean { return this.#depths.length > 0 && this.#depths[this.#depths.length - 1] === depth; }
  close(): number { this.#depths.pop(); return this.#classes.pop()!; }
}
