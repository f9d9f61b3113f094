// The events that changed since they were last reported, those that waited longest first; and those that left after they were told of.
import { rIsWaiting, type HotRows } from './hot-rows.ts';
import type { EventIdentity, ObservedEvent } from './observed-event.ts';

export class WaitingLine {
  readonly #rows: HotRows;
  #waiting: ObservedEvent[] = [];
  /** Before this nobody waits any more. */
  #from = 0;
  /** Events in the line that are folded: nothing is told of them. */
  #folded = 0;
  #left: EventIdentity[] = [];

  constructor(rows: HotRows) { this.#rows = rows; }

  get length(): number { return this.#waiting.length - this.#from; }

  wait(event: ObservedEvent): void {
    const hot = this.#rows.values;
    if (hot[event.row + rIsWaiting] !== 0) return;
    hot[event.row + rIsWaiting] = 1;
    this.#waiting.push(event);
  }

  /** The next one; null when nobody waits. */
  next(): ObservedEvent | null {
    while (this.#from < this.#waiting.length) {
      const event = this.#waiting[this.#from++]!;
      if (event.isFolded) { this.#folded--; continue; }
      this.#rows.values[event.row + rIsWaiting] = 0;
      return event;
    }
    return null;
  }

  /** Lets go of those that `next` gave. */
  moveUp(): void {
    if (this.#from * 2 < this.#waiting.length) return;
    this.#waiting = this.#waiting.slice(this.#from);
    this.#from = 0;
  }

  /** The event is folded and its row still its own. Folded ones leave the line, so that it holds no more than twice what there is. */
  folded(event: ObservedEvent): void {
    if (this.#rows.values[event.row + rIsWaiting] === 0 || ++this.#folded * 2 <= this.length) return;
    this.#waiting = this.#waiting.slice(this.#from).filter((one) => !one.isFolded);
    this.#from = this.#folded = 0;
  }

  /** It was told of, and is not there any more. */
  left({ identity }: ObservedEvent): void { this.#left.push(identity); }

  takeLeft(most: number): readonly EventIdentity[] { return this.#left.splice(0, most); }
}
