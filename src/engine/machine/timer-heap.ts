// Timers of many machines, the soonest first: a binary heap in which each machine has at most one place, so that setting one anew costs
// no memory, and a storm of them is not quadratic.

export interface Timed {
  /** Null while no timer runs. Set by the heap. */
  dueUnixNano: bigint | null;
  /** Where it stands in the heap; -1 when nowhere. */
  heapPlace: number;
}

export class TimerHeap<T extends Timed> {
  readonly #items: T[] = [];

  get size(): number { return this.#items.length; }
  /** The one that is due first. */
  get first(): T | undefined { return this.#items[0]; }

  /** Sets the timer, or ends it. */
  set(item: T, dueUnixNano: bigint | null): void {
    item.dueUnixNano = dueUnixNano;
    if (dueUnixNano === null) { this.#remove(item); return; }
    if (item.heapPlace < 0) { item.heapPlace = this.#items.length; this.#items.push(item); }
    this.#down(this.#up(item.heapPlace));
  }

  #remove(item: T): void {
    const at = item.heapPlace;
    if (at < 0) return;
    item.heapPlace = -1;
    const last = this.#items.pop()!;
    if (last === item) return;
    this.#put(at, last);
    this.#down(this.#up(at));
  }

  #put(at: number, item: T): void { this.#items[at] = item; item.heapPlace = at; }

  #up(from: number): number {
    const item = this.#items[from]!;
    let at = from;
    for (let parent = (at - 1) >> 1; at > 0 && item.dueUnixNano! < this.#items[parent]!.dueUnixNano!; parent = (at - 1) >> 1) { this.#put(at, this.#items[parent]!); at = parent; }
    this.#put(at, item);
    return at;
  }

  #down(from: number): void {
    const items = this.#items;
    const item = items[from]!;
    let at = from;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1]!.dueUnixNano! < items[child]!.dueUnixNano!) child++;
      if (items[child]!.dueUnixNano! >= item.dueUnixNano!) break;
      this.#put(at, items[child]!);
      at = child;
    }
    this.#put(at, item);
  }
}
