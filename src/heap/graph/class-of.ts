// The class of each node as Chrome DevTools shows it: constructors by name and place, `(array)`, `(string)`, `(system)`, one
// class for all functions and one for all compiled code; plain objects by their interface. Names that are values are dots, for
// everybody: classes are named the same whoever looks.
import type { Heap } from '../model.ts';
import { stringAt } from '../parse/string-table.ts';
import { detached } from './detachedness.ts';
import { InterfaceMatcher, type Interface } from './interfaces.ts';
import { plainObjects } from './plain-objects.ts';
import { typeRows } from './type-rows.ts';
import { dots, type ValueNames } from './value-names.ts';

export interface ClassNames {
  readonly classOf: Uint32Array;
  readonly name: readonly string[];
  /** Row of `Heap.locations` that tells classes of one name apart, -1 without one. */
  readonly location: readonly number[];
}

export function nameClasses(heap: Heap, detachedness: Uint8Array, interfaces: readonly Interface[], values: ValueNames): ClassNames {
  const classes = new Classes(heap);
  const naming = new Naming(heap, detachedness, interfaces, values);
  const { object } = typeRows(heap).node;
  const classOf = new Uint32Array(heap.nodes.count);
  const { node: located, count } = heap.locations;
  let next = 0;
  for (let row = 0; row < heap.nodes.count; row++) {
    while (next < count && located[next]! < row) next++;
    const location = heap.nodes.type[row] === object && located[next] === row ? next : -1;
    classOf[row] = classes.rowOf(naming.nameOf(row), location);
  }
  return { classOf, name: classes.names.map((name) => naming.text(name)), location: classes.locations };
}

/** Numbers for names of classes. */
class Naming {
  readonly #heap: Heap;
  readonly #detachedness: Uint8Array;
  readonly #values: ValueNames;
  readonly #isObject: Uint8Array;
  readonly #plain: ReturnType<typeof plainObjects>;
  readonly #matcher: InterfaceMatcher;
  readonly #byText = new Map<string, number>();
  readonly #texts: string[] = [];
  /** By string row, twice: attached and detached objects. -1 when not yet known. */
  readonly #byRow: Int32Array;
  readonly #byType: Int32Array;
  readonly #byInterface: Int32Array;

  constructor(heap: Heap, detachedness: Uint8Array, interfaces: readonly Interface[], values: ValueNames) {
    this.#values = values;
    this.#heap = heap;
    this.#detachedness = detachedness;
    this.#plain = plainObjects(heap);
    this.#matcher = new InterfaceMatcher(heap, interfaces);
    this.#isObject = Uint8Array.from(heap.nodeTypes, (type) => (type === 'object' ? 1 : type === 'native' ? 2 : 0));
    this.#byRow = new Int32Array(heap.strings.count * 2).fill(-1);
    this.#byType = Int32Array.from(heap.nodeTypes, (type) => this.#numberOf(typeName(type)));
    this.#byInterface = Int32Array.from(interfaces, ({ name }) => this.#numberOf(name));
  }

  text(number: number): string { return this.#texts[number]!; }

  nameOf(row: number): number {
    const { nodes } = this.#heap;
    const kind = this.#isObject[nodes.type[row]!]!;
    if (kind === 0) return this.#byType[nodes.type[row]!]!;
    const match = this.#plain.is(row) ? this.#matcher.match(row) : -1;
    return match >= 0 ? this.#byInterface[match]! : this.#ofRow(nodes.name[row]!, kind === 2 && this.#isDetached(row));
  }

  /** Where the file names detached nodes itself, the word is in the name already. */
  #isDetached(row: number): boolean {
    return this.#heap.nodes.detachedness !== null && this.#detachedness[row] === detached;
  }

  #ofRow(name: number, isDetached: boolean): number {
    const at = name * 2 + (isDetached ? 1 : 0);
    const known = this.#byRow[at]!;
    if (known >= 0) return known;
    const text = stringAt(this.#heap.strings, name);
    const own = withoutAttributes(isDetached ? `Detached ${text}` : text);
    return (this.#byRow[at] = this.#numberOf(this.#values.isValueText(own) ? dots : own));
  }

  #numberOf(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    this.#byText.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }
}

function typeName(type: string): string {
  if (type === 'hidden') return '(system)';
  if (type === 'code') return '(compiled code)';
  if (type === 'closure') return 'Function';
  return type === 'regexp' ? 'RegExp' : `(${type})`;
}

/** `<div id="a">` is of class `<div>`. */
export function withoutAttributes(name: string): string {
  const from = name.startsWith('<') ? 0 : name.startsWith('Detached <') ? 'Detached <'.length : -1;
  const space = from < 0 ? -1 : name.indexOf(' ', from);
  return space < 0 ? name : `${name.slice(0, space)}>`;
}

/** Classes by name and, where the snapshot has it, the place of the constructor: two of one name are two classes. */
class Classes {
  readonly names: number[] = [];
  readonly locations: number[] = [];
  readonly #heap: Heap;
  readonly #byName: number[] = [];
  /** By script and line, then by column and name. */
  readonly #byPlace = new Map<number, Map<number, number>>();

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  rowOf(name: number, location: number): number {
    if (location < 0) return (this.#byName[name] ??= this.#add(name, -1));
    const { scriptId, line, column } = this.#heap.locations;
    const outer = scriptId[location]! * 2 ** 24 + Math.min(line[location]!, 2 ** 24 - 1);
    let places = this.#byPlace.get(outer);
    if (places === undefined) this.#byPlace.set(outer, (places = new Map()));
    const inner = name * 2 ** 27 + Math.min(column[location]!, 2 ** 27 - 1);
    let row = places.get(inner);
    if (row === undefined) places.set(inner, (row = this.#add(name, location)));
    return row;
  }

  #add(name: number, location: number): number {
    this.locations.push(location);
    return this.names.push(name) - 1;
  }
}
