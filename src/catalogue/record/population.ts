// Who stays when there are more than can stay. A hand goes round the events; each it passes keeps half of its heat and what it was seen
// since, so that frequency counts and age does not. The first that was hardly seen since the hand last came may go.
import type { ObservedEvent } from './observed-event.ts';

/** Passed at most, to find one. */
const steps = 8;

export class Population {
  readonly #events: ObservedEvent[] = [];
  #hand = 0;
  /** Where the last one left from: a newcomer stands there, just passed, so that it has a whole round to show itself. */
  #hole = -1;

  get all(): readonly ObservedEvent[] { return this.#events; }
  get size(): number { return this.#events.length; }

  add(event: ObservedEvent): void {
    const { length } = this.#events;
    if (this.#hole < 0 || this.#hole >= length) { event.place = this.#events.push(event) - 1; return; }
    const moved = this.#events[this.#hole]!;
    this.#put(moved, length);
    this.#put(event, this.#hole);
    this.#hole = -1;
  }

  remove(event: ObservedEvent): void {
    const last = this.#events.pop()!;
    if (last !== event) this.#put(last, event.place);
    this.#hole = event.place;
    event.place = -1;
  }

  /** One that was seen at most once since the hand last passed it, counting half of what it was before; null when none of the next few is so rare.
   *  `must`: then the rarest of those. */
  rarest(must: boolean, hot: Float64Array): ObservedEvent | null {
    let least: ObservedEvent | null = null;
    for (let step = 0; step < Math.min(steps, this.#events.length); step++) {
      this.#hand = (this.#hand + 1) % this.#events.length;
      const event = this.#events[this.#hand]!;
      event.settle(hot);
      event.heat = (event.heat >> 1) + Math.min(event.records - event.recordsAtHand, 1 << 20);
      event.recordsAtHand = event.records;
      if (event.heat <= 1) return event;
      if (least === null || event.heat < least.heat) least = event;
    }
    return must ? least : null;
  }

  #put(event: ObservedEvent, place: number): void {
    this.#events[place] = event;
    event.place = place;
  }
}
