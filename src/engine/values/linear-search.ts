// Finding a text in time that grows with both lengths added, never multiplied (Knuth, Morris and Pratt): what a record holds may be
// made so that the platform's own search starts over at every letter.

/** The unit (UTF-16 unit, byte) at an index, already folded where case does not count. */
export type Units = (index: number) => number;

export class LinearSearch {
  readonly #wanted: Units;
  /** For each number of units found so far: how many of them still hold when the next one does not fit. */
  readonly #borders: Int32Array;

  /** `length` of at least 1. */
  constructor(wanted: Units, length: number) {
    this.#wanted = wanted;
    this.#borders = new Int32Array(length + 1);
    for (let i = 1, held = 0; i < length; i++) {
      held = this.#after(held, wanted(i));
      this.#borders[i + 1] = held;
    }
  }

  /** How many units are found once `unit` follows `held` of them. */
  #after(held: number, unit: number): number {
    while (held > 0 && this.#wanted(held) !== unit) held = this.#borders[held]!;
    return this.#wanted(held) === unit ? held + 1 : 0;
  }

  /** Where it first lies whole within units [start, end), or -1. */
  find(units: Units, start: number, end: number): number { return this.scan(units, start, end)(start); }

  /** Place after place within units [start, end), overlapping ones too: called with places that never go back, gives the first at or after it, -1 when there is none. Linear over all calls. */
  scan(units: Units, start: number, end: number): (from: number) => number {
    const length = this.#borders.length - 1;
    let [at, held, last] = [start, 0, -1];
    return (from) => {
      if (last >= from) return last;
      while (at < end) {
        held = this.#after(held, units(at++));
        if (held < length) continue;
        held = this.#borders[length]!;
        last = at - length;
        if (last >= from) return last;
      }
      return -1;
    };
  }
}

/** Up to here the platform's search is quicker even at its worst. */
const maxShort = 16;
const maxProduct = 4_000_000;

/** Whether the platform's search could take long for texts of these lengths. */
export const isLongSearch = (length: number, wanted: number): boolean => wanted > maxShort && wanted <= length && length * wanted > maxProduct;

/** Where `wanted` stands in `text`, for places that never go back; -1 when nowhere from there on. */
export function placesIn(text: string, wanted: string): (from: number) => number {
  if (!isLongSearch(text.length, wanted.length)) return (from) => text.indexOf(wanted, from);
  return new LinearSearch((at) => wanted.charCodeAt(at), wanted.length).scan((at) => text.charCodeAt(at), 0, text.length);
}

/** `text.indexOf`, in linear time. */
export const placeIn = (text: string, wanted: string, from = 0): number => placesIn(text, wanted)(from);
