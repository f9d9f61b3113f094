// Things that a hand goes round, to find one that counts little among many without looking at all of them.

/** Looked at to find one. */
const steps = 24;

export class Round<T> {
  readonly #things: T[] = [];
  readonly #places = new Map<T, number>();
  #hand = 0;

  get size(): number { return this.#things.length; }

  add(thing: T): void {
    if (!this.#places.has(thing)) this.#places.set(thing, this.#things.push(thing) - 1);
  }

  remove(thing: T): void {
    const place = this.#places.get(thing);
    if (place === undefined) return;
    this.#places.delete(thing);
    const last = this.#things.pop()!;
    if (last === thing) return;
    this.#things[place] = last;
    this.#places.set(last, place);
  }

  /** The least of the next few; of equal ones the first. Null when there is none. */
  least(valueOf: (thing: T) => number): T | null {
    let least: T | null = null;
    for (let step = 0; step < Math.min(steps, this.#things.length); step++) {
      this.#hand = (this.#hand + 1) % this.#things.length;
      const thing = this.#things[this.#hand]!;
      if (least === null || valueOf(thing) < valueOf(least)) least = thing;
    }
    return least;
  }
}
