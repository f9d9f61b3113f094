// Plain objects told apart by their properties, as Chrome DevTools does: the property lists that many objects begin with become
// "interfaces", and each object gets the largest one whose properties it has all of.
import type { Heap } from '../model.ts';
import { rowOfString, stringAt } from '../parse/string-table.ts';
import { PairTable } from './pair-table.ts';
import { plainObjects, type PlainObjects } from './plain-objects.ts';
import { quotedIfOdd } from './property-name.ts';
import { dots, type ValueNames } from './value-names.ts';

export interface Interface {
  /** `{id, lines}`; keys that are values are dots, `{…}` stands for those of dictionaries. */
  readonly name: string;
  /** String rows of the properties' names. */
  readonly properties: readonly number[];
}

/** Beyond this many UTF-16 units a name takes no further property; the first is always in it. */
const maxNameLength = 120;
/** An interface needs two objects, and one in a thousand of all plain ones. */
const minObjects = 2;
const minShare = 1 / 1000;
/** The trie's empty list of properties. */
const root = 0xfffffffe;

/** The interfaces that are worth a name, most objects first. */
export function inferInterfaces(heap: Heap, values: ValueNames): readonly Interface[] {
  const plain = plainObjects(heap);
  const lists = new PropertyLists(heap, values);
  let objects = 0;
  for (let row = 0; row < heap.nodes.count; row++) {
    if (!plain.is(row)) continue;
    objects++;
    lists.count(plain, row);
  }
  return lists.popular(Math.max(minObjects, objects * minShare));
}

/** A trie of property names; each list counts the objects that begin with just it. */
class PropertyLists {
  readonly #heap: Heap;
  readonly #values: ValueNames;
  readonly #protoName: number;
  readonly #trie = new PairTable();
  /** By trie entry: length of the name so far; 0 for a step that would make it too long. */
  readonly #nameLength: number[] = [];
  readonly #objects: number[] = [];
  /** By trie entry: does an object that is no dictionary end there? */
  readonly #isFields: boolean[] = [];
  /** Trie entries in the order in which objects first ended there. */
  readonly #ended: number[] = [];

  constructor(heap: Heap, values: ValueNames) {
    this.#heap = heap;
    this.#values = values;
    this.#protoName = rowOfString(heap.strings, '__proto__');
  }

  count(plain: PlainObjects, row: number): void {
    let at = root;
    plain.properties(row, (name) => {
      if (name === this.#protoName) return true;
      const next = this.#step(at, name);
      if (this.#nameLength[next] === 0) return false;
      at = next;
      return true;
    });
    if (at === root) return;
    if (this.#objects[at]!++ === 0) this.#ended.push(at);
    if (!this.#isFields[at] && !this.#values.isDictionary(row)) this.#isFields[at] = true;
  }

  /** Most objects first; of equals the one that came first. */
  popular(least: number): readonly Interface[] {
    const entries = this.#ended.filter((entry) => this.#objects[entry]! >= least).sort((a, b) => this.#objects[b]! - this.#objects[a]!);
    return entries.map((entry) => {
      const properties = this.#propertiesOf(entry);
      return { name: this.#isFields[entry] === true ? `{${properties.map((row) => this.#shown(row)).join(', ')}}` : '{…}', properties };
    });
  }

  #shown(name: number): string { return this.#values.isValue(name) ? dots : quotedIfOdd(stringAt(this.#heap.strings, name)); }

  #step(from: number, name: number): number {
    const known = this.#trie.find(from, name);
    if (known >= 0) return known;
    const entry = this.#trie.add(from, name);
    this.#nameLength.push(this.#lengthWith(from, name));
    this.#objects.push(0);
    this.#isFields.push(false);
    return entry;
  }

  #lengthWith(from: number, name: number): number {
    const own = quotedIfOdd(stringAt(this.#heap.strings, name)).length;
    if (from === root) return 1 + own;
    const before = this.#nameLength[from]!;
    // An empty first property leaves the name as short as none: the next is taken as if it were the first.
    if (before > 1 && before + own > maxNameLength) return 0;
    return before + (before === 1 ? 0 : 2) + own;
  }

  #propertiesOf(entry: number): number[] {
    const properties: number[] = [];
    for (let at = entry; at !== root; at = this.#trie.firstOf(at)) properties.push(this.#trie.secondOf(at));
    return properties.reverse();
  }
}

/** Says which interface an object has: the one with most properties among those it has all of, the first of equals. */
export class InterfaceMatcher {
  readonly #interfaces: readonly Interface[];
  readonly #plain: PlainObjects;
  /** By string row: the interfaces that want this property. */
  readonly #wanting = new Map<number, number[]>();
  /** Objects of the same properties match alike: a trie of those that matter, and what each end of it matched. */
  readonly #trie = new PairTable();
  readonly #matches = new Map<number, number>();

  constructor(heap: Heap, interfaces: readonly Interface[]) {
    this.#interfaces = interfaces;
    this.#plain = plainObjects(heap);
    for (const [index, { properties }] of interfaces.entries()) for (const property of properties) this.#want(property, index);
  }

  /** Row of `interfaces`, -1 for none. `row` must be a plain object. */
  match(row: number): number {
    let at = root;
    this.#plain.properties(row, (name) => {
      if (!this.#wanting.has(name)) return true;
      const known = this.#trie.find(at, name);
      at = known >= 0 ? known : this.#trie.add(at, name);
      return true;
    });
    const known = this.#matches.get(at);
    if (known !== undefined) return known;
    const found = this.#best(at);
    this.#matches.set(at, found);
    return found;
  }

  #want(property: number, index: number): void {
    const wanting = this.#wanting.get(property);
    if (wanting === undefined) this.#wanting.set(property, [index]);
    else if (!wanting.includes(index)) wanting.push(index);
  }

  #best(entry: number): number {
    const present = new Set<number>();
    for (let at = entry; at !== root; at = this.#trie.firstOf(at)) present.add(this.#trie.secondOf(at));
    const had = new Map<number, number>();
    let best = -1;
    for (const property of present) {
      for (const index of this.#wanting.get(property)!) {
        const count = (had.get(index) ?? 0) + 1;
        had.set(index, count);
        if (count === this.#interfaces[index]!.properties.length && this.#isBetter(index, best)) best = index;
      }
    }
    return best;
  }

  #isBetter(index: number, best: number): boolean {
    if (best < 0) return true;
    const more = this.#interfaces[index]!.properties.length - this.#interfaces[best]!.properties.length;
    return more > 0 || (more === 0 && index < best);
  }
}
