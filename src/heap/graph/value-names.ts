// Which names of a snapshot are values and must not be shown: by their shape, by the keys of dictionaries, and by a judge of
// whoever knows secrets. Each name and each object is judged once.
import type { Heap } from '../model.ts';
import { stringAt } from '../parse/string-table.ts';
import { hasBit, newBits, setBit } from './bits.ts';
import { dictionaryFinder } from './dictionaries.ts';
import { looksLikeValue } from './value-shape.ts';

/** Is this name a secret or personal? Beside what its shape says. */
export type NameJudge = (name: string) => boolean;

/** In place of a value; they do not tell its length. */
export const dots = '\u2022'.repeat(8);

/** Where scripts come from: their paths may hold hashes, what stands behind them may not be shown. */
const address = /^(?:[a-z][\w+.-]*:|\/)[^?#]*/i;

export class ValueNames {
  readonly #heap: Heap;
  readonly #judge: NameJudge;
  readonly #names: Verdicts;
  readonly #dictionaries: Verdicts;

  constructor(heap: Heap, judge: NameJudge) {
    const isDictionary = dictionaryFinder(heap);
    this.#heap = heap;
    this.#judge = judge;
    this.#names = new Verdicts(heap.strings.count, (row) => this.isValueText(stringAt(heap.strings, row)));
    this.#dictionaries = new Verdicts(heap.nodes.count, isDictionary);
  }

  /** @param name row of `Heap.strings` */
  isValue(name: number): boolean { return this.#names.of(name); }

  isValueText(text: string): boolean { return looksLikeValue(text) || this.#judge(text); }

  /** The name of a script or of compiled code. */
  isValueOfCode(name: number): boolean {
    const text = stringAt(this.#heap.strings, name);
    const path = address.exec(text)?.[0];
    return path === undefined ? this.isValue(name) : looksLikeValue(text.slice(path.length)) || this.#judge(text);
  }

  /** Are the names of this object's properties keys that the program was given? @param row of a node */
  isDictionary(row: number): boolean { return this.#dictionaries.of(row); }
}

/** Answers that are kept, two bits each. */
class Verdicts {
  readonly #asked: Uint8Array;
  readonly #yes: Uint8Array;
  readonly #find: (row: number) => boolean;

  constructor(count: number, find: (row: number) => boolean) {
    this.#asked = newBits(count);
    this.#yes = newBits(count);
    this.#find = find;
  }

  of(row: number): boolean {
    if (hasBit(this.#asked, row)) return hasBit(this.#yes, row);
    setBit(this.#asked, row);
    const yes = this.#find(row);
    if (yes) setBit(this.#yes, row);
    return yes;
  }
}
