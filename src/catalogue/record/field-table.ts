// The fields of one event: by two hashes of place and path. Bounded: when it is full, a newcomer takes the place of a field that was
// seen once or hardly since the hand last passed, and what leaves is counted as folded.
import type { FieldPlace } from '../../model/index.ts';
import { Sketch } from '../sketch/index.ts';

/** What a field takes beside its key, its sketch and its examples. */
const fieldBytes = 900;
/** An example's shape and value. */
export const exampleBytes = 100;
const handSteps = 8;

export class SeenField {
  readonly place: FieldPlace;
  readonly key: string;
  readonly first: number;
  readonly second: number;
  /** Records by what the AnyValue held, by its field number; 0 is empty. */
  readonly kinds: number[] = [0, 0, 0, 0, 0, 0, 0, 0];
  seen = 0;
  bytes = 0;
  maxBytes = 0;
  readonly sketch = new Sketch();
  sketchBytes = this.sketch.size;
  /** Of the first three values: their shapes, and while they may be of few the values themselves (mask/). */
  shapes: string[] = [];
  values: string[] = [];
  /** Distinct values at the last count, whether the sketch grew since, and what it was when it was sent. */
  distinct = 0;
  grew = false;
  sentDistinct = -1;
  shown: readonly string[] | null = null;
  shownFor = '';
  /** Looks of the event when it was last seen: a key that a record has twice is present once. */
  lastLook = 0;
  heat = 0;

  constructor(place: FieldPlace, key: string, first: number, second: number) {
    this.place = place;
    this.key = key;
    this.first = first;
    this.second = second;
  }
  get size(): number { return fieldBytes + 2 * this.key.length + this.sketch.size + exampleBytes * this.shapes.length; }
}

export class FieldTable {
  readonly #byHash = new Map<number, SeenField>();
  readonly #list: SeenField[] = [];
  #hand = 0;
  /** Folded fields: how often one was seen, and their bytes. */
  foldedSeen = 0;
  foldedBytes = 0;
  /** Bytes of memory that came or went since this was last set to 0. */
  grown = 0;

  get all(): readonly SeenField[] { return this.#list; }

  find(first: number, second: number): SeenField | null {
    for (let at = first | 0; ; at = (at + 1) | 0) {
      const field = this.#byHash.get(at);
      if (field === undefined) return null;
      if (field.second === second && field.first === first) return field;
    }
  }

  /** Whether one more may come in: there is room, or a rare one left. */
  makeRoom(maxFields: number): boolean {
    if (this.#list.length < maxFields) return true;
    for (let step = 0; step < handSteps; step++) {
      this.#hand = (this.#hand + 1) % this.#list.length;
      const field = this.#list[this.#hand]!;
      if (field.heat <= 1) { this.#fold(field); return true; }
      field.heat >>= 1;
    }
    return false;
  }

  add(field: SeenField): void {
    let at = field.first | 0;
    while (this.#byHash.has(at)) at = (at + 1) | 0;
    this.#byHash.set(at, field);
    this.grown += field.size;
    // A newcomer stands where the hand has just been, so that a whole round passes before it is judged.
    if (this.#hand < this.#list.length && this.#list[this.#hand] === gone) this.#list[this.#hand] = field;
    else this.#list.push(field);
  }

  #fold(field: SeenField): void {
    this.foldedSeen += field.seen;
    this.foldedBytes += field.bytes;
    this.grown -= field.size;
    this.#unlink(field);
    this.#list[this.#hand] = gone;
  }

  /** Takes it out, and lets those that had to step aside for it move up. */
  #unlink(field: SeenField): void {
    let at = field.first | 0;
    while (this.#byHash.get(at) !== field) at = (at + 1) | 0;
    this.#byHash.delete(at);
    for (let next = (at + 1) | 0; ; next = (next + 1) | 0) {
      const moved = this.#byHash.get(next);
      if (moved === undefined) return;
      this.#byHash.delete(next);
      let to = moved.first | 0;
      while (this.#byHash.has(to)) to = (to + 1) | 0;
      this.#byHash.set(to, moved);
    }
  }
}

/** Stands for a folded field until the newcomer takes its place, at once. */
const gone = new SeenField('attribute', '', 0, 0);
